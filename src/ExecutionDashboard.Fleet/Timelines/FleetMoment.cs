namespace ExecutionDashboard.Fleet.Timelines;

/// <summary>The whole fleet at one moment, from the feed's change log: what the feed had seen by then, and what it learned later of the time before.</summary>
public sealed record FleetMoment
{
    /// <summary>The moment, UTC.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>The log knows nothing of before this moment, UTC; null when it is empty.</summary>
    public DateTimeOffset? KnownSince { get; init; }
    /// <summary>Number of the last change seen by then; 0 when the moment is before <see cref="KnownSince"/>, and all is empty.</summary>
    public long Sequence { get; init; }
    /// <summary>Executions by state, all that the control plane had.</summary>
    public IReadOnlyDictionary<string, int> Executions { get; init; } = new Dictionary<string, int>();
    /// <summary>Nodes by connection.</summary>
    public IReadOnlyDictionary<string, int> Connections { get; init; } = new Dictionary<string, int>();
    /// <summary>Each node; null when it was not asked for.</summary>
    public NodeMoments? Nodes { get; init; }
}

/// <summary>What nodes were at one moment, as arrays of equal length: an answer about 100,000 nodes is to stay small.</summary>
public sealed record NodeMoments
{
    /// <summary>Most words in <see cref="States"/>; others than the first are one, <c>other</c>.</summary>
    public const int MostStates = 52;

    /// <summary>The nodes, by their ids, sorted.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    /// <summary>The words that <see cref="Executions"/> and <see cref="Connections"/> stand for.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
    /// <summary>For each node, which states its executions had that no other had replaced: bit i stands for word i; 0 when it had none.</summary>
    public IReadOnlyList<long> Executions { get; init; } = [];
    /// <summary>For each node, the word of its connection; -1 when it was not there.</summary>
    public IReadOnlyList<int> Connections { get; init; } = [];

    /// <summary>The states that a node's executions had.</summary>
    /// <param name="node">Its place in <see cref="Ids"/>.</param>
    public IEnumerable<ExecutionState> StatesOf(int node)
    {
        for (var word = 0; word < States.Count; word++)
            if ((Executions[node] >> word & 1) != 0) yield return ExecutionState.Parse(States[word]);
    }

    /// <summary>A node's connection; empty when it was not there.</summary>
    /// <param name="node">Its place in <see cref="Ids"/>.</param>
    public string ConnectionOf(int node) => Connections[node] < 0 ? "" : States[Connections[node]];
}
