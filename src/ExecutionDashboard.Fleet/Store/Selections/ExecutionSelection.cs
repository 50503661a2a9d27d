using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store.Selections;

/// <summary>
/// The executions that matched a query at one version of the store, in order. Reading through it gives the executions as they are now; executions that match since
/// then are counted in <see cref="NewCount"/>. Made by <see cref="FleetStore.Select"/>; belongs to one viewer, not safe for concurrent use.
/// </summary>
public sealed class ExecutionSelection
{
    internal ExecutionSelection(ExecutionQuery query, FleetStore store, HeldRows held)
    {
        Query = query;
        Hold(store, held);
    }

    /// <summary>The query.</summary>
    public ExecutionQuery Query { get; }
    /// <summary>Rows held.</summary>
    public int Count => Held.Order.Count;
    /// <summary>Executions that match now and are not held.</summary>
    public int NewCount => Arrived.Count;
    /// <summary>Number of executions that match now.</summary>
    public int MatchingNow => Count - Left.Count + Arrived.Count;
    /// <summary>Store version of <see cref="NewCount"/> and <see cref="MatchingNow"/>.</summary>
    public long Version { get; private set; }

    /// <summary>The store it was made from.</summary>
    internal FleetStore Store { get; private set; } = null!;
    /// <summary>The rows held; shared by selections of the same query and version.</summary>
    internal HeldRows Held { get; private set; } = null!;
    /// <summary>Rows that match and are not held.</summary>
    internal RowSet Arrived { get; private set; } = null!;
    /// <summary>Rows held that no longer match.</summary>
    internal RowSet Left { get; private set; } = null!;
    /// <summary>The time of the data up to which rows are counted that match because time passes.</summary>
    internal long Moment { get; private set; }
    /// <summary>The place in the journal up to which changes are counted.</summary>
    internal long Mark { get; private set; }

    /// <summary>Starts over with other rows.</summary>
    internal void Hold(FleetStore store, HeldRows held)
    {
        (Store, Held, Arrived, Left) = (store, held, new RowSet(), new RowSet());
        MoveTo(held.Version, held.Mark, held.Moment);
    }

    /// <summary>Starts over with the counts.</summary>
    internal void Recount(RowSet arrived, RowSet left) => (Arrived, Left) = (arrived, left);

    /// <summary>Notes what a changed row is to this selection now.</summary>
    internal void Judge(Verdict verdict)
    {
        Arrived.Set(verdict.Row, verdict.Matches && !verdict.Held);
        Left.Set(verdict.Row, Held.Rows.Contains(verdict.Row) && !(verdict.Held && verdict.Matches));
    }

    /// <summary>Notes up to when changes are counted.</summary>
    internal void MoveTo(long version, long mark, long moment) => (Version, Mark, Moment) = (version, mark, moment);

    /// <summary>Whether the row at an index is still there and no longer matches.</summary>
    public bool HasLeft(int index)
    {
        if (index < 0 || index >= Held.Order.Count || Left.Count == 0) return false;
        Span<int> row = stackalloc int[1];
        Held.Order.CopyTo(index, row);
        return Left.Contains(row[0]);
    }
}

/// <summary>What a row is to a selection: whether it holds the row's present execution, and whether that matches.</summary>
internal readonly record struct Verdict(int Row, bool Held, bool Matches);

/// <summary>Rows of a query at a version, in its order. Never changes.</summary>
/// <param name="Order">The rows.</param>
/// <param name="Rows">The same rows as a set.</param>
/// <param name="Version">The store's version.</param>
/// <param name="Mark">The place in the journal that belongs to the version.</param>
/// <param name="Moment">The time of the data.</param>
internal sealed record HeldRows(HeldOrder Order, RowSet Rows, long Version, long Mark, long Moment)
{
    /// <summary>Whether a row is held and still of the same execution (rows are used again after removal).</summary>
    public bool Holds(int row, ExecutionTable table) => Rows.Contains(row) && table.Born[row] <= Version;
}
