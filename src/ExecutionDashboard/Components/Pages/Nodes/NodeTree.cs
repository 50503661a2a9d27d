using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Grouping;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>The groups of one viewer's list of nodes.</summary>
internal sealed class NodeTree(FilteredCounts shared) : StoreTree<NodeQuery, NodeListGrouping, NodeGroup, NodeSelection, NodeSummary>(NodeQuery.All, NodeListGrouping.None, NodeGroups.None, rows => rows.Count)
{
    protected override KeyedGroups<NodeGroup> Shared() => shared.Of(Store, Query, Grouping);

    protected override NodeSelection RowsOf(NodeGroup group) => Store.SelectNodes(Grouping.Narrow(Query, group));

    protected override NodeGroup Emptied(NodeGroup group) => group with { Connections = [] };

    protected override void Refresh(NodeSelection rows) => Store.Refresh(rows);

    protected override bool AnyChanged(NodeSelection rows, int row, int count, long drawn) => Store.AnyChanged(rows, row, count, drawn);

    protected override IEnumerable<NodeSummary?> Read(NodeSelection rows, int row, int count) => Store.NodesOf(rows, row, count);
}
