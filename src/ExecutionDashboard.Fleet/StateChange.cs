namespace ExecutionDashboard.Fleet;

/// <summary>One state change of an execution, node, job or deployment, as the change log stores it.</summary>
public sealed record StateChange
{
    /// <summary>Sequence number in the change log: increases by one per change, never reused.</summary>
    public long Sequence { get; init; }
    /// <summary>Kind of the entity.</summary>
    public FleetKind Kind { get; init; }
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>State before; empty for the first state.</summary>
    public string From { get; init; } = "";
    /// <summary>State after; empty when it was removed.</summary>
    public string To { get; init; } = "";
    /// <summary>Desired state after, of executions.</summary>
    public string Desired { get; init; } = "";
    /// <summary>The server's message.</summary>
    public string Message { get; init; } = "";
    /// <summary>Error code of the details; empty without one.</summary>
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
    /// <summary>When it changed, by the server's clock, UTC; <see cref="SeenAt"/> when the server sent no time.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>When the feed saw it, UTC.</summary>
    public DateTimeOffset SeenAt { get; init; }
    /// <summary>Where the change is known from.</summary>
    public ChangeSource Source { get; init; }
}

/// <summary>Where a change is known from.</summary>
public enum ChangeSource : byte
{
    /// <summary>Seen by the feed.</summary>
    Watched = 0,
    /// <summary>From the server's own history.</summary>
    History = 1,
    /// <summary>Derived from created, updated and stable times.</summary>
    Derived = 2,
}

/// <summary>Kinds of entities.</summary>
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
