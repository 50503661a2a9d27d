namespace ExecutionDashboard.Fleet;

/// <summary>
/// One version of a job on one node, as the control plane last reported it. Both API generations are read into this record. Texts are empty and maps null when the
/// server sent nothing.
/// </summary>
public sealed record Execution
{
    /// <summary>The execution's id: opaque, at most 512 characters, not always a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The job it belongs to.</summary>
    public string JobId { get; init; } = "";

    /// <summary>Type of the job: <c>pipeline</c>, <c>query</c>, <c>update</c>, <c>config</c> or another.</summary>
    public string JobType { get; init; } = "";

    /// <summary>The job's version when the execution was created; 0 when not sent.</summary>
    public int JobVersion { get; init; }

    /// <summary>The namespace it was created in.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The node it runs on; empty while it has none.</summary>
    public string NodeId { get; init; } = "";

    /// <summary>The deployment that created it. The rollout generation has no deployments, so it is empty there as read.</summary>
    public string DeploymentId { get; init; } = "";

    /// <summary>The evaluation that created it.</summary>
    public string EvaluationId { get; init; } = "";

    /// <summary>Hash of the spec it was started with (<see cref="JobSpec.Hash"/>); empty when not sent.</summary>
    public string SpecHash { get; init; } = "";

    /// <summary>Desired state.</summary>
    public StateReport Desired { get; init; } = StateReport.None;

    /// <summary>Actual state (<c>compute_state</c> or <c>observed_state</c>).</summary>
    public StateReport Actual { get; init; } = StateReport.None;

    /// <summary>Details of the current state: error code, hint, component.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; init; }

    /// <summary>The execution it replaced.</summary>
    public string PreviousId { get; init; } = "";

    /// <summary>The execution that replaced it.</summary>
    public string NextId { get; init; } = "";

    /// <summary>Increases with every change on the server; 0 when not sent.</summary>
    public long Revision { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, UTC, by the server's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it passed validation, UTC (rollout generation only).</summary>
    public DateTimeOffset? StableAt { get; init; }

    /// <summary>The current execution in its place, as the store knows it; null while it is current itself, and when no store was asked.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Replacement? ReplacedBy { get; init; }

    /// <summary>
    /// Whether it is not in its desired state. Replaced executions are history and never count, and neither does one that completed while it should run.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Drifts => ReplacedBy is null && IsDrift(Desired.State, Actual.State);

    /// <summary>Whether a current execution with these states is not in its desired state.</summary>
    public static bool IsDrift(ExecutionState desired, ExecutionState actual) =>
        !desired.IsNone && desired != actual
        && !(desired.Known == KnownExecutionState.Running && actual.Known == KnownExecutionState.Completed)
        && !(desired.Known == KnownExecutionState.Stopped && actual.IsTerminal);

    /// <summary>Equal when every field is, maps by their entries.</summary>
    public bool Equals(Execution? other) =>
        other is not null && Id == other.Id && Revision == other.Revision && JobId == other.JobId && JobType == other.JobType
        && JobVersion == other.JobVersion && Namespace == other.Namespace && NodeId == other.NodeId && DeploymentId == other.DeploymentId
        && EvaluationId == other.EvaluationId && SpecHash == other.SpecHash && Desired.Equals(other.Desired) && Actual.Equals(other.Actual)
        && Texts.Same(Details, other.Details) && PreviousId == other.PreviousId && NextId == other.NextId && CreatedAt == other.CreatedAt
        && UpdatedAt == other.UpdatedAt && StableAt == other.StableAt && ReplacedBy == other.ReplacedBy;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Revision);
}

/// <summary>The current execution in the place of a replaced one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Its actual state.</param>
public sealed record Replacement(string Id, ExecutionState State);
