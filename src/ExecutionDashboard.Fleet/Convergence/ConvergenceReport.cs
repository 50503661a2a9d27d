using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Fleet.Convergence;

/// <summary>How long executions took from a changed desired state to the actual one, of a job or of the fleet.</summary>
public sealed record ConvergenceReport
{
    /// <summary>Name of the key of a job's <c>meta</c> that has its objective, such as <c>90s</c> or <c>5m</c>.</summary>
    public const string ObjectiveKey = "convergence-objective";

    /// <summary>The job; empty for the fleet.</summary>
    public string JobId { get; init; } = "";
    /// <summary>What a change should take at most.</summary>
    public TimeSpan Objective { get; init; }
    /// <summary>Share of changes that should, 0 to 1.</summary>
    public double Target { get; init; }
    /// <summary>Start of what is known, UTC; null when nothing is.</summary>
    public DateTimeOffset? KnownSince { get; init; }
    /// <summary>The last 24 hours, 7 days and 30 days, by whole hours.</summary>
    public IReadOnlyList<ConvergenceWindow> Windows { get; init; } = [];
    /// <summary>Executions that have not reached their desired state yet.</summary>
    public int Open { get; init; }
    /// <summary>Those of them that have been open for longer than the objective.</summary>
    public int OpenLate { get; init; }
    /// <summary>Since when the oldest of them is open, UTC; null without any.</summary>
    public DateTimeOffset? OldestOpen { get; init; }
    /// <summary>Times within the last 30 days when the feed did not watch: changes in them are dated by the control plane, or by when they were seen.</summary>
    public IReadOnlyList<WatchGap> Gaps { get; init; } = [];
}

/// <summary>Convergence within a window that ends now.</summary>
/// <param name="Span">Its length.</param>
/// <param name="Converged">Number of changes that reached their desired state.</param>
/// <param name="Missed">Number of executions that were replaced or removed before.</param>
/// <param name="Within">Number of <paramref name="Converged"/> within the objective.</param>
/// <param name="Median">Half of them took at most so long; null without any.</param>
/// <param name="Slow">95 of 100 took at most so long; null without any.</param>
/// <param name="Late">Number of open ones that are later than the objective: they count against it already.</param>
public sealed record ConvergenceWindow(TimeSpan Span, long Converged, long Missed, long Within, TimeSpan? Median, TimeSpan? Slow, long Late)
{
    /// <summary>Share within the objective, 0 to 1; null when nothing can be judged yet.</summary>
    public double? Share => Converged + Missed + Late is > 0 and var all ? (double)Within / all : null;

    /// <summary>How fast the error budget is used: 1 uses it up exactly within the window. Null when nothing can be judged, or the target leaves no budget.</summary>
    /// <param name="target">The share that should be within the objective.</param>
    public double? BurnRate(double target) => Share is { } share && target < 1 ? (1 - share) / (1 - target) : null;
}
