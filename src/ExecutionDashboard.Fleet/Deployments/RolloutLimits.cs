using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>
/// The failure limits of a rollout, how close it is to them, and what happens when one is exceeded. Numbers that cannot be computed from what the server sends are
/// null.
/// </summary>
public sealed record RolloutLimits
{
    /// <summary>The server's default for <c>max_failed_nodes</c>.</summary>
    public const int DefaultMaxFailedNodes = 10;
    /// <summary>The server's default for <c>max_failed_nodes_percent</c>.</summary>
    public const double DefaultMaxFailedPercent = 10.0;
    /// <summary>The server's default for <c>max_error_rate</c>.</summary>
    public const double DefaultMaxErrorRate = 0.10;

    /// <summary>Failed nodes, by the newest execution of each node: <see cref="RolloutProgress.Failed"/>.</summary>
    public int FailedNodes { get; init; }
    /// <summary>
    /// Failed nodes as the server counts them, when it counts more: it also counts missed deadlines and nodes that were retried since. The server's count decides
    /// when the rollout stops.
    /// </summary>
    public int? ServerFailedNodes { get; init; }
    /// <summary>The rollout stops after more failed nodes than this, the default applied; null without such a limit, or when unknown.</summary>
    public int? MaxFailedNodes { get; init; }
    /// <summary>The rollout stops after more percent of failed nodes than this, 0–100, the default applied; null without such a limit, or when unknown.</summary>
    public double? MaxFailedPercent { get; init; }
    /// <summary>Most failed nodes that do not stop the rollout. Null without a limit, and when it cannot be computed: <see cref="IsPercentUnknown"/>.</summary>
    public int? TripsAfter { get; init; }
    /// <summary>Whether the percent limit cannot be computed, because the server does not send the number of nodes. It may be the lower one.</summary>
    public bool IsPercentUnknown { get; init; }
    /// <summary>Name in the spec of the limit that is reached first; empty without one, or when unknown.</summary>
    public string TripsBy { get; init; } = "";
    /// <summary>What happens when the limit is exceeded; for a rollout that has ended, why it was not rolled back. May be empty.</summary>
    public string OnFailure { get; init; } = "";

    /// <summary>Number of failed nodes that stops the rollout; null without a limit, or when unknown.</summary>
    public int? TripsAt => TripsAfter + 1;
    /// <summary>Failed nodes divided by the number that stops the rollout: 0 none, 1 or more exceeded; null without a known limit.</summary>
    public double? Share => IsOver ? null : Counted / (TripsAfter + 1.0);
    /// <summary>Whether a known limit is exceeded. Never for a completed rollout: later failures stop nothing.</summary>
    public bool IsTripped => !IsOver && Counted > (TripsAfter ?? MaxFailedNodes ?? int.MaxValue);
    /// <summary>Failures and limit as text: <c>5 (limit 4)</c>.</summary>
    public string Words => Text($"{FailedNodes:#,0}") + (ServerFailedNodes is { } more ? Text($", server counts {more:#,0}") : "") + (Limit.Length > 0 ? $" ({Limit})" : "");

    private string Limit => IsOver ? "" : TripsAfter is { } most ? Text($"limit {most:#,0}") : IsPercentUnknown ? Text($"limit {MaxFailedNodes:#,0} or {MaxFailedPercent:0.##} %") : "";

    /// <summary>Whether it completed or was canceled, so that no limit applies any more.</summary>
    public bool IsOver { get; init; }

    private int Counted => Math.Max(FailedNodes, ServerFailedNodes ?? 0);

    /// <summary>Whether the server's default applies, because the spec has no valid value.</summary>
    public bool MaxFailedNodesIsDefault { get; init; }
    /// <summary>Whether the server's default applies, because the spec has no valid value.</summary>
    public bool MaxFailedPercentIsDefault { get; init; }
    /// <summary>Health deadline of the nodes being watched, UTC; null when none are.</summary>
    public DateTimeOffset? HealthDeadline { get; init; }
    /// <summary>Longest time until an execution is healthy; null when the spec does not set it.</summary>
    public TimeSpan? LongestToHealthy { get; init; }
    /// <summary>Shortest healthy time (deployment generation), default 30 s; null in the other generation.</summary>
    public TimeSpan? MinHealthyTime { get; init; }
    /// <summary>Length of a health check window (rollout generation), default 10 s; null in the other generation.</summary>
    public TimeSpan? Interval { get; init; }
    /// <summary>Consecutive good windows that make an execution healthy (rollout generation), default 2.</summary>
    public int? SuccessThreshold { get; init; }
    /// <summary>Consecutive bad windows that make an execution unhealthy (rollout generation), default 3.</summary>
    public int? FailureThreshold { get; init; }
    /// <summary>Highest error rate, 0–1, the default applied; null when health is not checked, or the spec is unknown.</summary>
    public double? MaxErrorRate { get; init; }
    /// <summary>Whether the server's default applies, because the spec has no value.</summary>
    public bool MaxErrorRateIsDefault { get; init; }
    /// <summary>How many nodes are updated at a time, as a text in the generation's terms; empty when unknown.</summary>
    public string Parallel { get; init; } = "";
    /// <summary>Invalid values of the spec that are ignored, as a sentence; empty without any.</summary>
    public string Note { get; init; } = "";

    /// <summary>Time left until the health deadline; negative after it, null without one.</summary>
    public TimeSpan? HealthDeadlineLeft(DateTimeOffset now) => HealthDeadline - now;

    /// <summary>The limits of a deployment.</summary>
    public static RolloutLimits Of(RolloutSummary summary)
    {
        var (deployment, strategy, progress) = (summary.Deployment, summary.Strategy, summary.Progress);
        var counted = new RolloutLimits
        {
            FailedNodes = progress.Failed, ServerFailedNodes = deployment.FailedNodes > progress.Failed ? deployment.FailedNodes : null,
            IsOver = deployment.State is "completed" or "canceled", HealthDeadline = summary.HealthDeadline, Parallel = ParallelOf(strategy, progress.Total),
        };
        if (strategy is null) return counted with { OnFailure = summary.IsLive ? "The server does not say what stops it." : "" };
        if ("immediate".Equals(strategy.Kind, StringComparison.OrdinalIgnoreCase))
            return counted with { OnFailure = "No limit: an immediate rollout brings the version to all nodes at once and checks no health." };
        var notes = new List<string>();
        var (nodes, percent) = (strategy.MaxFailedNodes, strategy.MaxFailedNodesPercent);
        if (nodes < 0) notes.Add(Text($"max_failed_nodes {nodes}"));
        if (percent is { } given && !(given >= 0)) notes.Add(Text($"max_failed_nodes_percent {given}"));
        var (nodesDefault, percentDefault) = (nodes is not >= 0, percent is not >= 0);
        var (maxNodes, maxPercent) = (nodesDefault ? DefaultMaxFailedNodes : nodes!.Value, percentDefault ? DefaultMaxFailedPercent : percent!.Value);
        // Bounds for an unknown number of nodes: at least those with an execution, and at most all of them can fail.
        var isTold = progress.Total > 0;
        var byPercent = maxPercent >= 100 && !isTold ? int.MaxValue : PartOf(isTold ? progress.Total!.Value : progress.Placed, maxPercent);
        var isUnknown = !isTold && maxPercent > 0 && byPercent < maxNodes;
        var limits = counted with
        {
            MaxFailedNodes = maxNodes, MaxFailedPercent = maxPercent, IsPercentUnknown = isUnknown,
            TripsAfter = isUnknown ? null : Math.Min(Math.Min(maxNodes, byPercent), int.MaxValue - 1),
            TripsBy = isUnknown ? "" : byPercent < maxNodes ? "max_failed_nodes_percent" : "max_failed_nodes",
            MaxFailedNodesIsDefault = nodesDefault, MaxFailedPercentIsDefault = percentDefault,
            Note = notes.Count == 0 ? "" : $"The spec says {string.Join(" and ", notes)}, which no limit can be; the default is shown.",
        };
        return WithHealth(limits with { OnFailure = RolloutFailure.Of(summary, limits) }, strategy);
    }

    private static RolloutLimits WithHealth(RolloutLimits limits, RolloutStrategy strategy)
    {
        var (health, windows) = (strategy.HealthCheck, strategy.ParallelIsPercent);
        return limits with
        {
            LongestToHealthy = health?.Deadline,
            MinHealthyTime = health?.MinHealthyTime ?? (windows ? null : TimeSpan.FromSeconds(30)),
            Interval = health?.Interval ?? (windows ? TimeSpan.FromSeconds(10) : null),
            SuccessThreshold = health?.SuccessThreshold ?? (windows ? 2 : null), FailureThreshold = health?.FailureThreshold ?? (windows ? 3 : null),
            MaxErrorRate = health?.MaxErrorRate ?? DefaultMaxErrorRate, MaxErrorRateIsDefault = health?.MaxErrorRate is null,
        };
    }

    private static int PartOf(int nodes, double percent) => (int)Math.Min(int.MaxValue - 1, Math.Floor(percent * nodes / 100.0));

    private static string ParallelOf(RolloutStrategy? strategy, int? total)
    {
        if (strategy is null) return "";
        if ("immediate".Equals(strategy.Kind, StringComparison.OrdinalIgnoreCase)) return "all nodes at once";
        if (!strategy.ParallelIsPercent)
            return strategy.MaxParallel switch { null => "", 0 => "all nodes at once", < 0 => "", { } nodes => RolloutSummary.Count(nodes, "node") + " at a time" };
        var percent = strategy.MaxParallel ?? 10;
        if (percent is < 0 or > 100) return "";
        var size = total is > 0 and { } whole ? Text($" ({Math.Max(1, (int)Math.Ceiling(whole * percent / 100.0))} of {whole})") : "";
        return Text($"{percent} % of the nodes per wave") + size + (strategy.MaxParallel is null ? ", the default" : "");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
