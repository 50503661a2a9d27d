using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Grouping;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>The nodes of a query that share a value.</summary>
/// <param name="Key">Distinguishes it from the other groups.</param>
/// <param name="Value">The value; empty for those without one.</param>
/// <param name="IsWithout">Whether it has the nodes without a value.</param>
/// <param name="Connections">Its nodes by connection, as the server names them; most first.</param>
public sealed record NodeGroup(string Key, string Value, bool IsWithout, IReadOnlyList<(string Connection, int Nodes)> Connections) : IKeyedGroup
{
    /// <summary>Number of nodes.</summary>
    public int Nodes => Connections.Sum(c => c.Nodes);

    /// <summary>Equal when every part is.</summary>
    public bool Equals(NodeGroup? other) => other is not null && Key == other.Key && Value == other.Value && IsWithout == other.IsWithout && Connections.SequenceEqual(other.Connections);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Connections.Count);
}

/// <summary>The groups of a query's nodes, in order. Never changes, so that viewers share it.</summary>
public sealed class NodeGroups : KeyedGroups<NodeGroup>
{
    // The largest first, of states the worst, of versions the newest.
    internal NodeGroups(NodeListGrouping grouping, List<NodeGroup> groups) : base(groups, (a, b) => grouping.Field switch
    {
        NodeGroupField.State => Then(ExecutionState.Parse(a.Value).Rank.CompareTo(ExecutionState.Parse(b.Value).Rank), a, b),
        NodeGroupField.Version => Then(AgentVersions.Compare(b.Value, a.Value), a, b),
        _ => Then(b.Nodes.CompareTo(a.Nodes), a, b),
    })
    { }

    /// <summary>No groups.</summary>
    public static NodeGroups None { get; } = new(NodeListGrouping.None, []);

    private static int Then(int order, NodeGroup a, NodeGroup b)
    {
        if (order == 0) order = NaturalOrder.Instance.Compare(a.Value, b.Value);
        return order != 0 ? order : string.CompareOrdinal(a.Key, b.Key);
    }
}
