namespace ExecutionDashboard.Fleet;

/// <summary>Rollout strategy of a spec (<c>job_spec.deployment</c> or <c>job_spec.rollout</c>). Null values mean that the server's default applies.</summary>
public sealed record RolloutStrategy
{
    /// <summary><c>immediate</c>, <c>rolling</c>, <c>canary</c> or another word.</summary>
    public string Kind { get; init; } = "";
    /// <summary>Number of nodes at a time, or percent of the nodes per wave: see <see cref="ParallelIsPercent"/>. As a number, 0 means all at once.</summary>
    public int? MaxParallel { get; init; }
    /// <summary>Whether the spec is of the rollout generation, where <see cref="MaxParallel"/> is a percentage per wave, default 10.</summary>
    public bool ParallelIsPercent { get; init; }
    /// <summary>Number of canary nodes.</summary>
    public int? CanaryCount { get; init; }
    /// <summary>Canary nodes in percent.</summary>
    public int? CanaryPercent { get; init; }
    /// <summary>Whether a healthy canary is promoted automatically.</summary>
    public bool? AutoPromote { get; init; }
    /// <summary>The rollout stops after more failed nodes than this; default 10.</summary>
    public int? MaxFailedNodes { get; init; }
    /// <summary>The rollout stops after more percent of failed nodes than this; default 10.0.</summary>
    public double? MaxFailedNodesPercent { get; init; }
    /// <summary>Whether a failed rollout is not rolled back automatically.</summary>
    public bool? NoAutoRollback { get; init; }
    /// <summary>When an execution is healthy; null when not sent.</summary>
    public HealthCheck? HealthCheck { get; init; }
}

/// <summary>When an execution of a rolling or canary deployment is healthy. Null values are not in the spec.</summary>
/// <param name="Deadline">Longest time until it is healthy.</param>
/// <param name="MinHealthyTime">Shortest continuous healthy time, default 30 s (deployment generation).</param>
/// <param name="Interval">Length of a window, default 10 s (rollout generation).</param>
/// <param name="SuccessThreshold">Consecutive good windows that make it healthy, default 2 (rollout generation).</param>
/// <param name="FailureThreshold">Consecutive bad windows that make it unhealthy, default 3 (rollout generation).</param>
/// <param name="MaxErrorRate">Highest error rate, 0–1, default 0.10.</param>
public sealed record HealthCheck(
    TimeSpan? Deadline, TimeSpan? MinHealthyTime, TimeSpan? Interval, int? SuccessThreshold, int? FailureThreshold, double? MaxErrorRate);
