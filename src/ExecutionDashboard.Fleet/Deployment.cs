namespace ExecutionDashboard.Fleet;

/// <summary>
/// The rollout of one version of a job. In the rollout generation it is made from <c>job.status.rollout</c>, so pages see one thing.
/// A number is null where the server did not send it.
/// </summary>
public sealed record Deployment
{
    /// <summary>The deployment's id; in the rollout generation <see cref="IdOf"/>.</summary>
    public required string Id { get; init; }
    /// <summary>The job that is rolled out.</summary>
    public string JobId { get; init; } = "";
    /// <summary>Kind of work of the job.</summary>
    public string JobType { get; init; } = "";
    /// <summary>The job's namespace.</summary>
    public string Namespace { get; init; } = "";
    /// <summary>What started it: <c>create</c>, <c>update</c>, <c>restart</c>, <c>rollback</c>, <c>stop</c> or another word.</summary>
    public string Type { get; init; } = "";
    /// <summary>The version before; 0 when there is none; null when not sent.</summary>
    public int? FromVersion { get; init; }
    /// <summary>The version being rolled out; null when not sent.</summary>
    public int? ToVersion { get; init; }
    /// <summary>How it is rolled out; null when not sent.</summary>
    public RolloutStrategy? Strategy { get; init; }
    /// <summary>State: <c>pending</c>, <c>in_progress</c>, <c>paused</c>, <c>completed</c>, <c>failed</c>, <c>canceled</c>, <c>rolled_back</c> or another word.</summary>
    public string State { get; init; } = "";
    /// <summary>What the server says about the state.</summary>
    public string Message { get; init; } = "";
    /// <summary>Nodes that get the version first.</summary>
    public IReadOnlyList<string> CanaryNodes { get; init; } = [];
    /// <summary>Whether the canary was promoted.</summary>
    public bool? CanaryPromoted { get; init; }
    /// <summary>The wave it is in, from 1.</summary>
    public int? CurrentWave { get; init; }
    /// <summary>Waves in all.</summary>
    public int? TotalWaves { get; init; }
    /// <summary>Nodes in all.</summary>
    public int? TotalNodes { get; init; }
    /// <summary>Nodes done.</summary>
    public int? UpdatedNodes { get; init; }
    /// <summary>Nodes failed.</summary>
    public int? FailedNodes { get; init; }
    /// <summary>The version it would be rolled back to; 0 when it cannot be.</summary>
    public int? RollbackToVersion { get; init; }
    /// <summary>Until when the present wave must be healthy, UTC.</summary>
    public DateTimeOffset? HealthDeadline { get; init; }
    /// <summary>When something last moved, UTC.</summary>
    public DateTimeOffset? LastProgressAt { get; init; }
    /// <summary>Grows with any change.</summary>
    public long Revision { get; init; }
    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
    /// <summary>When it ended, UTC; null while in progress.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
    /// <summary>Made from a job's rollout: the server has no such resource.</summary>
    public bool IsRollout { get; init; }

    /// <summary>The id of the deployment made from a job's rollout: <c>job@version</c>.</summary>
    public static string IdOf(string jobId, int version) => $"{jobId}@{version}";

    /// <summary>Still moving, or held: pending, in progress or paused.</summary>
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
