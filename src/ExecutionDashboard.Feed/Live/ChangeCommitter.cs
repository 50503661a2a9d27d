using System.Data.Common;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// Commits changes: first to the log, then to the mirror, then to subscribers. Changes that cannot be stored are not shown; storing is retried until it works. Not
/// safe for concurrent use.
/// </summary>
internal sealed partial class ChangeCommitter(
    ChangeLog log, FleetMirror mirror, ChangeRing ring, ChangeSignal signal, StatusBoard board, FeedMetrics metrics, TimeProvider time, ILogger<ChangeCommitter> logger)
{
    private const int SettleFrom = 2_000;
    private const int SettleSlice = 5_000;
    // Settling rewrites most pages of a large fleet, whatever the number of bodies, so it is done for many at once.
    // A restart reads unsettled bodies twice.
    private const int UnsettledAtMost = 100_000;
    private const int PartUnsettled = 2;
    private static readonly TimeSpan AimEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PruneAtMost = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private DateTimeOffset _seen;
    private long? _aimedAt;
    private string _unnoted = "";

    private long _walks;

    /// <summary>Number of commits.</summary>
    public long Commits { get; private set; }

    /// <summary>A number for a walk over a whole list: never that of another one, also of a watcher before.</summary>
    public long BeginWalk() => ++_walks;

    /// <summary>The time at which what is read now is seen, UTC. Where the clock was set back it stands still until the clock is there again: numbers and times of changes grow together, so a moment has one fleet.</summary>
    public DateTimeOffset SeenNow()
    {
        if (_seen < log.SeenUpTo) _seen = log.SeenUpTo;
        var now = time.GetUtcNow();
        return _seen = now > _seen ? now : _seen;
    }

    /// <summary>Stores changes and shows them. Returns when done, however long the storage refuses.</summary>
    /// <exception cref="LeadershipLostException">Another feed leads: what waits is for it to find.</exception>
    public async Task CommitAsync(IReadOnlyList<Difference> differences, CancellationToken cancel)
    {
        if (differences.Count == 0) return;
        var (first, keys) = await StoreAsync(differences, cancel);
        Commits++;
        for (var i = 0; i < differences.Count; i++) mirror.Apply(differences[i].Change, new(keys[i], first + i), Commits);
        var changedAt = ChangedAt(differences);
        ring.Add(differences.Select(d => d.Change), first, changedAt);
        metrics.Committed(differences.Count, changedAt is { } made ? time.GetUtcNow() - made : null);
        signal.Beat();
        if (log.Unsettled > Math.Max(UnsettledAtMost, mirror.Count / PartUnsettled)) Settle();
    }

    // Changes found by a first load have no lag. Neither do entities without a new time from the server, or removed ones.
    private DateTimeOffset? ChangedAt(IReadOnlyList<Difference> differences)
    {
        var status = board.Status;
        if (status.Loading is not null) return null;
        DateTimeOffset? earliest = null;
        foreach (var difference in differences)
            if (difference.Change.Execution?.UpdatedAt is { } at && at != difference.Before?.UpdatedAt && !(earliest <= at)) earliest = at;
        // The Date header has a resolution of one second. A smaller difference is no skew: correcting it could date a change after its arrival.
        return earliest - (status.ClockSkewSeconds is { } skew && Math.Abs(skew) > 1 ? TimeSpan.FromSeconds(skew) : TimeSpan.Zero);
    }

    /// <summary>Does some of the log's maintenance if it is worth it. Call when no change waits.</summary>
    public void Settle()
    {
        if (log.Unsettled < SettleFrom) return;
        try
        {
            log.Settle(SettleSlice);
        }
        catch (DbException e) when (e is not LeadershipLostException)
        {
            // Nothing is lost: unsettled bodies are read from where they were appended, and the next call retries.
            metrics.WriteFailed(LogWrite.Settle);
            Unsettled(logger, StorageErrors.Reason(e));
        }
    }

    /// <summary>Records that everything up to now was seen and stored: see <see cref="WatchGaps.Watched"/>.</summary>
    public void Watched(TimeSpan usual)
    {
        try
        {
            log.Gaps.Watched(time.GetUtcNow(), usual);
            _unnoted = "";
        }
        catch (DbException e) when (e is not LeadershipLostException)
        {
            // The next call records it, with the gap.
            metrics.WriteFailed(LogWrite.Watched);
            // Polls are many: one line for each reason.
            if (StorageErrors.Reason(e) is var reason && reason != _unnoted) Unnoted(logger, _unnoted = reason);
        }
    }

    /// <summary>Removes some changes that are older than the retention. Call when no change waits.</summary>
    /// <param name="retention">How long changes are kept.</param>
    public void Prune(TimeSpan retention)
    {
        try
        {
            if (!log.IsPruningDue)
            {
                if (_aimedAt is { } last && time.GetElapsedTime(last) < AimEvery) return;
                _aimedAt = time.GetTimestamp();
                log.AimPruning(time.GetUtcNow() - retention);
            }
            for (var started = time.GetTimestamp(); log.IsPruningDue && time.GetElapsedTime(started) < PruneAtMost;) log.Prune();
        }
        catch (DbException e) when (e is not LeadershipLostException)
        {
            // Only disk space is lost; the next call retries.
            metrics.WriteFailed(LogWrite.Prune);
            Unpruned(logger, StorageErrors.Reason(e));
        }
    }

    /// <summary>Shows nodes with new heartbeats, which are not stored in the log.</summary>
    public void ShowHeartbeats(IReadOnlyList<Node> nodes)
    {
        if (nodes.Count == 0) return;
        Commits++;
        foreach (var node in nodes) mirror.Nodes.PutUnlogged(node, Commits);
        ring.AddUnlogged(nodes.Select(FleetChange.Of));
        signal.Beat();
    }

    private async Task<(long First, long[] Keys)> StoreAsync(IReadOnlyList<Difference> differences, CancellationToken cancel)
    {
        DateTimeOffset? refusedSince = null;
        var said = "";
        while (true)
        {
            try
            {
                var stored = log.Append(differences);
                metrics.Waiting = 0;
                if (refusedSince is not null) SayStorage("", null);
                return stored;
            }
            catch (DbException e) when (e is not LeadershipLostException)
            {
                refusedSince ??= time.GetUtcNow();
                metrics.Waiting = differences.Count;
                metrics.WriteFailed(LogWrite.Append);
                var reason = StorageErrors.Reason(e);
                if (reason != said) Refused(logger, differences.Count, said = reason);
                SayStorage($"The change log cannot be written ({reason}). Nothing is lost: {differences.Count} changes wait and are tried again.", refusedSince);
            }
            await Task.Delay(RetryDelay, time, cancel);
        }
    }

    // Overrides the watcher's status until its next cycle, which comes after the storage works again.
    private void SayStorage(string problem, DateTimeOffset? since) =>
        board.Update(s => s with { Problem = problem, BlindSince = since is null ? null : s.BlindSince ?? since, LogRefusedSince = since });

    [LoggerMessage(Level = LogLevel.Error, Message = "The change log could not store {Count} changes ({Reason}); retrying")]
    private static partial void Refused(ILogger logger, int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change log could not be pruned ({Reason})")]
    private static partial void Unpruned(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change log could not record the time of the last poll ({Reason})")]
    private static partial void Unnoted(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change log could not settle changed entities ({Reason})")]
    private static partial void Unsettled(ILogger logger, string reason);
}
