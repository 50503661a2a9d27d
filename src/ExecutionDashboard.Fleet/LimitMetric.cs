using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Fleet;

/// <summary>Counts how often a limit was met, by its name, for all parts of the process: meter <c>ExecutionDashboard.Limits</c>.</summary>
public static class LimitMetric
{
    private static readonly Meter Meter = new("ExecutionDashboard.Limits");
    private static readonly Counter<long> Counter = Meter.CreateCounter<long>("dashboard.limit.met", "{refusal}", "Times that a limit was met and something was refused for it");

    /// <summary>A limit was met.</summary>
    /// <param name="limit">Its name in the metric, such as <c>circuits_per_address</c>. Never something of a client.</param>
    public static void Met(string limit) => Counter.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
