using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>Receives the rows of a scan.</summary>
internal interface IRowVisitor
{
    /// <summary>Receives a matching row.</summary>
    void Visit(int row);
}

/// <summary>Counts the rows of a scan.</summary>
internal struct RowCounter : IRowVisitor
{
    public int Count { get; private set; }

    public void Visit(int row) => Count++;
}

/// <summary>Counts the rows of a scan by state.</summary>
internal readonly struct RowTallier(ExecutionTable table, Tally tally) : IRowVisitor
{
    public void Visit(int row)
    {
        var (state, flags) = (table.State[row], table.Flags[row]);
        var lastKnown = (flags & ExecutionTable.LastKnown) != 0;
        tally.Count(state, lastKnown, 1);
        if ((flags & ExecutionTable.Current) != 0) tally.CountCurrent(state, (flags & ExecutionTable.Drifting) != 0, lastKnown, 1);
    }
}

/// <summary>Collects the rows of a scan.</summary>
internal readonly struct RowLister(List<int> rows) : IRowVisitor
{
    public void Visit(int row) => rows.Add(row);
}

/// <summary>Keeps the first rows of a sort after a cursor, and counts all: a bounded buffer that is sorted and cut when full.</summary>
internal sealed class TopRows : IComparer<int>
{
    private const int Spare = 2048;

    private readonly SortKeys _keys;
    private readonly ExecutionTable _table;
    private readonly int _size;
    private readonly ulong _flip;
    private readonly Cursor? _after;
    private readonly ulong[] _kept;
    private readonly int[] _rows;
    private int _count;
    private bool _bounded;
    private ulong _lastKey;
    private int _lastRow;

    public TopRows(ExecutionTable table, SortKeys keys, bool ascending, Cursor? after, int size)
    {
        (_table, _keys, _size, _after) = (table, keys, size, after);
        _flip = ascending ? 0 : ulong.MaxValue;
        _kept = new ulong[size + Spare];
        _rows = new int[size + Spare];
    }

    /// <summary>Number of rows seen.</summary>
    public int Total { get; private set; }

    public void Offer(int row)
    {
        Total++;
        var key = _keys.Of(row) ^ _flip;
        if (_bounded && (key > _lastKey || (key == _lastKey && Compare(row, _lastRow) > 0))) return;
        if (_after is { } after && !IsAfter(key, row, after)) return;
        _kept[_count] = key;
        _rows[_count++] = row;
        if (_count == _kept.Length) Cut();
    }

    /// <summary>The first rows, in order.</summary>
    public ReadOnlySpan<int> Result()
    {
        Sort();
        return _rows.AsSpan(0, Math.Min(_count, _size));
    }

    /// <summary>Compares two rows with the same key.</summary>
    public int Compare(int a, int b)
    {
        var order = a == b ? 0 : _table.Ids.Compare(_table.Key[a], _table.Key[b]);
        return _flip == 0 ? order : -order;
    }

    private bool IsAfter(ulong key, int row, Cursor after)
    {
        var bound = after.Key ^ _flip;
        if (key != bound) return key > bound;
        var order = after.Id.CompareRow(_table.Key[row], _table.Ids);
        return _flip == 0 ? order > 0 : order < 0;
    }

    private void Cut()
    {
        Sort();
        _count = _size;
        _bounded = true;
        (_lastKey, _lastRow) = (_kept[_size - 1], _rows[_size - 1]);
    }

    private void Sort()
    {
        Array.Sort(_kept, _rows, 0, _count);
        for (var from = 0; from < _count;)
        {
            var to = from + 1;
            while (to < _count && _kept[to] == _kept[from]) to++;
            if (to - from > 1) Array.Sort(_rows, from, to - from, this);
            from = to;
        }
    }
}

/// <summary>Passes the rows of a scan to <see cref="TopRows"/>.</summary>
internal readonly struct TopVisitor(TopRows top) : IRowVisitor
{
    public void Visit(int row) => top.Offer(row);
}
