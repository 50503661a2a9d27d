using System.Globalization;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>Labels for the fields of a spec, with units and the server's defaults for missing values.</summary>
public static class SpecLabels
{
    /// <summary>Name, value and note of each field of a rollout strategy.</summary>
    public static IEnumerable<(string Name, string Value, string Note)> Of(RolloutStrategy strategy)
    {
        yield return ("Strategy", strategy.Kind.Length > 0 ? strategy.Kind : "–", "");
        yield return ("Max parallel", Parallel(strategy), strategy.Kind == "immediate" ? "ignored for immediate" : "");
        yield return ("Canary", Canary(strategy), "");
        yield return ("Auto-promote", YesNo(strategy.AutoPromote, false), Default(strategy.AutoPromote is null));
        yield return ("Max failed nodes", (strategy.MaxFailedNodes ?? 10).ToString(CultureInfo.InvariantCulture), Default(strategy.MaxFailedNodes is null));
        yield return ("Max failed nodes, percent", Number(strategy.MaxFailedNodesPercent ?? 10) + " %", Default(strategy.MaxFailedNodesPercent is null));
        yield return ("Auto-rollback", strategy.NoAutoRollback == true ? "off" : "on", Default(strategy.NoAutoRollback is null));
        if (strategy.HealthCheck is not { } health) yield break;
        yield return ("Health check deadline", Span(health.Deadline), "longest time to become healthy");
        if (!strategy.ParallelIsPercent) yield return ("Min healthy time", Span(health.MinHealthyTime ?? TimeSpan.FromSeconds(30)), Default(health.MinHealthyTime is null));
        if (strategy.ParallelIsPercent)
        {
            yield return ("Health interval", Span(health.Interval ?? TimeSpan.FromSeconds(10)), Default(health.Interval is null));
            yield return ("Healthy after", $"{health.SuccessThreshold ?? 2} good intervals", Default(health.SuccessThreshold is null));
            yield return ("Unhealthy after", $"{health.FailureThreshold ?? 3} bad intervals", Default(health.FailureThreshold is null));
        }
        yield return ("Max error rate", Number(100 * (health.MaxErrorRate ?? 0.10)) + " %", Default(health.MaxErrorRate is null));
    }

    /// <summary>A timeout in seconds; 0 is none.</summary>
    public static string Seconds(long? seconds) => seconds switch
    {
        null => "–",
        0 => "none",
        { } s => Format.Span(TimeSpan.FromSeconds(s)),
    };

    private static string Parallel(RolloutStrategy strategy) => (strategy.ParallelIsPercent, strategy.MaxParallel) switch
    {
        (true, var percent) => $"{percent ?? 10} % of nodes a wave{(percent is null ? " (default)" : "")}",
        (false, null or 0) => "all at once",
        (false, { } nodes) => $"{Format.Count(nodes, "node")} at a time",
    };

    private static string Canary(RolloutStrategy strategy) => strategy switch
    {
        { CanaryCount: { } count and > 0, CanaryPercent: { } percent and > 0 } => $"{Format.Count(count, "node")}; {percent} % of nodes is set too",
        { CanaryCount: { } count and > 0 } => Format.Count(count, "node"),
        { CanaryPercent: { } percent and > 0 } => $"{percent} % of nodes",
        _ => "none",
    };

    private static string YesNo(bool? value, bool otherwise) => value ?? otherwise ? "yes" : "no";

    private static string Default(bool applies) => applies ? "default" : "";

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan? span) => span is { } value ? Format.Span(value) : "–";
}
