using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Feed;

/// <summary>Counters of the feed, meter <c>ExecutionDashboard.Feed</c>.</summary>
internal sealed class FeedMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _batches;
    private readonly Histogram<double> _poll;
    private readonly UpDownCounter<long> _subscribers;
    private readonly Counter<long> _refused;

    public FeedMetrics(IMeterFactory? meters = null)
    {
        _meter = meters?.Create("ExecutionDashboard.Feed") ?? new Meter("ExecutionDashboard.Feed");
        _changes = _meter.CreateCounter<long>("feed.changes", "{change}", "Changes stored in the log");
        _batches = _meter.CreateCounter<long>("feed.batches", "{batch}", "Batches streamed to subscribers");
        _poll = _meter.CreateHistogram<double>("feed.poll.duration", "s", "Duration of one look at the control plane");
        _subscribers = _meter.CreateUpDownCounter<long>("feed.subscribers", "{subscriber}", "Subscribers of the hub");
        _refused = _meter.CreateCounter<long>("feed.refused", "{request}", "Requests without the feed's key");
    }

    public void Committed(int changes) => _changes.Add(changes);

    public void Streamed() => _batches.Add(1);

    public void Polled(TimeSpan duration) => _poll.Record(duration.TotalSeconds);

    public void Subscribed(int change) => _subscribers.Add(change);

    public void Refused() => _refused.Add(1);

    public void Dispose() => _meter.Dispose();
}
