using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Which execution replaced which. An execution names its predecessor, its successor, both or none, and either can be received first. A link that both executions
/// name is found from the columns; only links named by one of them are indexed here. So memory is used only where servers send half of the links, or predecessors
/// were deleted.
/// </summary>
internal sealed class ExecutionLinks(Column<UInt128> ids, SparseColumn<UInt128> previous, SparseColumn<UInt128> next, RowIndex<UInt128, IdKeys> held)
{
    private readonly RowIndex<UInt128, NamedKeys> _byPrevious = new(new NamedKeys(previous));
    private readonly RowIndex<UInt128, NamedKeys> _byNext = new(new NamedKeys(next));

    /// <summary>Indexes the links of a row. Writer only.</summary>
    public void Add(int row)
    {
        if (Named(previous, row) is var before && before != default)
        {
            if (Answering(before, next, row) is >= 0 and var other) _byNext.Remove(other);
            else _byPrevious.Add(row);
        }
        if (Named(next, row) is var after && after != default)
        {
            if (Answering(after, previous, row) is >= 0 and var other) _byPrevious.Remove(other);
            else _byNext.Add(row);
        }
    }

    /// <summary>Removes the links of a row, before they change or the row is removed. Writer only.</summary>
    public void Remove(int row)
    {
        if (Named(previous, row) is var before && before != default)
        {
            if (Answering(before, next, row) is >= 0 and var other) _byNext.Add(other);
            else _byPrevious.Remove(row);
        }
        if (Named(next, row) is var after && after != default)
        {
            if (Answering(after, previous, row) is >= 0 and var other) _byPrevious.Add(other);
            else _byNext.Remove(row);
        }
    }

    /// <summary>The executions that replaced a row, one per call; -1 after the last.</summary>
    /// <param name="row">The replaced execution.</param>
    /// <param name="place">State of the search; 0 at first.</param>
    public int Successor(int row, ref int place) => Linked(row, next, _byPrevious, ref place);

    /// <summary>The executions that a row replaced, one per call; -1 after the last.</summary>
    /// <param name="row">The successor.</param>
    /// <param name="place">State of the search; 0 at first.</param>
    public int Predecessor(int row, ref int place) => Linked(row, previous, _byNext, ref place);

    private int Linked(int row, SparseColumn<UInt128> named, RowIndex<UInt128, NamedKeys> naming, ref int place)
    {
        if (place == 0)
        {
            place = 1;
            if (Named(named, row) is var id && id != default && held.Find(id) is >= 0 and var linked) return linked;
        }
        var probes = place - 1;
        var found = naming.Find(ids[row], ref probes);
        place = probes + 1;
        return found;
    }

    /// <summary>The row of an id, if that execution names this row in return; else -1.</summary>
    private int Answering(UInt128 id, SparseColumn<UInt128> answers, int row) => held.Find(id) is >= 0 and var other && answers[other] == ids[row] ? other : -1;

    // Ignore executions that name themselves.
    private UInt128 Named(SparseColumn<UInt128> column, int row) => column[row] is var id && id != ids[row] ? id : default;
}
