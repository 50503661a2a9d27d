using System.Runtime.InteropServices;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>Groups nodes by a label.</summary>
internal static class NodeGrouping
{
    /// <summary>
    /// The numbers of the nodes, group by group, and the groups, sorted by value. Nodes without the label come last but one; rare values beyond
    /// <see cref="NodeMap.MostGroups"/> share one group at the end. The order within a group is kept.
    /// </summary>
    public static (int[] Numbers, IReadOnlyList<NodeMapGroup> Groups) Of(IReadOnlyList<Node> nodes, string label, Func<string, int> numberOf)
    {
        if (label.Length == 0)
            return ([.. nodes.Select(n => numberOf(n.Id)).Where(n => n > 0)], [new NodeMapGroup("", nodes.Count)]);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes) CollectionsMarshal.GetValueRefOrAddDefault(counts, node.Labels.GetValueOrDefault(label, ""), out _)++;
        var own = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, NaturalOrder.Instance).Take(NodeMap.MostGroups)
            .Select(c => c.Key).OrderBy(k => k.Length == 0).ThenBy(k => k, NaturalOrder.Instance).ToArray();
        var places = own.Select((value, place) => (value, place)).ToDictionary(p => p.value, p => p.place, StringComparer.Ordinal);
        var lists = new List<int>[own.Length + 1];
        for (var i = 0; i < lists.Length; i++) lists[i] = [];
        foreach (var node in nodes)
            if (numberOf(node.Id) is var number and > 0) lists[places.GetValueOrDefault(node.Labels.GetValueOrDefault(label, ""), own.Length)].Add(number);
        var groups = own.Select((value, place) => new NodeMapGroup(value, lists[place].Count)).ToList();
        if (lists[^1].Count > 0) groups.Add(new(FormattableString.Invariant($"{counts.Count - own.Length} other values"), lists[^1].Count, IsRest: true));
        return ([.. lists.SelectMany(l => l)], groups);
    }
}
