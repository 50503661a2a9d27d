using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// The stream of one subscriber: the changes it missed, or a snapshot, and then new changes. A subscriber is only a cursor and reads at its own speed: a slow one
/// gets fewer, larger batches and costs no memory.
/// </summary>
internal sealed class FeedStream(FleetMirror mirror, ChangeRing ring, ChangeSignal signal, StatusBoard board, FeedMetrics metrics, TimeProvider time)
{
    /// <summary>Most changes in a batch.</summary>
    internal const int BatchSize = 1_000;
    /// <summary>From this many missed changes on, a snapshot is cheaper.</summary>
    internal const long ResumeAtMost = 200_000;
    /// <summary>Most executions of a first load that are streamed as they come. The snapshot of a larger fleet, once it is loaded, costs a fifth of its changes.</summary>
    internal const int StreamedLoad = 20_000;
    private static readonly TimeSpan LoadingEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<StrongBox<long>, bool> _subscribers = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LogReader? _log;
    private string _logId = "";

    /// <summary>Starts serving subscribers: the mirror is up to date with the log.</summary>
    public void Open(LogReader log, string logId)
    {
        (_log, _logId) = (log, logId);
        _ready.TrySetResult();
    }

    /// <summary>Id of the log that is served; null before <see cref="Open"/>.</summary>
    public string? LogId => _ready.Task.IsCompleted ? _logId : null;

    /// <summary>Number of changes that the slowest subscriber has not received yet; 0 without subscribers.</summary>
    public long LargestBacklog
    {
        get
        {
            var end = ring.End.Sequence;
            return _subscribers.Keys.Select(sent => end - Volatile.Read(ref sent.Value)).DefaultIfEmpty(0).Max();
        }
    }

    /// <summary>Streams batches until the subscriber leaves.</summary>
    /// <param name="logId">The log of the subscriber's sequence number; empty when it has none.</param>
    /// <param name="sequence">The last sequence number it has.</param>
    /// <param name="cancel">The subscriber left.</param>
    /// <param name="offersSnapshot">Whether the stream ends instead of sending a snapshot (<see cref="FeedContract.Join"/>).</param>
    public async IAsyncEnumerable<FeedBatch> FollowAsync(string logId, long sequence, [EnumeratorCancellation] CancellationToken cancel, bool offersSnapshot = false)
    {
        var sent = new StrongBox<long>(sequence);
        var join = FeedTraces.Join();
        var changes = 0;
        try
        {
            await foreach (var batch in BatchesAsync(logId, sequence, offersSnapshot, cancel))
            {
                yield return batch;
                // Asking for the next batch means that this one was taken.
                Volatile.Write(ref sent.Value, batch.Sequence);
                if (join is not null)
                {
                    changes += batch.Changes.Count;
                    if (batch.Reset || batch.SnapshotOffered) join.SetTag("feed.join.snapshot", true);
                }
                if (batch.Remaining > 0 || !_ready.Task.IsCompleted) continue;
                _subscribers.TryAdd(sent, true);
                join?.SetTag("feed.join.changes", changes).Dispose();
                join = null;
            }
        }
        finally
        {
            _subscribers.TryRemove(sent, out _);
            join?.Dispose();
        }
    }

    private async IAsyncEnumerable<FeedBatch> BatchesAsync(string logId, long sequence, bool offersSnapshot, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (!_ready.Task.IsCompleted)
        {
            yield return new FeedBatch { Previous = sequence, Sequence = sequence, Status = board.Status };
            await WaitAsync(_ready.Task, Heartbeat, cancel);
            if (cancel.IsCancellationRequested) yield break;
        }

        // What a dashboard has of the leader is in the log already, and a standby reads it in a moment.
        while (logId == _logId && sequence > ring.End.Sequence && board.Status.IsStandby)
        {
            var beat = signal.Next;
            yield return new FeedBatch { Previous = sequence, Sequence = sequence, Status = board.Status };
            await WaitAsync(beat, Heartbeat, cancel);
            if (cancel.IsCancellationRequested) yield break;
        }

        var (told, toldAt) = (0L, 0L);
        FeedBatch WithStatus(FeedBatch batch)
        {
            (told, toldAt) = (board.Version, time.GetTimestamp());
            metrics.Streamed();
            return batch with { Status = board.Status };
        }

        if (offersSnapshot && IsLargeLoad)
        {
            await foreach (var batch in WhileLoadingAsync(sequence, cancel)) yield return batch;
            yield break;
        }

        // Take the cursor before reading: concurrent changes may then be sent twice, but are never missed.
        var resumed = logId == _logId ? ring.CursorAfter(sequence) : null;
        var cursor = resumed ?? ring.End;
        if (resumed is null)
        {
            var missed = logId == _logId && sequence >= 0 && sequence <= cursor.Sequence && cursor.Sequence - sequence <= ResumeAtMost && sequence >= _log!.PrunedTo();
            foreach (var batch in missed ? Missed(sequence, cursor.Sequence) : SnapshotFor(sequence, cursor.Sequence))
            {
                if (cancel.IsCancellationRequested) yield break;
                yield return WithStatus(batch);
                if (batch.SnapshotOffered) yield break;
            }
        }
        else
        {
            yield return WithStatus(new FeedBatch { Previous = sequence, Sequence = sequence });
        }

        IEnumerable<FeedBatch> SnapshotFor(long has, long end) => offersSnapshot ? [new() { Previous = has, Sequence = has, SnapshotOffered = true }] : Snapshot(end);

        var changes = new List<FleetChange>();
        var sent = time.GetTimestamp();
        var coalescing = false;
        while (!cancel.IsCancellationRequested)
        {
            var beat = signal.Next;
            var previous = cursor.Sequence;
            if (offersSnapshot && IsLargeLoad)
            {
                await foreach (var batch in WhileLoadingAsync(previous, cancel)) yield return batch;
                yield break;
            }
            if (!ring.TryRead(ref cursor, BatchSize, changes, out var more, out var changedAt))
            {
                // The cursor fell out of the ring, so the subscriber is treated like one that reconnects.
                var end = ring.End;
                foreach (var batch in end.Sequence - previous <= ResumeAtMost ? Missed(previous, end.Sequence) : SnapshotFor(previous, end.Sequence))
                {
                    if (cancel.IsCancellationRequested) yield break;
                    // Without a status an offer: who has a part of a load must not take it for the whole fleet.
                    yield return batch.SnapshotOffered ? batch : WithStatus(batch);
                    if (batch.SnapshotOffered) yield break;
                }
                cursor = end;
                continue;
            }
            // By when it was told last, not by when anything was sent: in a fleet that never rests the moment of the last answer would stand still.
            var withStatus = told != board.Version || time.GetElapsedTime(toldAt) >= Heartbeat;
            if (changes.Count > 0 || withStatus)
            {
                var batch = new FeedBatch { Previous = previous, Sequence = cursor.Sequence, Changes = changes.Count == 0 ? [] : [.. changes], ChangedAt = changedAt };
                sent = time.GetTimestamp();
                coalescing = changes.Count > 0;
                if (!withStatus) metrics.Streamed();
                yield return withStatus ? WithStatus(batch) : batch;
            }
            if (more) continue;
            // A single change after a pause is sent at once; changes that follow closely are collected for a moment.
            if (coalescing)
            {
                coalescing = false;
                await WaitAsync(null, Coalesce - time.GetElapsedTime(sent), cancel);
            }
            await WaitAsync(beat, Heartbeat - time.GetElapsedTime(toldAt), cancel);
        }
    }

    private bool IsLargeLoad => board.Status.Loading > StreamedLoad;

    // How far the load is, until it is done; then its snapshot, without a status: what the receiver has is not the whole fleet.
    private async IAsyncEnumerable<FeedBatch> WhileLoadingAsync(long has, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (board.Status is { Loading: > StreamedLoad } status)
        {
            metrics.Streamed();
            yield return new() { Previous = has, Sequence = has, Status = status };
            await WaitAsync(null, LoadingEvery, cancel);
            if (cancel.IsCancellationRequested) yield break;
        }
        yield return new() { Previous = has, Sequence = has, SnapshotOffered = true };
    }

    private IEnumerable<FeedBatch> Snapshot(long sequence)
    {
        var (sent, total, first) = (0, mirror.Count, true);
        FeedBatch Batch(FleetChange[] changes, bool last)
        {
            sent += changes.Length;
            var batch = new FeedBatch
            {
                Previous = sequence,
                Sequence = sequence,
                Reset = first,
                Remaining = last ? 0 : Math.Max(1, total - sent),
                Changes = changes,
            };
            first = false;
            return batch;
        }
        FleetChange[] held = [];
        foreach (var chunk in mirror.All().Chunk(BatchSize))
        {
            if (held.Length > 0) yield return Batch(held, last: false);
            held = chunk;
        }
        yield return Batch(held, last: true);
    }

    // Only the last batch moves the receiver to the new number.
    private IEnumerable<FeedBatch> Missed(long after, long upTo)
    {
        var changed = _log!.ChangedBetween(after, upTo).OrderBy(c => ChangeRing.Rank(c.Kind)).Select(c => mirror.Now(c.Kind, c.Id))
            .Concat(mirror.Nodes.All().Where(n => n.Unlogged).Select(n => FleetChange.Of(n.Value)))
            .DistinctBy(c => (c.Kind, c.Id));
        FleetChange[] held = [];
        foreach (var chunk in changed.Chunk(BatchSize))
        {
            if (held.Length > 0) yield return new FeedBatch { Previous = after, Sequence = after, Changes = held };
            held = chunk;
        }
        yield return new FeedBatch { Previous = after, Sequence = upTo, Changes = held };
    }

    private async Task WaitAsync(Task? signal, TimeSpan atMost, CancellationToken cancel)
    {
        if (atMost <= TimeSpan.Zero) return;
        var wait = signal is null ? Task.Delay(atMost, time, cancel) : signal.WaitAsync(atMost, time, cancel);
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
