namespace ExecutionDashboard.Fleet;

/// <summary>One thing that is new, changed, or (when <see cref="Removed"/>) gone. Exactly one of the entities is set, or none when removed.</summary>
public sealed record FleetChange
{
    /// <summary>Kind of the thing.</summary>
    public FleetKind Kind { get; init; }
    /// <summary>Its id (a spec's hash).</summary>
    public required string Id { get; init; }
    /// <summary>It is no longer on the control plane.</summary>
    public bool Removed { get; init; }
    /// <summary>The execution as it is now.</summary>
    public Execution? Execution { get; init; }
    /// <summary>The node as it is now.</summary>
    public Node? Node { get; init; }
    /// <summary>The job as it is now.</summary>
    public Job? Job { get; init; }
    /// <summary>The deployment as it is now.</summary>
    public Deployment? Deployment { get; init; }
    /// <summary>The spec.</summary>
    public JobSpec? Spec { get; init; }

    /// <summary>An execution as it is now.</summary>
    public static FleetChange Of(Execution execution) => new() { Kind = FleetKind.Execution, Id = execution.Id, Execution = execution };
    /// <summary>A node as it is now.</summary>
    public static FleetChange Of(Node node) => new() { Kind = FleetKind.Node, Id = node.Id, Node = node };
    /// <summary>A job as it is now.</summary>
    public static FleetChange Of(Job job) => new() { Kind = FleetKind.Job, Id = job.Id, Job = job };
    /// <summary>A deployment as it is now.</summary>
    public static FleetChange Of(Deployment deployment) => new() { Kind = FleetKind.Deployment, Id = deployment.Id, Deployment = deployment };
    /// <summary>A spec; specs never change.</summary>
    public static FleetChange Of(JobSpec spec) => new() { Kind = FleetKind.Spec, Id = spec.Hash, Spec = spec };
    /// <summary>A thing that is gone.</summary>
    public static FleetChange Gone(FleetKind kind, string id) => new() { Kind = kind, Id = id, Removed = true };
}

/// <summary>
/// What the feed's hub streams. A receiver at sequence n applies a batch whose <see cref="Previous"/> is n and is then at
/// <see cref="Sequence"/>. Anything else is a gap: subscribe again with n.
/// </summary>
/// <remarks>
/// A snapshot is a run of batches with one <see cref="Sequence"/> (and <see cref="Previous"/> equal to it): the first has <see cref="Reset"/>,
/// the last has <see cref="Remaining"/> 0. Only after the last one is the receiver at that sequence. A batch without changes is a
/// heartbeat that carries <see cref="Status"/>.
/// </remarks>
public sealed record FeedBatch
{
    /// <summary>The sequence this batch follows.</summary>
    public long Previous { get; init; }
    /// <summary>The sequence after it.</summary>
    public long Sequence { get; init; }
    /// <summary>First batch of a snapshot: forget all, start from this.</summary>
    public bool Reset { get; init; }
    /// <summary>Changes of the snapshot still to come; 0 outside of a snapshot.</summary>
    public int Remaining { get; init; }
    /// <summary>The changes, at most one per kind and id; specs come before what names them.</summary>
    public IReadOnlyList<FleetChange> Changes { get; init; } = [];
    /// <summary>
    /// When the earliest of the changes was made at the control plane, by the feed's clock (UTC); null when the server did not say, and in snapshots.
    /// </summary>
    public DateTimeOffset? ChangedAt { get; init; }
    /// <summary>How the feed stands with the control plane; null when unchanged since the last batch.</summary>
    public FeedStatus? Status { get; init; }
}

/// <summary>How the feed stands with the control plane it watches.</summary>
public sealed record FeedStatus
{
    /// <summary>Identifies the change log: another value means its numbers are not comparable with those had before.</summary>
    public string LogId { get; init; } = "";
    /// <summary>The control plane's address, without user info or token.</summary>
    public string ControlPlane { get; init; } = "";
    /// <summary>When the control plane last answered as it should, UTC; null when never.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }
    /// <summary>Since when the feed is blind, UTC; null while the control plane answers.</summary>
    public DateTimeOffset? BlindSince { get; init; }
    /// <summary>Why it is blind, for people; empty while it is not.</summary>
    public string Problem { get; init; } = "";
    /// <summary>Since when the change log takes no changes, UTC; null while it does.</summary>
    public DateTimeOffset? LogRefusedSince { get; init; }
    /// <summary>Objects in the last replies that could not be read and were left out, for people; empty when none.</summary>
    public string Warning { get; init; } = "";
    /// <summary>The first load is not complete: executions loaded so far; null afterwards.</summary>
    public long? Loading { get; init; }
    /// <summary>Executions in all as the control plane counts them; null when it does not say.</summary>
    public long? Total { get; init; }
    /// <summary>Difference of the control plane's clock from the feed's (positive: ahead), seconds; null when unknown.</summary>
    public double? ClockSkewSeconds { get; init; }
    /// <summary>Grows with everything that happens to problems: one that was opened, changed or resolved, acknowledged or commented on. Of one <see cref="LogId"/>.</summary>
    public long ProblemsVersion { get; init; }
}
