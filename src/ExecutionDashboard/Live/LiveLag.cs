using System.Diagnostics.Metrics;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>
/// How late changes are here and on screens, histogram <c>dashboard.lag</c>: from an update of an execution at the control plane, by the feed's clock, to a stage.
/// One value a batch and a signal, whatever the number of changes and viewers; a dashboard on another machine has to keep its clock with the feed's.
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

    /// <summary>A browser has drawn what a signal was about.</summary>
    public void OnShown(DateTimeOffset changedAt) => Record(changedAt, Shown);

    // Clocks that differ a little would make a fast change arrive before it was made.
    private void Record(DateTimeOffset changedAt, KeyValuePair<string, object?> stage) => _lag.Record(Math.Max(0, (time.GetUtcNow() - changedAt).TotalSeconds), stage);
}
