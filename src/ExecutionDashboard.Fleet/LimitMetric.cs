using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Fleet;

/// <summary>Counts requests that reached a limit, by its name: meter <c>ExecutionDashboard.Limits</c>.</summary>
public static class LimitMetric
{
    private static readonly Meter Meter = new("ExecutionDashboard.Limits");
    private static readonly Counter<long> Counter = Meter.CreateCounter<long>("dashboard.limit.met", "{refusal}", "Times that a limit was met and something was refused for it");

    /// <summary>Counts one.</summary>
    /// <param name="limit">Name of the limit, such as <c>circuits_per_address</c>. Never a value that a client sent.</param>
    public static void Met(string limit) => Counter.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
