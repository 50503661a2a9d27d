using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>The matches of a query by group and state. Costs the rows that must be scanned; without filters, and where counts are maintained, the groups alone.</summary>
    public ExecutionGroups Groups(ExecutionQuery query, ExecutionGrouping grouping) => grouping.IsNone ? ExecutionGroups.None : _gate.Read(() =>
    {
        var plan = new QueryPlan(_table, new RowFilter(_table, query, _catalog));
        var numbers = new GroupNumbers(_table, grouping, _catalog);
        var groups = new List<ExecutionGroup>();
        if (plan.IsWhole && Maintained(grouping.Field) is { } maintained)
        {
            for (var number = 0; number < maintained.Count; number++)
                if (maintained[number].Tally is var tally && tally.Total(plan.Scope) > 0) groups.Add(numbers.Group(number, tally.Snapshot(_table.States, plan.Scope)));
        }
        else
        {
            var parts = plan.Scan(() => new GroupTallier(_table, numbers.Of));
            foreach (var part in parts[1..]) parts[0].Add(part);
            foreach (var (number, tally) in parts[0].Tallies) groups.Add(numbers.Group(number, tally.Snapshot(_table.States, ExecutionScope.All)));
        }
        return new ExecutionGroups(grouping, query, groups);
    });

    /// <summary>The matches of a query of nodes by group and connection. Costs one pass over the nodes.</summary>
    public NodeGroups Groups(NodeQuery query, NodeListGrouping grouping)
    {
        if (grouping.IsNone) return NodeGroups.None;
        var nodes = Nodes;
        return _gate.Read(() =>
        {
            var filter = new NodeFilter(query, _table, _catalog);
            var groups = new Dictionary<string, (string Value, bool IsWithout, Dictionary<string, int> Connections)>(StringComparer.Ordinal);
            foreach (var listed in nodes)
            {
                if (_table.Nodes.Find(listed.Id) is not { } group || filter.Find(group.Number) is not { } node) continue;
                var connection = ConnectionOf(node, group);
                var (key, value) = grouping.Field switch
                {
                    NodeGroupField.Connection => (connection.ToLowerInvariant(), connection.ToLowerInvariant()),
                    NodeGroupField.State => NodeStates.Worst(group, _table.States).Name is var state ? (state, state) : default,
                    // Filters do not distinguish the case of a version.
                    NodeGroupField.Version => (node.AgentVersion.ToLowerInvariant(), node.AgentVersion),
                    NodeGroupField.Plane => Planes.Of(node.Id) is var plane ? (plane, plane) : default,
                    _ => node.Labels.GetValueOrDefault(grouping.Label) is { } label ? ("=" + label, label) : ("", ""),
                };
                if (!groups.TryGetValue(key, out var held)) groups[key] = held = (value, key.Length == 0, new(StringComparer.OrdinalIgnoreCase));
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(held.Connections, connection, out _)++;
            }
            return new NodeGroups(grouping, [.. groups.Select(g => new NodeGroup(
                g.Key, g.Value.Value, g.Value.IsWithout,
                [.. g.Value.Connections.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.OrdinalIgnoreCase).Select(c => (c.Key.ToLowerInvariant(), c.Value))]))]);
        });
    }

    private GroupTable? Maintained(GroupField field) => field switch
    {
        GroupField.Job => _table.Jobs,
        GroupField.Node => _table.Nodes,
        GroupField.Deployment => _table.Deployments,
        _ => null,
    };
}
