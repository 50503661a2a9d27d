namespace ExecutionDashboard.Fleet.Timelines;

/// <summary>What happened on nodes in a time range, from the change log.</summary>
public sealed record FleetTimeline
{
    /// <summary>Start of the requested range, UTC.</summary>
    public DateTimeOffset From { get; init; }
    /// <summary>End of the range, UTC.</summary>
    public DateTimeOffset To { get; init; }
    /// <summary>Start of the change log, UTC; null when it is empty.</summary>
    public DateTimeOffset? KnownSince { get; init; }
    /// <summary>Sequence number of the last change included; live changes follow from here.</summary>
    public long Sequence { get; init; }
    /// <summary>Id of the log of <see cref="Sequence"/>.</summary>
    public string LogId { get; init; } = "";
    /// <summary>Whether the feed is still asking the control plane for older history, so that a later reply has more.</summary>
    public bool IsFilling { get; init; }
    /// <summary>
    /// Times within the range when the feed was not watching. Changes in them come from the control plane's own history, or are known by their result only.
    /// </summary>
    public IReadOnlyList<WatchGap> Gaps { get; init; } = [];
    /// <summary>One lane per requested node, in the order requested.</summary>
    public IReadOnlyList<NodeLane> Lanes { get; init; } = [];
}

/// <summary>A time range in which the feed was not watching the control plane.</summary>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC.</param>
public sealed record WatchGap(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether a time lies in it.</summary>
    public bool Holds(DateTimeOffset at) => at > From && at <= To;
}

/// <summary>One node over time.</summary>
public sealed record NodeLane
{
    /// <summary>The node.</summary>
    public required string NodeId { get; init; }
    /// <summary>Executions on it within the range, by start.</summary>
    public IReadOnlyList<ExecutionBar> Bars { get; init; } = [];
    /// <summary>Its connection over time; the first span may start before the range.</summary>
    public IReadOnlyList<StateSpan> Connection { get; init; } = [];
    /// <summary>Number of changes that were left out because the lane has too many; the newest are kept. 0 when complete; 100,000 means at least that many.</summary>
    public int LeftOut { get; init; }
}

/// <summary>One execution over time, split where its state changed.</summary>
public sealed record ExecutionBar
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }
    /// <summary>Its job.</summary>
    public string JobId { get; init; } = "";
    /// <summary>Its job's version.</summary>
    public int JobVersion { get; init; }
    /// <summary>Its deployment; empty when it has none.</summary>
    public string DeploymentId { get; init; } = "";
    /// <summary>The execution it replaced on this node; empty when there is none or it is unknown.</summary>
    public string PreviousExecutionId { get; init; } = "";
    /// <summary>Its states in order; the first may start before the range.</summary>
    public IReadOnlyList<StateSpan> Spans { get; init; } = [];
}

/// <summary>A state with its start and end.</summary>
/// <param name="State">The state; empty after the entity was removed.</param>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC; null while it lasts. Never before <paramref name="From"/>.</param>
/// <param name="Source">Where the start is known from.</param>
public sealed record StateSpan(string State, DateTimeOffset From, DateTimeOffset? To, ChangeSource Source = ChangeSource.Watched);
