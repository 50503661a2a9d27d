using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    internal int NodeNumber(string id) => _table.Nodes.Find(id)?.Number ?? 0;

    internal string NodeId(int number) => _table.Nodes[number].Id;

    internal NodeSummary? SummaryOf(int number) => _gate.Read(() => Summary(number, null));

    /// <summary>The map's values of nodes, and the journal position they are from.</summary>
    internal (DrawnNode[] Nodes, long Mark) Draw(int[] numbers, NodeMapView view, NodeQuery query, NodeQuery counted) =>
        _gate.Read(() => (DrawAll(numbers, view, query, counted), _table.NodeJournal.End));

    /// <summary>The nodes that changed since a journal position, and their map values.</summary>
    internal (int[] Numbers, DrawnNode[] Nodes, long Mark) DrawChanged(long mark, NodeMapView view, NodeQuery query, NodeQuery counted) =>
        _gate.Read(() =>
        {
            int[] changed = [.. ChangedNodes(mark)];
            return (changed, DrawAll(changed, view, query, counted), _table.NodeJournal.End);
        });

    private DrawnNode[] DrawAll(int[] numbers, NodeMapView view, NodeQuery query, NodeQuery counted)
    {
        var full = new NodeFilter(query, _table, _catalog);
        var part = query.Equals(counted) ? full : new NodeFilter(counted, _table, _catalog);
        var job = _table.Jobs.Find(view.Job)?.Number ?? -1;
        return Array.ConvertAll(numbers, number =>
        {
            var group = _table.Nodes[number];
            if (_catalog.FindNode(group.Id) is not { } node) return default;
            var value = view.Color switch
            {
                NodeColor.State => NodeStates.Worst(group, _table.States).Name,
                NodeColor.Connection => ConnectionOf(node, group),
                NodeColor.Load => NodeLoads.Name(NodeLoads.Of(node.Resources)),
                NodeColor.Agent => node.AgentVersion,
                _ => (job < 0 ? 0 : NodeStates.VersionOn(group, job, _table)).ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            var counts = part.Find(number) is not null;
            return new DrawnNode(value, ReferenceEquals(full, part) ? counts : full.Find(number) is not null, counts, !node.IsConnected || group.IsStale);
        });
    }
}
