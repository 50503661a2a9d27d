using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The groups of one viewer's list of executions.</summary>
internal sealed class ExecutionTree(FilteredCounts shared)
    : StoreTree<ExecutionQuery, ExecutionGrouping, ExecutionGroup, ExecutionSelection, Execution>(ExecutionQuery.All, ExecutionGrouping.None, ExecutionGroups.None, rows => rows.Count)
{
    /// <summary>The query of a group.</summary>
    public ExecutionQuery QueryOf(ExecutionGroup group) => Grouping.Narrow(Query, group);

    /// <summary>Whether the execution at a line no longer belongs to its group.</summary>
    public bool HasLeft(int line) => RowAt(line) is (var rows, var row) && rows.HasLeft(row);

    protected override KeyedGroups<ExecutionGroup> Shared() => shared.Of(Store, Query, Grouping);

    protected override ExecutionSelection RowsOf(ExecutionGroup group) => Store.Select(QueryOf(group));

    protected override ExecutionGroup Emptied(ExecutionGroup group) => group with { Counts = StateCounts.Empty };

    protected override void Refresh(ExecutionSelection rows) => Store.Refresh(rows);

    protected override bool AnyChanged(ExecutionSelection rows, int row, int count, long drawn) => Store.AnyChanged(rows, row, count, drawn);

    protected override IEnumerable<Execution?> Read(ExecutionSelection rows, int row, int count) => Store.Rows(rows, row, count);
}
