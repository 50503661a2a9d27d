using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Who replaced whom. An execution names its predecessor, its successor, both or none, and either may come first. A link that both ends name is found
/// from either; only those that one end names are kept here, so they take memory where servers tell half or predecessors are gone.
/// </summary>
internal sealed class ExecutionLinks(Column<UInt128> ids, SparseColumn<UInt128> previous, SparseColumn<UInt128> next, RowIndex<UInt128, IdKeys> held)
{
    private readonly RowIndex<UInt128, NamedKeys> _byPrevious = new(new NamedKeys(previous));
    private readonly RowIndex<UInt128, NamedKeys> _byNext = new(new NamedKeys(next));

    /// <summary>Takes the links of a row that is held. Writer only.</summary>
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

    /// <summary>Forgets the links of a row that is held, before they change or it goes. Writer only.</summary>
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

    /// <summary>The executions that replaced one, one a call; -1 when there are no more.</summary>
    /// <param name="row">The replaced.</param>
    /// <param name="place">Where the search is; 0 at first.</param>
    public int Successor(int row, ref int place) => Linked(row, next, _byPrevious, ref place);

    /// <summary>The executions that one replaced, one a call; -1 when there are no more.</summary>
    /// <param name="row">The successor.</param>
    /// <param name="place">Where the search is; 0 at first.</param>
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

    /// <summary>The row of an id, when it names a row in turn.</summary>
    private int Answering(UInt128 id, SparseColumn<UInt128> answers, int row) => held.Find(id) is >= 0 and var other && answers[other] == ids[row] ? other : -1;

    // Nobody replaces itself.
    private UInt128 Named(SparseColumn<UInt128> column, int row) => column[row] is var id && id != ids[row] ? id : default;
}
