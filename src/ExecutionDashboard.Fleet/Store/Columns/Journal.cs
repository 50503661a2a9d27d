namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>A ring of the rows that changed, newest last.</summary>
internal sealed class Journal
{
    private const int Capacity = 1 << 18;

    private int[] _rows = new int[64];

    /// <summary>Position after the newest change.</summary>
    public long End { get; private set; }

    /// <summary>Whether all changes since a position are still in the ring.</summary>
    public bool Reaches(long place) => End - place <= _rows.Length;

    public int this[long place] => _rows[(int)(place & (_rows.Length - 1))];

    /// <summary>Adds a change. Writer only.</summary>
    public void Add(int row)
    {
        // The ring may grow only until it first wraps, so that positions stay valid.
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
