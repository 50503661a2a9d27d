namespace ExecutionDashboard.Fleet.Timelines;

/// <summary>The whole fleet at one point in time, from the change log: what the feed had seen by then, and what it learned about that time later.</summary>
public sealed record FleetMoment
{
    /// <summary>The point in time, UTC.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>Start of the change log, UTC; null when it is empty.</summary>
    public DateTimeOffset? KnownSince { get; init; }
    /// <summary>Sequence number of the last change by then; 0 when the time is before <see cref="KnownSince"/>, and everything is empty.</summary>
    public long Sequence { get; init; }
    /// <summary>Number of executions by state.</summary>
    public IReadOnlyDictionary<string, int> Executions { get; init; } = new Dictionary<string, int>();
    /// <summary>Number of nodes by connection.</summary>
    public IReadOnlyDictionary<string, int> Connections { get; init; } = new Dictionary<string, int>();
    /// <summary>All nodes; null when not requested.</summary>
    public NodeMoments? Nodes { get; init; }
}

/// <summary>The nodes at one point in time, as arrays of equal length, so that a reply about 100,000 nodes stays small.</summary>
public sealed record NodeMoments
{
    /// <summary>Most words in <see cref="States"/>; the remaining ones become <c>other</c>.</summary>
    public const int MostStates = 52;

    /// <summary>Node ids, sorted.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    /// <summary>The words that <see cref="Executions"/> and <see cref="Connections"/> refer to.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
    /// <summary>For each node, the states of its current executions: bit i for word i; 0 without any.</summary>
    public IReadOnlyList<long> Executions { get; init; } = [];
    /// <summary>For each node, the word of its connection; -1 when it did not exist.</summary>
    public IReadOnlyList<int> Connections { get; init; } = [];

    /// <summary>The states of a node's executions.</summary>
    /// <param name="node">Index of the node in <see cref="Ids"/>.</param>
    public IEnumerable<ExecutionState> StatesOf(int node)
    {
        for (var word = 0; word < States.Count; word++)
            if ((Executions[node] >> word & 1) != 0) yield return ExecutionState.Parse(States[word]);
    }

    /// <summary>A node's connection; empty when it did not exist.</summary>
    /// <param name="node">Index of the node in <see cref="Ids"/>.</param>
    public string ConnectionOf(int node) => Connections[node] < 0 ? "" : States[Connections[node]];
}
