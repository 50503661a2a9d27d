using System.Globalization;

namespace ExecutionDashboard.Fleet;

/// <summary>What stops a rollout, how near it is, and what happens then.</summary>
/// <param name="FailedNodes">Failed nodes: the executions' count, or the server's where that is higher (it also counts missed deadlines, and it is the server that stops).</param>
/// <param name="MaxFailedNodes">More failed nodes than this stop it, the default applied; null where there is no such limit.</param>
/// <param name="MaxFailedPercent">More percent of the nodes than this stop it, 0–100, the default applied; null where there is no such limit.</param>
/// <param name="TripsAfter">Most failed nodes that are put up with at this number of nodes; <see cref="int.MaxValue"/> where nothing stops it. One more trips: <see cref="TripsAt"/>.</param>
/// <param name="TripsBy">The limit that trips first, by its name in the spec; empty where there is none.</param>
/// <param name="Share">Failed nodes as a share of those that trip it: 0 none, 1 or more tripped.</param>
/// <param name="OnFailure">What happens when it trips, one sentence.</param>
public sealed record RolloutLimits(
    int FailedNodes, int? MaxFailedNodes, double? MaxFailedPercent, int TripsAfter, string TripsBy, double Share, string OnFailure)
{
    /// <summary>The server's default for <c>max_failed_nodes</c>.</summary>
    public const int DefaultMaxFailedNodes = 10;
    /// <summary>The server's default for <c>max_failed_nodes_percent</c>.</summary>
    public const double DefaultMaxFailedPercent = 10.0;
    /// <summary>The server's default for <c>max_error_rate</c>.</summary>
    public const double DefaultMaxErrorRate = 0.10;

    /// <summary>The spec does not say (or says nonsense), the server's default applies.</summary>
    public bool MaxFailedNodesIsDefault { get; init; }
    /// <summary>The spec does not say (or says nonsense), the server's default applies.</summary>
    public bool MaxFailedPercentIsDefault { get; init; }
    /// <summary>Failed nodes that trip it; null where nothing does.</summary>
    public int? TripsAt => TripsAfter == int.MaxValue ? null : TripsAfter + 1;
    /// <summary>A limit is passed.</summary>
    public bool IsTripped => FailedNodes > TripsAfter;
    /// <summary>Until when the present wave must be healthy, UTC; null when there is no such moment.</summary>
    public DateTimeOffset? HealthDeadline { get; init; }
    /// <summary>Longest time for an execution to become healthy; null when the spec does not say.</summary>
    public TimeSpan? LongestToHealthy { get; init; }
    /// <summary>Shortest healthy time (deployment generation), default 30 s; null where the generation has none.</summary>
    public TimeSpan? MinHealthyTime { get; init; }
    /// <summary>Length of one window of watching (rollout generation), default 10 s; null where the generation has none.</summary>
    public TimeSpan? Interval { get; init; }
    /// <summary>Good windows in a row that make it healthy (rollout generation), default 2.</summary>
    public int? SuccessThreshold { get; init; }
    /// <summary>Bad windows in a row that make it unhealthy (rollout generation), default 3.</summary>
    public int? FailureThreshold { get; init; }
    /// <summary>Highest error rate, 0–1, the default applied; null where health is not checked.</summary>
    public double? MaxErrorRate { get; init; }
    /// <summary>The spec does not say, the server's default applies.</summary>
    public bool MaxErrorRateIsDefault { get; init; }
    /// <summary>How many nodes at a time, in the generation's own meaning, for people; empty when not known.</summary>
    public string Parallel { get; init; } = "";
    /// <summary>What of the spec makes no sense and was not taken; empty when nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Time left until the health deadline; negative when it passed, null when there is none.</summary>
    public TimeSpan? HealthDeadlineLeft(DateTimeOffset now) => HealthDeadline - now;

    /// <summary>The limits of a deployment.</summary>
    public static RolloutLimits Of(Deployment deployment, RolloutStrategy? strategy, RolloutProgress progress)
    {
        strategy ??= deployment.Strategy;
        var failed = Math.Max(progress.Failed, deployment.FailedNodes ?? 0);
        var parallel = ParallelOf(strategy, progress.Total);
        if ("immediate".Equals(strategy?.Kind, StringComparison.OrdinalIgnoreCase))
            return new(failed, null, null, int.MaxValue, "", 0, "Nothing stops it: an immediate rollout brings the version to all nodes and checks no health.") { Parallel = parallel };
        var notes = new List<string>();
        var (nodes, percent) = (strategy?.MaxFailedNodes, strategy?.MaxFailedNodesPercent);
        if (nodes < 0) notes.Add(Text($"max_failed_nodes {nodes}"));
        if (percent is { } given && !(given >= 0)) notes.Add(Text($"max_failed_nodes_percent {given}"));
        var (nodesDefault, percentDefault) = (nodes is not >= 0, percent is not >= 0);
        var (maxNodes, maxPercent) = (nodesDefault ? DefaultMaxFailedNodes : nodes!.Value, percentDefault ? DefaultMaxFailedPercent : percent!.Value);
        var byPercent = progress.Total > 0 ? (int)Math.Min(int.MaxValue - 1, Math.Floor(maxPercent * progress.Total / 100.0)) : int.MaxValue;
        var trips = Math.Min(Math.Min(maxNodes, byPercent), int.MaxValue - 1);
        var health = strategy?.HealthCheck;
        var windows = strategy?.ParallelIsPercent ?? deployment.IsRollout;
        return new(failed, maxNodes, maxPercent, trips, byPercent < maxNodes ? "max_failed_nodes_percent" : "max_failed_nodes", failed / (trips + 1.0), OnFailureOf(deployment, strategy))
        {
            MaxFailedNodesIsDefault = nodesDefault, MaxFailedPercentIsDefault = percentDefault,
            HealthDeadline = deployment.IsOpen ? deployment.HealthDeadline : null, LongestToHealthy = health?.Deadline,
            MinHealthyTime = health?.MinHealthyTime ?? (windows ? null : TimeSpan.FromSeconds(30)),
            Interval = health?.Interval ?? (windows ? TimeSpan.FromSeconds(10) : null),
            SuccessThreshold = health?.SuccessThreshold ?? (windows ? 2 : null), FailureThreshold = health?.FailureThreshold ?? (windows ? 3 : null),
            MaxErrorRate = health?.MaxErrorRate ?? DefaultMaxErrorRate, MaxErrorRateIsDefault = health?.MaxErrorRate is null,
            Parallel = parallel,
            Note = notes.Count == 0 ? "" : $"The spec says {string.Join(" and ", notes)}, which no limit can be; the default is shown.",
        };
    }

    private static string OnFailureOf(Deployment deployment, RolloutStrategy? strategy)
    {
        if (deployment.Type.Equals("rollback", StringComparison.OrdinalIgnoreCase)) return "Stops: it is a rollback itself, there is nothing further to roll back to.";
        if (strategy?.NoAutoRollback == true) return "Stops where it is: automatic rollback is off (no_auto_rollback).";
        var target = deployment.RollbackToVersion ?? deployment.FromVersion;
        if (deployment.Type.Equals("create", StringComparison.OrdinalIgnoreCase) || target <= 0) return "Stops where it is: there is nothing to roll back to.";
        return target is { } version ? Text($"Rolls back by itself to version {version}.") : "Rolls back by itself; the server does not say to which version.";
    }

    private static string ParallelOf(RolloutStrategy? strategy, int total)
    {
        if (strategy is null) return "";
        if ("immediate".Equals(strategy.Kind, StringComparison.OrdinalIgnoreCase)) return "all nodes at once";
        if (!strategy.ParallelIsPercent)
            return strategy.MaxParallel switch { null => "", 0 => "all nodes at once", < 0 => "", { } nodes => RolloutStanding.Count(nodes, "node") + " at a time" };
        var percent = strategy.MaxParallel ?? 10;
        if (percent is < 0 or > 100) return "";
        var size = total > 0 ? Text($" ({Math.Max(1, (int)Math.Ceiling(total * percent / 100.0))} of {total})") : "";
        return Text($"{percent} % of the nodes per wave") + size + (strategy.MaxParallel is null ? ", the default" : "");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
