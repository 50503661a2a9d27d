using System.Diagnostics.Metrics;
using ExecutionDashboard.Feed.Audit;
using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed;

/// <summary>Feed metrics that are read when metrics are collected and cost nothing in between. Part of the meter of <see cref="FeedMetrics"/>.</summary>
internal sealed class FeedGauges
{
    public FeedGauges(IMeterFactory meters, FeedMetrics metrics, FeedStream stream, FeedLog feedLog, StatusBoard board, AuditStore audit, TimeProvider time, RedisHints? redis = null)
    {
        var meter = meters.Create(FeedMetrics.MeterName);
        var started = time.GetUtcNow();
        // Before the first reply the age is that of the feed; without a value nobody would notice that no reply comes.
        meter.CreateObservableGauge(
            "feed.answer.age", () => (time.GetUtcNow() - (board.Status is { IsConfirming: false, LastSuccessAt: { } answered } ? answered : started)).TotalSeconds, "s", "Time since the control plane last answered as it should; since the start when it never did");
        Observe("feed.log.size", "By", "Size of the change log with its write-ahead log", log => log.Database.Bytes);
        Observe("feed.log.rows", "{row}", "Changes in the change log", log => log.Rows);
        Observe("feed.sequence", "{change}", "Number of the last change in the change log", log => log.LastSequence);
        meter.CreateObservableGauge("feed.queue.length", () => QueueLengths(), "{change}", "Changes that wait: for storage that refuses them (append), to be sorted into the change log (settle), for the slowest dashboard (stream)");

        meter.CreateObservableGauge("feed.leader", () => board.Status is { LogId.Length: > 0, IsStandby: false } ? 1 : 0, "{feed}", "1 where this feed leads, 0 where it stands by or starts");
        meter.CreateObservableGauge("feed.epoch", () => board.Status.Epoch, "{epoch}", "Grows each time that another feed leads; 0 where one has the log for itself");
        meter.CreateObservableGauge("feed.standby.lag", () => Lag(), "s", "Time since a standby last had all that was in the change log; 0 where this feed leads");

        meter.CreateObservableGauge("feed.redis.connected", () => redis is { IsSet: true, IsConnected: false } ? 0 : 1, "{connection}", "0 while Redis is to be used and cannot be reached; 1 also without Redis");

        // The hash changes with each row: a scrape notes it where whoever can edit the database cannot reach it.
        meter.CreateObservableGauge("feed.audit.head", () => audit.Head is var head && audit.Ready.IsCompletedSuccessfully
            ? (IEnumerable<Measurement<long>>)[new(head.Number, KeyValuePair.Create<string, object?>("hash", Convert.ToHexStringLower(head.Hash)))] : [], "{row}", "Number of the audit's last row, and its hash");

        void Observe(string name, string unit, string description, Func<ChangeLog, long> value) =>
            meter.CreateObservableGauge<long>(name, () => feedLog.IsReady ? [new(value(feedLog.Log))] : [], unit, description);

        IEnumerable<Measurement<double>> Lag() => board.Status switch
        {
            { IsStandby: true, FollowedAt: { } followed } => [new(Math.Max(0, (time.GetUtcNow() - followed).TotalSeconds))],
            { IsStandby: false, LogId.Length: > 0 } => [new(0)],
            _ => [],
        };

        IEnumerable<Measurement<long>> QueueLengths() =>
            feedLog.IsReady ? [Queue("append", metrics.Waiting), Queue("settle", feedLog.Log.Unsettled), Queue("stream", stream.LargestBacklog)] : [];
    }

    private static Measurement<long> Queue(string name, long length) => new(length, KeyValuePair.Create<string, object?>("queue", name));
}
