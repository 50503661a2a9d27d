using System.Data.Common;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Leading;

/// <summary>
/// A feed that does not lead: it keeps its mirror warm by following the change log in the database, serves dashboards from it, says who leads, and takes the lead as soon as nobody has it. It neither asks the
/// control plane nor writes anything.
/// </summary>
internal sealed partial class StandbyFeed(
    FeedLog feedLog, FleetMirror mirror, ChangeRing ring, ChangeSignal signal, StatusBoard board, FeedStream stream, SnapshotKeeper snapshots, Leadership leadership, CommitHints hints, FeedMetrics metrics,
    TimeProvider time, ILogger<StandbyFeed> logger)
{
    /// <summary>Time between two looks at the database, where no hint comes.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private const int StepAtMost = 10_000;
    private static readonly TimeSpan NotesEvery = TimeSpan.FromSeconds(2);
    // The leader notes every five seconds that it watches.
    private static readonly TimeSpan WatchedWithin = TimeSpan.FromSeconds(15);

    private bool _isFirst = true;
    private long? _notedAt;
    private (DateTimeOffset? At, long Seen) _watched;
    private string _said = "";

    /// <summary>Whether the mirror has the fleet of the log that is followed.</summary>
    public bool IsWarm { get; private set; }

    /// <summary>Stands by until this feed has the lead.</summary>
    /// <param name="claim">This feed.</param>
    /// <param name="controlPlane">What it watches when it leads.</param>
    /// <param name="stop">The feed stops.</param>
    /// <exception cref="InvalidOperationException">Another log took the place of the one that is followed.</exception>
    public async Task TakeLeadAsync(LeaderClaim claim, string controlPlane, CancellationToken stop)
    {
        var lease = feedLog.Log.Database.Lease!;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var wait = LookEvery;
            try
            {
                var askedAt = time.GetTimestamp();
                var seat = lease.Look();
                var wasItself = _isFirst && seat.Holder == claim.Name;
                if ((seat.IsFree || wasItself) && lease.TryTake(claim, wasItself) is { } epoch)
                {
                    leadership.Renewed(askedAt);
                    board.Update(s => s with { Epoch = epoch, Leader = claim.Name, LeaderAddress = claim.Address });
                    LogLeads(logger, claim.Name, epoch, feedLog.Log.Database.Name);
                    _isFirst = false;
                    return;
                }
                _isFirst = false;
                if (IsWarm || await WarmUpAsync(controlPlane, stop)) Follow(seat, stop);
                Tell(seat, claim, controlPlane);
            }
            catch (DbException e)
            {
                // What is there is shown, and said to be old.
                var reason = StorageErrors.Reason(e);
                if (reason != _said) LogNotRead(logger, _said = reason);
                board.Update(s => s with { IsStandby = true, Leader = "", LeaderAddress = "", BlindSince = s.BlindSince ?? s.FollowedAt ?? time.GetUtcNow(), Problem = $"The change log cannot be read ({reason})." });
                wait = TimeSpan.FromSeconds(1);
            }
            await hints.WaitAsync(feedLog.Log.LastSequence, wait, stop);
        }
    }

    /// <summary>Applies all that the former leader stored. Called when this feed leads, before it writes.</summary>
    /// <exception cref="DbException">The log cannot be read.</exception>
    public void CatchUp(CancellationToken stop)
    {
        while (Advance(stop)) { }
    }

    /// <summary>The mirror was loaded by the leader itself.</summary>
    public void Warm() => IsWarm = true;

    /// <summary>Stands by after a time of leading: nobody takes what is not known to be stored for the present.</summary>
    public void Resume()
    {
        (_notedAt, _watched) = (null, (null, time.GetTimestamp()));
        metrics.Waiting = 0;
        board.Update(s => s with { IsStandby = true, Leader = "", LeaderAddress = "", LogRefusedSince = null, IsConfirming = false });
    }

    // What is there may be from before: the snapshot beside the log, then the log.
    private async Task<bool> WarmUpAsync(string controlPlane, CancellationToken stop)
    {
        var log = feedLog.Log;
        if (!log.Follow(controlPlane)) return false;
        mirror.Clear();
        await snapshots.LoadAsync(stop);
        ring.StartAt(log.LastSequence);
        CatchUp(stop);
        IsWarm = true;
        _watched = (log.Gaps.WatchedAt, time.GetTimestamp());
        board.Update(s => s with { LogId = log.LogId, ControlPlane = controlPlane });
        LogStandsBy(logger, log.Database.Name, log.LastSequence, mirror.Executions.Count);
        return true;
    }

    private void Follow(LeaderSeat seat, CancellationToken stop)
    {
        var log = feedLog.Log;
        while (seat.LastSequence > log.LastSequence && Advance(stop)) { }
        var followedAt = time.GetUtcNow();
        if (_notedAt is not { } noted || time.GetElapsedTime(noted) >= NotesEvery)
        {
            _notedAt = time.GetTimestamp();
            log.ReadNotes(mirror, stop);
            if (log.Gaps.WatchedAt != _watched.At) _watched = (log.Gaps.WatchedAt, time.GetTimestamp());
            feedLog.IsReady = true;
            stream.Open(feedLog.Reader, log.LogId);
            var loading = log.IsLoaded ? null : (long?)mirror.Executions.Count;
            board.Update(s => s with { Loading = loading, LastSuccessAt = log.Gaps.WatchedAt });
        }
        board.Update(s => s with { FollowedAt = followedAt });
    }

    private bool Advance(CancellationToken stop)
    {
        var changed = feedLog.Log.Advance(mirror, StepAtMost, stop);
        if (changed.Count == 0) return false;
        ring.AddFollowed(changed);
        signal.Beat();
        return true;
    }

    private void Tell(LeaderSeat seat, LeaderClaim claim, string controlPlane)
    {
        _said = "";
        var now = time.GetUtcNow();
        var problem = seat.IsFree ? $"No feed leads: {claim.Name} stands by and takes over."
            : !IsWarm ? $"There is no change log of {controlPlane} yet: the feed that leads, {seat.Holder}, has just begun, or watches another control plane."
            : time.GetElapsedTime(_watched.Seen) > WatchedWithin ? $"The feed that leads, {seat.Holder}, has not heard of the control plane."
            : "";
        board.Update(s => s with
        {
            IsStandby = true, Feed = claim.Name, Epoch = seat.Epoch, Leader = seat.IsFree ? "" : seat.Holder, LeaderAddress = seat.IsFree ? "" : seat.Address,
            Problem = problem, Warning = "", BlindSince = problem.Length == 0 ? null : s.BlindSince ?? s.LastSuccessAt ?? now, IsConfirming = false,
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed} leads (epoch {Epoch}) the change log in {Database}")]
    private static partial void LogLeads(ILogger logger, string feed, long epoch, string database);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stands by: follows the change log in {Database} from sequence number {Sequence} on, with {Executions} executions")]
    private static partial void LogStandsBy(ILogger logger, string database, long sequence, int executions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change log cannot be followed ({Reason}); trying again")]
    private static partial void LogNotRead(ILogger logger, string reason);
}
