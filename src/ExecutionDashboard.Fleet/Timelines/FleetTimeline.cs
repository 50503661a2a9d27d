namespace ExecutionDashboard.Fleet.Timelines;

/// <summary>What nodes went through between two moments: the feed's answer about lanes, made from its change log.</summary>
public sealed record FleetTimeline
{
    /// <summary>Start of the range asked for, UTC.</summary>
    public DateTimeOffset From { get; init; }
    /// <summary>End of the range, UTC.</summary>
    public DateTimeOffset To { get; init; }
    /// <summary>The log knows nothing of before this moment, UTC; null when it is empty.</summary>
    public DateTimeOffset? KnownSince { get; init; }
    /// <summary>Last change of the log that the answer holds: live changes follow from here.</summary>
    public long Sequence { get; init; }
    /// <summary>The log that <see cref="Sequence"/> counts in.</summary>
    public string LogId { get; init; } = "";
    /// <summary>The control plane is still being asked for what was before the feed saw it: the same question has a fuller answer in a while.</summary>
    public bool IsFilling { get; init; }
    /// <summary>When nobody watched, within the range, by time: what changed then is known from the control plane's own history, or from its end only.</summary>
    public IReadOnlyList<WatchGap> Gaps { get; init; } = [];
    /// <summary>One lane per node asked for, in the order asked.</summary>
    public IReadOnlyList<NodeLane> Lanes { get; init; } = [];
}

/// <summary>A stretch of time in which nobody watched the control plane.</summary>
/// <param name="From">Its start, UTC.</param>
/// <param name="To">Its end, UTC.</param>
public sealed record WatchGap(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>A moment lies in it.</summary>
    public bool Holds(DateTimeOffset at) => at > From && at <= To;
}

/// <summary>One node over time.</summary>
public sealed record NodeLane
{
    /// <summary>The node.</summary>
    public required string NodeId { get; init; }
    /// <summary>Executions that lived on it within the range, by their start.</summary>
    public IReadOnlyList<ExecutionBar> Bars { get; init; } = [];
    /// <summary>Its connection, by time; the first span may begin before the range.</summary>
    public IReadOnlyList<StateSpan> Connection { get; init; } = [];
    /// <summary>
    /// Changes left out because the lane held more than is answered at once; the newest are kept. 0 when whole; from 100,000 on, there are at least
    /// so many.
    /// </summary>
    public int LeftOut { get; init; }
}

/// <summary>One execution over time, cut where its state changed.</summary>
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
    /// <summary>The one it follows on this node; empty when it is the first or the log does not know.</summary>
    public string PreviousExecutionId { get; init; } = "";
    /// <summary>Its states, by time, each until the next; the first may begin before the range.</summary>
    public IReadOnlyList<StateSpan> Spans { get; init; } = [];
}

/// <summary>A state and how long it held.</summary>
/// <param name="State">The state's word; empty when the thing had vanished from the control plane.</param>
/// <param name="From">Since when, UTC.</param>
/// <param name="To">Until when, UTC; null while it holds. Never before <paramref name="From"/>.</param>
/// <param name="Source">Where its beginning is known from.</param>
public sealed record StateSpan(string State, DateTimeOffset From, DateTimeOffset? To, ChangeSource Source = ChangeSource.Watched);
