namespace ExecutionDashboard.Fleet;

/// <summary>One entity that is new, changed, or (when <see cref="Removed"/>) removed. Exactly one of the entity properties is set, or none when removed.</summary>
public sealed record FleetChange
{
    /// <summary>Kind of the entity.</summary>
    public FleetKind Kind { get; init; }
    /// <summary>Its id; for a spec its hash.</summary>
    public required string Id { get; init; }
    /// <summary>Whether it is no longer on the control plane.</summary>
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
    /// <summary>A spec; specs never change once sent.</summary>
    public static FleetChange Of(JobSpec spec) => new() { Kind = FleetKind.Spec, Id = spec.Hash, Spec = spec };
    /// <summary>An entity that was removed.</summary>
    public static FleetChange Gone(FleetKind kind, string id) => new() { Kind = kind, Id = id, Removed = true };
}

/// <summary>
/// One message of the hub's stream. A receiver at sequence number n applies a batch whose <see cref="Previous"/> is n, and is then at <see cref="Sequence"/>. Any
/// other number is a gap: the receiver subscribes again with n.
/// </summary>
/// <remarks>
/// A snapshot is several batches with the same <see cref="Sequence"/>, equal to <see cref="Previous"/>: the first has <see cref="Reset"/>, the last has
/// <see cref="Remaining"/> 0. The receiver is at that sequence number after the last one. A batch without changes is a heartbeat with a <see cref="Status"/>.
/// </remarks>
public sealed record FeedBatch
{
    /// <summary>Sequence number before this batch.</summary>
    public long Previous { get; init; }
    /// <summary>Sequence number after this batch.</summary>
    public long Sequence { get; init; }
    /// <summary>Whether it is the first batch of a snapshot: the receiver drops what it has.</summary>
    public bool Reset { get; init; }
    /// <summary>The last batch of a stream (<see cref="FeedContract.Join"/>): the receiver needs a snapshot, and reads it at <see cref="FeedContract.SnapshotPath"/>.</summary>
    public bool SnapshotOffered { get; init; }
    /// <summary>Changes of the snapshot that follow in later batches; 0 outside of a snapshot.</summary>
    public int Remaining { get; init; }
    /// <summary>The changes, at most one per kind and id. A spec comes before the entities that refer to it.</summary>
    public IReadOnlyList<FleetChange> Changes { get; init; } = [];
    /// <summary>When the earliest of the changes was made on the control plane, by the feed's clock (UTC); null when the server sent no time, and in snapshots.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
    /// <summary>Status of the feed; null when unchanged since the last batch.</summary>
    public FeedStatus? Status { get; init; }
}

/// <summary>The feed's connection to the control plane.</summary>
public sealed record FeedStatus
{
    /// <summary>Id of the change log. Sequence numbers of different logs cannot be compared.</summary>
    public string LogId { get; init; } = "";
    /// <summary>The control plane's address, without user info or token.</summary>
    public string ControlPlane { get; init; } = "";
    /// <summary>Name of the feed: a machine and a port. Empty where it has the log for itself.</summary>
    public string Feed { get; init; } = "";
    /// <summary>Whether it stands by: another feed leads or none does. It follows the change log that the leader writes, and takes no writes. What it says of the control plane is what the leader noted.</summary>
    public bool IsStandby { get; init; }
    /// <summary>Name of the feed that leads; empty while none does, and where one has the log for itself.</summary>
    public string Leader { get; init; } = "";
    /// <summary>Address of the feed that leads; empty when it is not known.</summary>
    public string LeaderAddress { get; init; } = "";
    /// <summary>Grows each time that another feed leads; 0 where one has the log for itself.</summary>
    public long Epoch { get; init; }
    /// <summary>When a standby last had all that was in the change log, UTC; null for one that leads, and before the first time.</summary>
    public DateTimeOffset? FollowedAt { get; init; }
    /// <summary>Last successful reply of the control plane, to this run of the feed or to an earlier one, UTC; null before the first.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }
    /// <summary>Whether the fleet is as an earlier run of the feed left it at <see cref="LastSuccessAt"/>: this run has not heard of all that changed since.</summary>
    public bool IsConfirming { get; init; }
    /// <summary>Since when the control plane is unreachable, UTC; null while it replies.</summary>
    public DateTimeOffset? BlindSince { get; init; }
    /// <summary>Why it is unreachable, as a sentence; empty while it is not.</summary>
    public string Problem { get; init; } = "";
    /// <summary>Since when the change log takes no changes, UTC; null while it does.</summary>
    public DateTimeOffset? LogRefusedSince { get; init; }
    /// <summary>Objects of the last replies that could not be read and were skipped, as a sentence; empty without any.</summary>
    public string Warning { get; init; } = "";
    /// <summary>Executions loaded so far during the first load; null afterwards.</summary>
    public long? Loading { get; init; }
    /// <summary>Number of executions by the control plane's own count; null when not sent.</summary>
    public long? Total { get; init; }
    /// <summary>How far the control plane's clock is ahead of the feed's, seconds; negative when behind, null when unknown.</summary>
    public double? ClockSkewSeconds { get; init; }
    /// <summary>When the control plane started, UTC, by its own clock; null when it does not say.</summary>
    public DateTimeOffset? ControlPlaneStartedAt { get; init; }
    /// <summary>Grows with everything that happens to problems: one that was opened, changed or resolved, acknowledged or commented on. Of one <see cref="LogId"/>.</summary>
    public long ProblemsVersion { get; init; }
    /// <summary>Number of the audit's last row.</summary>
    public long AuditVersion { get; init; }
    /// <summary>Grows with every change of saved views and preferences. Of one <see cref="LogId"/>.</summary>
    public long UserDataVersion { get; init; }
    /// <summary>Grows with every change of a bulk run or one of its items. Of one <see cref="LogId"/>.</summary>
    public long BulkVersion { get; init; }
    /// <summary>Jobs whose changes become real too slowly for the objective that was set for them; null without any. Another list when one of them changed.</summary>
    public IReadOnlyList<Convergence.BurningObjective>? Burning { get; init; }
    /// <summary>The planes, in a dashboard that shows several as one fleet: the rest is then of all of them together, and what is kept of people and problems of the first. No feed sends it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<Planes.PlaneState> Planes { get; init; } = [];
}
