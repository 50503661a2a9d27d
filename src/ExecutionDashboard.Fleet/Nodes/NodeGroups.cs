using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>The nodes of a query that share a value.</summary>
/// <param name="Key">Distinguishes it from the other groups.</param>
/// <param name="Value">The value; empty for those without one.</param>
/// <param name="IsWithout">Whether it has the nodes without a value.</param>
/// <param name="Connections">Its nodes by connection, as the server names them; most first.</param>
public sealed record NodeGroup(string Key, string Value, bool IsWithout, IReadOnlyList<(string Connection, int Nodes)> Connections)
{
    /// <summary>Number of nodes.</summary>
    public int Nodes => Connections.Sum(c => c.Nodes);

    /// <summary>Equal when every part is.</summary>
    public bool Equals(NodeGroup? other) => other is not null && Key == other.Key && Value == other.Value && IsWithout == other.IsWithout && Connections.SequenceEqual(other.Connections);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Connections.Count);
}

/// <summary>The groups of a query's nodes, in order. Never changes, so that viewers share it.</summary>
public sealed class NodeGroups
{
    private readonly Dictionary<string, NodeGroup> _byKey;

    internal NodeGroups(NodeListGrouping grouping, List<NodeGroup> groups)
    {
        groups.Sort((a, b) => grouping.Field switch
        {
            NodeGroupField.State => Then(ExecutionState.Parse(a.Value).Rank.CompareTo(ExecutionState.Parse(b.Value).Rank), a, b),
            NodeGroupField.Version => Then(AgentVersions.Compare(b.Value, a.Value), a, b),
            _ => Then(b.Nodes.CompareTo(a.Nodes), a, b),
        });
        All = groups;
        _byKey = groups.ToDictionary(g => g.Key, StringComparer.Ordinal);
    }

    /// <summary>No groups.</summary>
    public static NodeGroups None { get; } = new(NodeListGrouping.None, []);

    /// <summary>The groups that have nodes: the largest first, of states the worst, of versions the newest.</summary>
    public IReadOnlyList<NodeGroup> All { get; }

    /// <summary>A group by its key; null when it has no nodes.</summary>
    public NodeGroup? Find(string key) => _byKey.GetValueOrDefault(key);

    private static int Then(int order, NodeGroup a, NodeGroup b)
    {
        if (order == 0) order = NaturalOrder.Instance.Compare(a.Value, b.Value);
        return order != 0 ? order : string.CompareOrdinal(a.Key, b.Key);
    }
}
