namespace ExecutionDashboard.Fleet.Store.Columns;

internal sealed partial class ExecutionTable
{
    private const int FewestBuried = 4096;

    private readonly Stack<int> _freeRows = new();
    private readonly List<int> _buried = [];

    private int NewRow()
    {
        if (_freeRows.TryPop(out var free)) return free;
        var row = RowCount;
        Key.Reach(row);
        _numbers.Reach(row);
        _longs.Reach(row);
        RowCount++;
        return row;
    }

    /// <summary>
    /// Marks a removed row for reuse. Its groups still list it, because removing one row from a long list is slow; when enough rows are removed, the lists are
    /// cleaned in one pass and the rows are reused. Selections recognise a reused row by <see cref="Born"/>.
    /// </summary>
    private void Bury(int row)
    {
        _buried.Add(row);
        if (_buried.Count < FewestBuried || _buried.Count < LiveRows.Count / 4) return;
        foreach (var groups in new[] { Jobs, Nodes, Deployments })
            for (var number = 0; number < groups.Count; number++)
                groups[number].Keep(IsLive);
        foreach (var buried in _buried) _freeRows.Push(buried);
        _buried.Clear();
    }
}
