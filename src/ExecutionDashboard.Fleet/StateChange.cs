namespace ExecutionDashboard.Fleet;

/// <summary>One step of an execution, node, job or deployment from a state to the next, as the feed's change log keeps it.</summary>
public sealed record StateChange
{
    /// <summary>Number in the change log: grows by one per change, never reused.</summary>
    public long Sequence { get; init; }
    /// <summary>What changed.</summary>
    public FleetKind Kind { get; init; }
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>State before; empty for the first one seen.</summary>
    public string From { get; init; } = "";
    /// <summary>State after; empty when it vanished.</summary>
    public string To { get; init; } = "";
    /// <summary>Desired state after, for executions.</summary>
    public string Desired { get; init; } = "";
    /// <summary>What the server said.</summary>
    public string Message { get; init; } = "";
    /// <summary>Error code of the details, when there is one.</summary>
    public string ErrorCode { get; init; } = "";
    /// <summary>The job.</summary>
    public string JobId { get; init; } = "";
    /// <summary>The job's version.</summary>
    public int JobVersion { get; init; }
    /// <summary>The node.</summary>
    public string NodeId { get; init; } = "";
    /// <summary>The deployment.</summary>
    public string DeploymentId { get; init; } = "";
    /// <summary>The revision after.</summary>
    public long Revision { get; init; }
    /// <summary>When, by the server's clock, UTC; when the server gave no time, <see cref="SeenAt"/>.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>When the feed saw it, UTC.</summary>
    public DateTimeOffset SeenAt { get; init; }
    /// <summary>Where it is known from.</summary>
    public ChangeSource Source { get; init; }
}

/// <summary>Where a change is known from.</summary>
public enum ChangeSource : byte
{
    /// <summary>The feed saw it happen.</summary>
    Watched = 0,
    /// <summary>Told by the server's own history.</summary>
    History = 1,
    /// <summary>Worked out from created, updated and stable times.</summary>
    Derived = 2,
}

/// <summary>Kinds of things in a fleet.</summary>
public enum FleetKind : byte
{
    /// <summary>An execution.</summary>
    Execution = 0,
    /// <summary>A node.</summary>
    Node = 1,
    /// <summary>A job.</summary>
    Job = 2,
    /// <summary>A deployment.</summary>
    Deployment = 3,
    /// <summary>A job spec.</summary>
    Spec = 4,
}
