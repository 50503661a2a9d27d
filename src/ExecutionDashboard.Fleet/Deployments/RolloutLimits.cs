using System.Globalization;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>What stops a rollout, how near it is, and what happens then. A number that cannot be known from what the server sends is null.</summary>
public sealed record RolloutLimits
{
    /// <summary>The server's default for <c>max_failed_nodes</c>.</summary>
    public const int DefaultMaxFailedNodes = 10;
    /// <summary>The server's default for <c>max_failed_nodes_percent</c>.</summary>
    public const double DefaultMaxFailedPercent = 10.0;
    /// <summary>The server's default for <c>max_error_rate</c>.</summary>
    public const double DefaultMaxErrorRate = 0.10;

    /// <summary>Failed nodes, by the newest execution of each: <see cref="RolloutProgress.Failed"/>.</summary>
    public int FailedNodes { get; init; }
    /// <summary>Failed nodes as the server counts them, where it counts more: missed deadlines too, and nodes that were retried since. It is the server that stops.</summary>
    public int? ServerFailedNodes { get; init; }
    /// <summary>More failed nodes than this stop it, the default applied; null where there is no such limit, or none is known.</summary>
    public int? MaxFailedNodes { get; init; }
    /// <summary>More percent of the nodes than this stop it, 0–100, the default applied; null where there is no such limit, or none is known.</summary>
    public double? MaxFailedPercent { get; init; }
    /// <summary>Most failed nodes that do not stop it. Null where nothing stops it, and where the limit cannot be computed: <see cref="IsPercentUnknown"/>.</summary>
    public int? TripsAfter { get; init; }
    /// <summary>The limit in percent may be the lower one, and cannot be computed: the server does not say how many nodes there are.</summary>
    public bool IsPercentUnknown { get; init; }
    /// <summary>The limit that trips first, by its name in the spec; empty where there is none, or it is not known which.</summary>
    public string TripsBy { get; init; } = "";
    /// <summary>What happens when it trips, and when that is; of a rollout that has ended, why it was not rolled back. Empty where there is nothing to say.</summary>
    public string OnFailure { get; init; } = "";

    /// <summary>Failed nodes that trip it; null where nothing does, or it is not known.</summary>
    public int? TripsAt => TripsAfter + 1;
    /// <summary>Failed nodes as a share of those that trip it: 0 none, 1 or more tripped; null without a limit that is known and applies.</summary>
    public double? Share => IsOver ? null : Counted / (TripsAfter + 1.0);
    /// <summary>A limit is passed, for all that is known. Never of a rollout that completed: what fails afterwards stops nothing.</summary>
    public bool IsTripped => !IsOver && Counted > (TripsAfter ?? MaxFailedNodes ?? int.MaxValue);
    /// <summary>The failures against the limit, in words: <c>5 (limit 4)</c>.</summary>
    public string Words => Text($"{FailedNodes:#,0}") + (ServerFailedNodes is { } more ? Text($", server counts {more:#,0}") : "") + (Limit.Length > 0 ? $" ({Limit})" : "");

    private string Limit => IsOver ? "" : TripsAfter is { } most ? Text($"limit {most:#,0}") : IsPercentUnknown ? Text($"limit {MaxFailedNodes:#,0} or {MaxFailedPercent:0.##} %") : "";

    /// <summary>It completed, or was canceled: no limit applies any more.</summary>
    public bool IsOver { get; init; }

    private int Counted => Math.Max(FailedNodes, ServerFailedNodes ?? 0);

    /// <summary>The spec does not say (or says nonsense), the server's default applies.</summary>
    public bool MaxFailedNodesIsDefault { get; init; }
    /// <summary>The spec does not say (or says nonsense), the server's default applies.</summary>
    public bool MaxFailedPercentIsDefault { get; init; }
    /// <summary>Until when the nodes that are being watched must be healthy, UTC; null when none are.</summary>
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
    /// <summary>Highest error rate, 0–1, the default applied; null where health is not checked, or the spec is not known.</summary>
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
    public static RolloutLimits Of(RolloutSummary standing)
    {
        var (deployment, strategy, progress) = (standing.Deployment, standing.Strategy, standing.Progress);
        var counted = new RolloutLimits
        {
            FailedNodes = progress.Failed, ServerFailedNodes = deployment.FailedNodes > progress.Failed ? deployment.FailedNodes : null,
            IsOver = deployment.State is "completed" or "canceled", HealthDeadline = standing.HealthDeadline, Parallel = ParallelOf(strategy, progress.Total),
        };
        if (strategy is null) return counted with { OnFailure = standing.IsLive ? "The server does not say what stops it." : "" };
        if ("immediate".Equals(strategy.Kind, StringComparison.OrdinalIgnoreCase))
            return counted with { OnFailure = "No limit: an immediate rollout brings the version to all nodes at once and checks no health." };
        var notes = new List<string>();
        var (nodes, percent) = (strategy.MaxFailedNodes, strategy.MaxFailedNodesPercent);
        if (nodes < 0) notes.Add(Text($"max_failed_nodes {nodes}"));
        if (percent is { } given && !(given >= 0)) notes.Add(Text($"max_failed_nodes_percent {given}"));
        var (nodesDefault, percentDefault) = (nodes is not >= 0, percent is not >= 0);
        var (maxNodes, maxPercent) = (nodesDefault ? DefaultMaxFailedNodes : nodes!.Value, percentDefault ? DefaultMaxFailedPercent : percent!.Value);
        // Of an unknown number of nodes this much is certain: they are no fewer than have an execution, and no more than all of them can fail.
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
        return WithHealth(limits with { OnFailure = RolloutFailure.Of(standing, limits) }, strategy);
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
