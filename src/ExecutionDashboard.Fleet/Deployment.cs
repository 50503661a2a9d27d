namespace ExecutionDashboard.Fleet;

/// <summary>
/// The rollout of one version of a job. Servers of the rollout generation have no deployments, so one is made from <c>job.status.rollout</c>. Numbers that the server
/// did not send are null.
/// </summary>
public sealed record Deployment
{
    /// <summary>The deployment's id; in the rollout generation <see cref="IdOf"/>.</summary>
    public required string Id { get; init; }
    /// <summary>The job that is rolled out.</summary>
    public string JobId { get; init; } = "";
    /// <summary>Type of the job.</summary>
    public string JobType { get; init; } = "";
    /// <summary>The job's namespace.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>What started it: <c>create</c>, <c>update</c>, <c>restart</c>, <c>rollback</c>, <c>stop</c> or another word.</summary>
    public string Type { get; init; } = "";
    /// <summary>The previous version; 0 when there is none; null when not sent.</summary>
    public int? FromVersion { get; init; }
    /// <summary>The version being rolled out; null when not sent.</summary>
    public int? ToVersion { get; init; }
    /// <summary>Rollout strategy; null when not sent.</summary>
    public RolloutStrategy? Strategy { get; init; }
    /// <summary>State: <c>pending</c>, <c>in_progress</c>, <c>paused</c>, <c>completed</c>, <c>failed</c>, <c>canceled</c>, <c>rolled_back</c> or another word.</summary>
    public string State { get; init; } = "";
    /// <summary>The server's message for the state.</summary>
    public string Message { get; init; } = "";
    /// <summary>Ids of the canary nodes, which get the version first.</summary>
    public IReadOnlyList<string> CanaryNodes { get; init; } = [];
    /// <summary>Whether the canary was promoted.</summary>
    public bool? CanaryPromoted { get; init; }
    /// <summary>The current wave, from 1.</summary>
    public int? CurrentWave { get; init; }
    /// <summary>Number of waves.</summary>
    public int? TotalWaves { get; init; }
    /// <summary>Number of nodes in the rollout.</summary>
    public int? TotalNodes { get; init; }
    /// <summary>Nodes that have the version.</summary>
    public int? UpdatedNodes { get; init; }
    /// <summary>Nodes on which the rollout failed.</summary>
    public int? FailedNodes { get; init; }
    /// <summary>The version a rollback goes to; 0 when a rollback is not possible.</summary>
    public int? RollbackToVersion { get; init; }
    /// <summary>Health deadline of the current wave, UTC.</summary>
    public DateTimeOffset? HealthDeadline { get; init; }
    /// <summary>Time of the last progress, UTC.</summary>
    public DateTimeOffset? LastProgressAt { get; init; }
    /// <summary>Increases with every change.</summary>
    public long Revision { get; init; }
    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
    /// <summary>When it ended, UTC; null while in progress.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
    /// <summary>Whether it was made from a job's rollout; the server then has no such resource.</summary>
    public bool IsRollout { get; init; }

    /// <summary>The id of the deployment made from a job's rollout: <c>job@version</c>.</summary>
    public static string IdOf(string jobId, int version) => $"{jobId}@{version}";

    /// <summary>Whether it has not ended: pending, in progress or paused.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => State is "pending" or "in_progress" or "paused";

    /// <summary>Equal when every field is, lists by their entries.</summary>
    public bool Equals(Deployment? other) =>
        other is not null && Id == other.Id && JobId == other.JobId && JobType == other.JobType && Namespace == other.Namespace
        && Type == other.Type && FromVersion == other.FromVersion && ToVersion == other.ToVersion && Equals(Strategy, other.Strategy)
        && State == other.State && Message == other.Message && Texts.Same(CanaryNodes, other.CanaryNodes)
        && CanaryPromoted == other.CanaryPromoted && CurrentWave == other.CurrentWave && TotalWaves == other.TotalWaves
        && TotalNodes == other.TotalNodes && UpdatedNodes == other.UpdatedNodes && FailedNodes == other.FailedNodes
        && RollbackToVersion == other.RollbackToVersion && HealthDeadline == other.HealthDeadline && LastProgressAt == other.LastProgressAt
        && Revision == other.Revision && CreatedAt == other.CreatedAt && UpdatedAt == other.UpdatedAt && CompletedAt == other.CompletedAt
        && IsRollout == other.IsRollout;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Revision, State);
}
