namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>
/// An immutable, sorted list of rows in pieces. Pieces that did not change between two versions are the same arrays in both, so the lists of many viewers need little
/// more memory than one.
/// </summary>
internal sealed class HeldOrder
{
    private readonly int[][] _pieces;
    // Number of rows up to the end of each piece.
    private readonly int[] _ends;
    private readonly bool _backwards;

    /// <param name="pieces">The rows; of each piece, as many from its start as <paramref name="ends"/> gives.</param>
    /// <param name="ends">Number of rows up to the end of each piece.</param>
    /// <param name="backwards">Whether the last row comes first.</param>
    public HeldOrder(int[][] pieces, int[] ends, bool backwards) => (_pieces, _ends, _backwards) = (pieces, ends, backwards);

    /// <summary>A list in one piece.</summary>
    public HeldOrder(int[] rows) : this([rows], [rows.Length], backwards: false)
    {
    }

    /// <summary>Number of rows.</summary>
    public int Count => _ends.Length == 0 ? 0 : _ends[^1];

    /// <summary>The same rows in reverse order.</summary>
    public HeldOrder Reversed => new(_pieces, _ends, !_backwards);

    /// <summary>Copies rows from an index on; there must be enough of them.</summary>
    public void CopyTo(int start, Span<int> rows)
    {
        if (rows.IsEmpty) return;
        if (_backwards)
        {
            CopyForwards(Count - start - rows.Length, rows);
            rows.Reverse();
        }
        else CopyForwards(start, rows);
    }

    private void CopyForwards(int start, Span<int> rows)
    {
        var piece = Array.BinarySearch(_ends, start);
        // This piece and empty ones end before the index.
        piece = piece < 0 ? ~piece : piece + 1;
        for (var filled = 0; filled < rows.Length; piece++)
        {
            var before = piece == 0 ? 0 : _ends[piece - 1];
            var from = start + filled - before;
            var count = Math.Min(_ends[piece] - before - from, rows.Length - filled);
            _pieces[piece].AsSpan(from, count).CopyTo(rows[filled..]);
            filled += count;
        }
    }
}
