namespace ExecutionDashboard.Fleet;

/// <summary>
/// How a version is rolled out (<c>job_spec.deployment</c> or <c>job_spec.rollout</c>). Null where the spec says nothing and the
/// server's default applies.
/// </summary>
public sealed record RolloutStrategy
{
    /// <summary><c>immediate</c>, <c>rolling</c>, <c>canary</c> or another word.</summary>
    public string Kind { get; init; } = "";
    /// <summary>Nodes at a time, or percent of nodes per wave: see <see cref="ParallelIsPercent"/>. As a number of nodes, 0 is all at once.</summary>
    public int? MaxParallel { get; init; }
    /// <summary>The spec is of the rollout generation: <see cref="MaxParallel"/> is percent of nodes per wave, default 10.</summary>
    public bool ParallelIsPercent { get; init; }
    /// <summary>Number of canary nodes.</summary>
    public int? CanaryCount { get; init; }
    /// <summary>Canary nodes in percent.</summary>
    public int? CanaryPercent { get; init; }
    /// <summary>The canary is promoted by itself when healthy.</summary>
    public bool? AutoPromote { get; init; }
    /// <summary>Stop when more nodes than this failed; default 10.</summary>
    public int? MaxFailedNodes { get; init; }
    /// <summary>Stop when more percent of the nodes than this failed; default 10.0.</summary>
    public double? MaxFailedNodesPercent { get; init; }
    /// <summary>A failed rollout is not rolled back by itself.</summary>
    public bool? NoAutoRollback { get; init; }
    /// <summary>When an execution counts as healthy; null when not sent.</summary>
    public HealthCheck? HealthCheck { get; init; }
}

/// <summary>When an execution of a rolling or canary deployment counts as healthy. Null where the spec says nothing.</summary>
/// <param name="Deadline">Longest time to become healthy.</param>
/// <param name="MinHealthyTime">Shortest continuous healthy time, default 30 s (deployment generation).</param>
/// <param name="Interval">Length of one window, default 10 s (rollout generation).</param>
/// <param name="SuccessThreshold">Good windows in a row that make it healthy, default 2 (rollout generation).</param>
/// <param name="FailureThreshold">Bad windows in a row that make it unhealthy, default 3 (rollout generation).</param>
/// <param name="MaxErrorRate">Highest error rate, 0–1, default 0.10.</param>
public sealed record HealthCheck(
    TimeSpan? Deadline, TimeSpan? MinHealthyTime, TimeSpan? Interval, int? SuccessThreshold, int? FailureThreshold, double? MaxErrorRate);
