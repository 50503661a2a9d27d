using System.Threading.Channels;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;

namespace ExecutionDashboard.Live.Logs;

/// <summary>State of following a log.</summary>
public enum LogPhase
{
    /// <summary>Connecting for the first time.</summary>
    Connecting,
    /// <summary>Connected; new lines are received.</summary>
    Following,
    /// <summary>Connection lost; the next attempt has a known time.</summary>
    Waiting,
    /// <summary>Ended: not offered, not allowed, or no such job.</summary>
    Ended,
}

/// <summary>State of following a log, with its problem.</summary>
/// <param name="Phase">The state.</param>
/// <param name="Problem">Why the log is not followed; empty when it is.</param>
/// <param name="Error">Kind of the problem; null without one.</param>
/// <param name="RetryAt">Time of the next attempt, UTC.</param>
public sealed record LogStatus(LogPhase Phase, string Problem = "", ControlPlaneError? Error = null, DateTimeOffset? RetryAt = null);

/// <summary>
/// Follows a log for one page: connects, adds lines to a <see cref="LogRing"/>, and reconnects with increasing waits, with a note for the gap. Of an ended execution
/// it first reads and keeps the last lines, then follows new ones. Disposing it closes the connection.
/// </summary>
public sealed class LogTail : IAsyncDisposable
{
    /// <summary>Number of lines kept.</summary>
    public const int Held = 5_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(5);

    private readonly IJobLogs _logs;
    private readonly LogRequest _request;
    private readonly TimeProvider _time;
    private readonly LogRing _ring;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _running;
    private LogStatus _status = new(LogPhase.Connecting);
    private DateTimeOffset? _last;
    private DateTimeOffset? _ended;
    private long _dropped, _unreadable;

    /// <summary>Starts following.</summary>
    /// <param name="logs">The source.</param>
    /// <param name="request">Which lines.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ended">End of the execution whose last lines are read first, UTC; null for a running one.</param>
    /// <param name="held">Number of lines to keep.</param>
    public LogTail(IJobLogs logs, LogRequest request, TimeProvider time, DateTimeOffset? ended = null, int held = Held)
    {
        (_logs, _request, _time, _ended, _ring) = (logs, request, time, ended, new LogRing(held));
        _running = Task.Run(RunAsync);
    }

    /// <summary>The current state.</summary>
    public LogStatus Status => Volatile.Read(ref _status);

    /// <summary>Number of lines that were dropped unread because they came too fast.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Number of frames, or parts of frames, that could not be read.</summary>
    public long Unreadable => Interlocked.Read(ref _unreadable);

    /// <summary>Reads the lines while no line is added.</summary>
    public T Look<T>(Func<LogRing, T> look)
    {
        lock (_gate) return look(_ring);
    }

    /// <summary>Completes after the next change; false after disposal. For one reader.</summary>
    public async Task<bool> ChangedAsync(CancellationToken cancel) => await _changed.Reader.WaitToReadAsync(cancel) && _changed.Reader.TryRead(out _);

    private async Task RunAsync()
    {
        var wait = FirstWait;
        try
        {
            while (true)
            {
                var since = _last?.AddTicks(1) ?? (_ended ?? _time.GetUtcNow()) - LookBack;
                var answer = await _logs.FollowAsync(_request with { Since = since }, _gone.Token);
                ControlPlaneFailure ended;
                if (answer.Value is { } stream)
                {
                    var began = _time.GetTimestamp();
                    Stand(new(LogPhase.Following));
                    if (await TakeAsync(stream) is not { } end)
                    {
                        _last = _time.GetUtcNow() - LookBack;
                        continue;
                    }
                    ended = end;
                    // Retry soon after a connection that worked; wait longer after one that breaks at once.
                    if (_time.GetElapsedTime(began) > FirstWait) wait = FirstWait;
                    Gap();
                }
                else ended = answer.Failure!;
                if (IsFinal(ended.Error))
                {
                    Stand(new(LogPhase.Ended, ended.Message, ended.Error));
                    return;
                }
                var pause = ended.RetryAfter is { } asked && asked > wait ? asked : wait;
                // It has begun when it is told.
                var waiting = Task.Delay(pause, _time, _gone.Token);
                Stand(new(LogPhase.Waiting, ended.Message, ended.Error, _time.GetUtcNow() + pause));
                await waiting;
                wait = wait * 2 > LongestWait ? LongestWait : wait * 2;
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // the page is gone
        }
    }

    /// <summary>Receives lines until the stream ends.</summary>
    /// <returns>Why it ended; null when it was closed to skip to a later part of the log.</returns>
    private async Task<ControlPlaneFailure?> TakeAsync(LogStream stream)
    {
        await using (stream)
        {
            var (dropped, unreadable) = (Dropped, Unreadable);
            while (await stream.Lines.WaitToReadAsync(_gone.Token))
            {
                var isPast = false;
                lock (_gate)
                {
                    // A limited number at once, so that the page can read during a flood.
                    for (var i = 0; i < 500 && !isPast && stream.Lines.TryRead(out var line); i++)
                    {
                        // Skip the lines between the end of the execution and now; there may be very many.
                        if (_ended is { } end && line.At > end && (isPast = LeavesPast(end))) break;
                        _ring.Add(line);
                        if (line.At is { } at && (_last is null || at > _last)) _last = at;
                    }
                }
                Count(stream, dropped, unreadable);
                Change();
                if (isPast) return null;
            }
            Count(stream, dropped, unreadable);
            return await stream.Ended;
        }
    }

    /// <summary>All lines of the ended execution are here, and are kept. Returns whether to skip the lines that follow.</summary>
    private bool LeavesPast(DateTimeOffset end)
    {
        var isLongAgo = _time.GetUtcNow() - end > LookBack;
        _ring.Keep(end, (_ring.Count > 0 ? "This execution ended here." : "The control plane has no log lines of this execution, which ended here.")
            + (isLongAgo ? " Next are the newest lines of the job on this node; those between are left out." : " Next are the lines of the job on this node since then."));
        _ended = null;
        return isLongAgo;
    }

    private void Count(LogStream stream, long dropped, long unreadable)
    {
        Interlocked.Exchange(ref _dropped, dropped + stream.Dropped);
        Interlocked.Exchange(ref _unreadable, unreadable + stream.Unreadable);
    }

    private void Gap()
    {
        lock (_gate) _ring.AddGap(_time.GetUtcNow(), "The connection was lost here: lines may be missing.");
    }

    private void Stand(LogStatus status)
    {
        Volatile.Write(ref _status, status);
        Change();
    }

    private void Change() => _changed.Writer.TryWrite(true);

    private static bool IsFinal(ControlPlaneError error) =>
        error is ControlPlaneError.NotOffered or ControlPlaneError.NotFound or ControlPlaneError.Unauthorized or ControlPlaneError.Forbidden or ControlPlaneError.Invalid;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gone.IsCancellationRequested) return;
        await _gone.CancelAsync();
        await _running;
        _changed.Writer.TryComplete();
        _gone.Dispose();
    }
}
