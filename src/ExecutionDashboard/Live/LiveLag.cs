using System.Diagnostics.Metrics;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>
/// Measures the lag of changes, histogram <c>dashboard.lag</c>: from the update of an execution on the control plane, by the feed's clock, until it is received here
/// and shown in a browser. One value per batch and per signal, whatever the number of changes and viewers. The clocks of feed and dashboard must be synchronised.
/// </summary>
public sealed class LiveLag(IMeterFactory meters, TimeProvider time)
{
    private static readonly KeyValuePair<string, object?> Received = new("stage", "received"), Shown = new("stage", "shown");

    private readonly Histogram<double> _lag = meters.Create("ExecutionDashboard.Dashboard").CreateHistogram(
        "dashboard.lag", "s",
        "Time from an update of an execution at the control plane until this process had it (stage=received; the slowest of each batch) and until a browser had drawn it (stage=shown; one viewer chosen at random for each signal)",
        tags: null, LagBuckets.Advice);

    /// <summary>A batch was applied.</summary>
    public void OnReceived(DateTimeOffset changedAt) => Record(changedAt, Received);

    /// <summary>A browser has rendered the change of a signal.</summary>
    public void OnShown(DateTimeOffset changedAt) => Record(changedAt, Shown);

    // Slightly different clocks could make the lag negative.
    private void Record(DateTimeOffset changedAt, KeyValuePair<string, object?> stage) => _lag.Record(Math.Max(0, (time.GetUtcNow() - changedAt).TotalSeconds), stage);
}
