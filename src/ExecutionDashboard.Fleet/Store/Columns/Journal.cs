namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>The rows that changed, newest last, as far back as a ring reaches.</summary>
internal sealed class Journal
{
    private const int Capacity = 1 << 18;

    private int[] _rows = new int[64];

    /// <summary>Changes so far: the place after the newest.</summary>
    public long End { get; private set; }

    /// <summary>Whether every change since a place is still there.</summary>
    public bool Reaches(long place) => End - place <= _rows.Length;

    public int this[long place] => _rows[(int)(place & (_rows.Length - 1))];

    /// <summary>Writer only.</summary>
    public void Add(int row)
    {
        // The ring grows only while it never went round, so that no place moves.
        if (End == _rows.Length && _rows.Length < Capacity)
        {
            var rows = _rows;
            Array.Resize(ref rows, rows.Length * 2);
            Volatile.Write(ref _rows, rows);
        }
        _rows[(int)(End & (_rows.Length - 1))] = row;
        End++;
    }
}
