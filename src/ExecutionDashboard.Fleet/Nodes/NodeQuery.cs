using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>Columns that a list of nodes can be sorted by.</summary>
public enum NodeSort
{
    /// <summary>Display name (default, from A).</summary>
    Name,
    /// <summary>Connection: nodes that are lost longest come first, connected ones last.</summary>
    Connection,
    /// <summary>Last heartbeat.</summary>
    Heartbeat,
    /// <summary>Operating system, then architecture.</summary>
    System,
    /// <summary>Agent version, numbers by value.</summary>
    Agent,
    /// <summary>Worst state of its executions, then the number of executions in that state.</summary>
    Executions,
    /// <summary>CPU.</summary>
    Cpu,
    /// <summary>Memory.</summary>
    Memory,
    /// <summary>Disk.</summary>
    Disk,
    /// <summary>Registration.</summary>
    Joined,
}

/// <summary>
/// Filters and sort of a list of nodes. Different filters are ANDed, the values of one filter ORed; an empty filter matches all. It is a value: <see cref="Parse"/>
/// and <see cref="ToUrl"/> round-trip it.
/// </summary>
public sealed partial record NodeQuery
{
    /// <summary>Every node, by name.</summary>
    public static NodeQuery All { get; } = new();

    /// <summary>Text in the name, id, host name or a label's value; case does not matter.</summary>
    public string Text { get; init; } = "";
    /// <summary>Connection states, as the server names them, or <see cref="FleetStore.StaleConnection"/>; case does not matter.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];
    /// <summary>Worst state among its current executions; the empty state matches nodes without executions.</summary>
    public IReadOnlyList<ExecutionState> Worst { get; init; } = [];
    /// <summary>Label expressions, ANDed: see <see cref="LabelExpression"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
    /// <summary>Operating systems.</summary>
    public IReadOnlyList<string> Systems { get; init; } = [];
    /// <summary>Processor architectures.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];
    /// <summary>Versions of the agent.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];
    /// <summary>Load bands.</summary>
    public IReadOnlyList<NodeLoad> Loads { get; init; } = [];
    /// <summary>Id of a job that it runs (or, with 0 in <see cref="Versions"/>, does not run); empty for any.</summary>
    public string Job { get; init; } = "";
    /// <summary>Versions of <see cref="Job"/>; 0 matches nodes without the job.</summary>
    public IReadOnlyList<int> Versions { get; init; } = [];
    /// <summary>Node ids.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    /// <summary>Filters of the address that cannot be parsed. They match all nodes and are shown.</summary>
    public IReadOnlyList<QueryPair> NotUnderstood { get; init; } = [];
    /// <summary>Sorted by.</summary>
    public NodeSort Sort { get; init; } = NodeSort.Name;
    /// <summary>Descending instead of ascending.</summary>
    public bool Descending { get; init; }

    /// <summary>Whether no filter is set; the sort does not count.</summary>
    public bool IsUnfiltered => Equals(new NodeQuery { Sort = Sort, Descending = Descending, NotUnderstood = NotUnderstood });

    /// <summary>The same sort without filters.</summary>
    public NodeQuery Cleared => new() { Sort = Sort, Descending = Descending };

    /// <summary>Equal when every part is, lists by their entries in order.</summary>
    public bool Equals(NodeQuery? other) =>
        other is not null && Sort == other.Sort && Descending == other.Descending && Text == other.Text && Job == other.Job
        && Texts.Same(Connections, other.Connections) && Worst.SequenceEqual(other.Worst) && Texts.Same(Labels, other.Labels)
        && Texts.Same(Systems, other.Systems) && Texts.Same(Architectures, other.Architectures) && Texts.Same(Agents, other.Agents)
        && Loads.SequenceEqual(other.Loads) && Versions.SequenceEqual(other.Versions) && Texts.Same(Ids, other.Ids)
        && NotUnderstood.SequenceEqual(other.NotUnderstood);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sort, Descending, Text, Job, Connections.Count, Labels.Count, Ids.Count, Worst.Count);
}
