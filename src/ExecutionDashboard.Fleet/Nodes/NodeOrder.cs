namespace ExecutionDashboard.Fleet;

/// <summary>Sorts nodes that come by name.</summary>
internal static class NodeOrder
{
    /// <summary>The numbers in the query's order; what is equal stays by name.</summary>
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

    /// <summary>The newest version first of two; numbers in them by their value, so that 2.10 is newer than 2.9.</summary>
    public static int CompareVersions(string a, string b)
    {
        var (i, j) = (0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                var (x, y) = (Number(a, ref i), Number(b, ref j));
                var order = x.Length != y.Length ? x.Length.CompareTo(y.Length) : string.CompareOrdinal(x, y);
                if (order != 0) return order;
                continue;
            }
            if (a[i] != b[j]) return a[i].CompareTo(b[j]);
            i++;
            j++;
        }
        return (a.Length - i).CompareTo(b.Length - j);
    }

    private static string Number(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text[from..at].TrimStart('0');
    }

    private static long[] Keys(List<(int Number, Node Node)> nodes, NodeSort sort, ExecutionTable table)
    {
        if (sort is NodeSort.Agent) return Ranked(nodes, n => n.AgentVersion, CompareVersions);
        if (sort is NodeSort.System) return Ranked(nodes, n => $"{n.OperatingSystem} {n.Architecture}", string.CompareOrdinal);
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

    private static long[] Ranked(List<(int Number, Node Node)> nodes, Func<Node, string> text, Comparison<string> order)
    {
        var texts = nodes.ConvertAll(n => text(n.Node));
        var distinct = texts.Distinct(StringComparer.Ordinal).ToArray();
        Array.Sort(distinct, order);
        var ranks = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < distinct.Length; i++) ranks[distinct[i]] = i;
        return [.. texts.Select(t => ranks[t])];
    }
}
