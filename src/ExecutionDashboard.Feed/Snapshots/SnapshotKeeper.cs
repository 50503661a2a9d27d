using System.Data.Common;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Snapshots;

/// <summary>
/// Keeps a <see cref="MirrorSnapshot"/> beside the log: one after a load, then whenever enough has changed since, in the background and no faster than a disk barely notices, and one at the
/// end. A snapshot that cannot be written costs the next start its time, nothing else.
/// </summary>
internal sealed partial class SnapshotKeeper(FeedLog feedLog, FleetMirror mirror, FeedMetrics metrics, TimeProvider time, ILogger<SnapshotKeeper> logger)
{
    // As often as a keyframe of the log's history.
    private const long ChangesBetween = 25_000;
    private const int PausePerBytes = 1024 * 1024;
    private static readonly TimeSpan TimeBetween = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(50);
    // A larger fleet is written as many times less often, so it never takes more of the disk and the processor.
    private const int UsualFleet = 1_000_000;

    private Task _writing = Task.CompletedTask;
    private long _unpaused;
    private long? _writtenAt;
    private long? _sequence;

    /// <summary>Loads the fleet from the snapshot, if there is one that fits, and from the log.</summary>
    /// <returns>Whether a snapshot was used.</returns>
    public async Task<bool> LoadAsync(CancellationToken cancel)
    {
        var log = feedLog.Log;
        var problem = await MirrorSnapshot.LoadAsync(log, feedLog.Reader, mirror, cancel);
        if (problem is { Length: > 0 }) LogNotUsed(logger, MirrorSnapshot.FileOf(log.Database.LocalFile), problem);
        _writtenAt = time.GetTimestamp();
        if (problem is "") _sequence = log.LastSequence;
        return problem is "";
    }

    /// <summary>Begins to write a snapshot when one is due. Called by the writer of the log between its transactions, when the fleet is loaded.</summary>
    /// <param name="cancel">The feed stops.</param>
    public void Consider(CancellationToken cancel)
    {
        if (!_writing.IsCompleted || !IsDue) return;
        var begin = MirrorSnapshot.Begin(feedLog.Log);
        _writing = Task.Run(() => WriteAsync(begin, PauseAsync, cancel), cancel);
    }

    /// <summary>Writes a snapshot if the newest one is not the fleet as it is. Called when nothing changes any more.</summary>
    public async Task EndAsync()
    {
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (feedLog.Log.LastSequence != _sequence) await WriteAsync(MirrorSnapshot.Begin(feedLog.Log), null, default);
    }

    // At once when there is none. A few changes are not worth it, and neither is a fleet that changes all the time.
    private bool IsDue => feedLog.Log.LastSequence > 0
        && (_sequence is not { } newest || (feedLog.Log.LastSequence - newest >= ChangesBetween && time.GetElapsedTime(_writtenAt ?? 0) >= TimeBetween * Math.Max(1, mirror.Count / UsualFleet)));

    private async Task WriteAsync(SnapshotBegin begin, Func<int, ValueTask>? pause, CancellationToken cancel)
    {
        if (begin.Sequence == 0) return;
        // Also when it fails: what fails will fail again at once.
        (_writtenAt, _sequence) = (time.GetTimestamp(), begin.Sequence);
        try
        {
            var bytes = await MirrorSnapshot.WriteAsync(feedLog.Log, feedLog.Reader, mirror, begin, pause, cancel);
            LogWritten(logger, MirrorSnapshot.FileOf(feedLog.Log.Database.LocalFile), begin.Sequence, bytes, time.GetElapsedTime(_writtenAt.Value).TotalSeconds);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            metrics.WriteFailed(LogWrite.Snapshot);
            LogNotWritten(logger, MirrorSnapshot.FileOf(feedLog.Log.Database.LocalFile), e.Message.TrimEnd('.'));
        }
    }

    private async ValueTask PauseAsync(int bytes)
    {
        _unpaused += bytes;
        if (_unpaused < PausePerBytes) return;
        _unpaused = 0;
        await Task.Delay(Pause, time);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot {File} is not used, because {Reason}: everything is loaded from the change log")]
    private static partial void LogNotUsed(ILogger logger, string file, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote snapshot {File} at sequence number {Sequence}: {Bytes} bytes in {Seconds:0.0} s")]
    private static partial void LogWritten(ILogger logger, string file, long sequence, long bytes, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot {File} could not be written ({Reason}): the next start may have to load everything from the change log")]
    private static partial void LogNotWritten(ILogger logger, string file, string reason);
}
