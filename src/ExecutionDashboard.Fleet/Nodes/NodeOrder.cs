using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>Sorts nodes.</summary>
internal static class NodeOrder
{
    /// <summary>The numbers in the query's order; equal nodes stay sorted by name.</summary>
    public static int[] Sorted(List<(int Number, Node Node)> byName, NodeQuery query, ExecutionTable table)
    {
        var numbers = new int[byName.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = byName[i].Number;
        if (query.Sort == NodeSort.Name)
        {
            if (query.Descending) Array.Reverse(numbers);
            return numbers;
        }
        var keys = Keys(byName, query.Sort, table);
        var places = new (long Key, int Place)[numbers.Length];
        for (var i = 0; i < places.Length; i++) places[i] = (query.Descending ? -keys[i] : keys[i], i);
        Array.Sort(places, numbers);
        return numbers;
    }

    private static long[] Keys(List<(int Number, Node Node)> nodes, NodeSort sort, ExecutionTable table)
    {
        if (sort is NodeSort.Agent) return Ranked(nodes, n => n.AgentVersion);
        if (sort is NodeSort.System) return Ranked(nodes, n => $"{n.OperatingSystem} {n.Architecture}");
        var keys = new long[nodes.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var (number, node) = nodes[i];
            keys[i] = sort switch
            {
                NodeSort.Connection => ConnectionRank(FleetStore.ConnectionOf(node, table.Nodes[number])) * (1L << 58) + (((node.IsConnected ? node.ConnectedSince : node.DisconnectedSince)?.UtcTicks ?? 0) >> 5),
                NodeSort.Heartbeat => node.LastHeartbeat?.UtcTicks ?? 0,
                NodeSort.Cpu => Percent(node.Resources?.CpuPercent),
                NodeSort.Memory => Percent(node.Resources?.MemoryPercent),
                NodeSort.Disk => Percent(node.Resources?.DiskPercent),
                NodeSort.Joined => node.CreatedAt?.UtcTicks ?? 0,
                _ => Trouble(table.Nodes[number], table.States),
            };
        }
        return keys;
    }

    private static long Percent(double? percent) => percent is { } value ? (long)(value * 1000) : -1;

    private static long Trouble(Group node, StateTable states)
    {
        var worst = NodeStates.Worst(node, states);
        return worst.IsNone ? long.MaxValue / 2 : ((long)NodeStates.Rank(worst) << 32) - node.Tally.InState(states.Find(worst), ExecutionScope.Current);
    }

    private static int ConnectionRank(string connection) => connection.ToLowerInvariant() switch { "lost" => 0, "disconnected" => 1, FleetStore.StaleConnection => 3, "connecting" => 4, "connected" => 5, _ => 2 };

    private static long[] Ranked(List<(int Number, Node Node)> nodes, Func<Node, string> text)
    {
        var texts = nodes.ConvertAll(n => text(n.Node));
        var distinct = texts.Distinct(StringComparer.Ordinal).ToArray();
        Array.Sort(distinct, NaturalOrder.Instance);
        var ranks = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < distinct.Length; i++) ranks[distinct[i]] = i;
        return [.. texts.Select(t => ranks[t])];
    }
}
