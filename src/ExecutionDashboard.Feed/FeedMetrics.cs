using System.Diagnostics.Metrics;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed;

/// <summary>Kinds of writes to the change log.</summary>
internal enum LogWrite
{
    /// <summary>Appending changes.</summary>
    Append,
    /// <summary>Settling the newest bodies.</summary>
    Settle,
    /// <summary>Recording that the control plane was watched.</summary>
    Watched,
    /// <summary>Pruning old changes.</summary>
    Prune,
    /// <summary>What happens to problems.</summary>
    Problems,
    /// <summary>What receivers of notifications are told.</summary>
    Notifications,
    /// <summary>What people did.</summary>
    Audit,
    /// <summary>What people save: views and preferences.</summary>
    UserData,
    /// <summary>Bulk runs.</summary>
    Bulk,
    /// <summary>Writing the snapshot of the mirror.</summary>
    Snapshot,
    /// <summary>How long executions took to their desired state.</summary>
    Convergence,
}

/// <summary>Counters and timers of the feed, meter <c>ExecutionDashboard.Feed</c>. Values that are only read are in <see cref="FeedGauges"/>.</summary>
internal sealed class FeedMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "ExecutionDashboard.Feed";

    private static readonly LogWrite[] Writes = Enum.GetValues<LogWrite>();
    // From a local server to one that runs into the timeout.
    private static readonly InstrumentAdvice<double> PollTimes = new() { HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 5, 15] };

    private readonly long[] _failedWrites = new long[Writes.Length];
    private readonly Meter _meter;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _batches;
    private readonly Histogram<double> _poll;
    private readonly Histogram<double> _lag;
    private readonly UpDownCounter<long> _subscribers;
    private readonly Counter<long> _refused;
    private long _within, _late, _missed;
    private int _waiting;

    public FeedMetrics(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _changes = _meter.CreateCounter<long>("feed.changes", "{change}", "Changes stored in the change log");
        _batches = _meter.CreateCounter<long>("feed.batches", "{batch}", "Batches streamed to dashboards");
        _poll = _meter.CreateHistogram("feed.poll.duration", "s", "Duration of one poll of the control plane for changed executions", tags: null, PollTimes);
        _lag = _meter.CreateHistogram("feed.lag", "s", "Time from an update of an execution at the control plane until the feed stored it; the slowest of each batch", tags: null, LagBuckets.Advice);
        _meter.CreateObservableCounter(
            "feed.convergence.changes", () => (IEnumerable<Measurement<long>>)[Converged("within", ref _within), Converged("late", ref _late), Converged("missed", ref _missed)],
            "{change}", "Changed desired states that became real within the objective, later, or not before the execution was replaced or removed");
        _subscribers = _meter.CreateUpDownCounter<long>("feed.subscribers", "{subscriber}", "Connections of dashboards to the feed");
        _refused = _meter.CreateCounter<long>("feed.refused", "{request}", "Requests refused because they lack the feed's key");
        // All kinds from the start: a counter that appears with its first failure has no rate at that time.
        _meter.CreateObservableCounter(
            "feed.log.write.failures", () => Writes.Select(w => new Measurement<long>(Volatile.Read(ref _failedWrites[(int)w]), KeyValuePair.Create<string, object?>("operation", w.ToString().ToLowerInvariant()))),
            "{write}", "Writes that the change log's storage refused");
    }

    /// <summary>Changes waiting because the storage refused them.</summary>
    public int Waiting
    {
        get => Volatile.Read(ref _waiting);
        set => Volatile.Write(ref _waiting, value);
    }

    /// <summary>Counts stored changes.</summary>
    /// <param name="changes">Number of changes.</param>
    /// <param name="lag">Time since the earliest change; null when unknown. Negative values (different clocks) count as zero.</param>
    public void Committed(int changes, TimeSpan? lag)
    {
        _changes.Add(changes);
        if (lag is { } known) _lag.Record(Math.Max(0, known.TotalSeconds));
    }

    /// <summary>Executions reached their desired state, or missed it.</summary>
    /// <param name="within">Number of those within the objective.</param>
    /// <param name="late">Number of those later.</param>
    /// <param name="missed">Number of those that were replaced or removed before.</param>
    public void Converged(long within, long late, long missed)
    {
        Interlocked.Add(ref _within, within);
        Interlocked.Add(ref _late, late);
        Interlocked.Add(ref _missed, missed);
    }

    public void Streamed() => _batches.Add(1);

    public void Polled(TimeSpan duration) => _poll.Record(duration.TotalSeconds);

    public void Subscribed(int change) => _subscribers.Add(change);

    public void Refused() => _refused.Add(1);

    public void WriteFailed(LogWrite write) => Interlocked.Increment(ref _failedWrites[(int)write]);

    private static Measurement<long> Converged(string result, ref long count) => new(Interlocked.Read(ref count), KeyValuePair.Create<string, object?>("result", result));

    public void Dispose() => _meter.Dispose();
}
