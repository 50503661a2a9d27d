namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>
/// Rows in an order, held still, in pieces: those that did not change between two moments are the same arrays in both, so what many viewers hold
/// costs little more than what one does. Never changes.
/// </summary>
internal sealed class HeldOrder
{
    private readonly int[][] _pieces;
    // Rows up to the end of each piece, in the order of the pieces.
    private readonly int[] _ends;
    private readonly bool _backwards;

    /// <param name="pieces">The rows; of each piece as many from its start as <paramref name="ends"/> says.</param>
    /// <param name="ends">Rows up to the end of each piece.</param>
    /// <param name="backwards">The last row comes first.</param>
    public HeldOrder(int[][] pieces, int[] ends, bool backwards) => (_pieces, _ends, _backwards) = (pieces, ends, backwards);

    /// <summary>Rows in one piece.</summary>
    public HeldOrder(int[] rows) : this([rows], [rows.Length], backwards: false)
    {
    }

    /// <summary>How many rows.</summary>
    public int Count => _ends.Length == 0 ? 0 : _ends[^1];

    /// <summary>The same rows the other way round.</summary>
    public HeldOrder Reversed => new(_pieces, _ends, !_backwards);

    /// <summary>Copies rows from a place on; the place must have so many behind it.</summary>
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
        // The piece that ends here is before it, and so are all empty ones.
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
