using ExecutionDashboard.Feed.Presence;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>
/// How soon the control plane is asked again. While nobody looks at a dashboard: at the poll interval. While somebody does: sooner, by how fast the server answers, so that a slow one is
/// asked no more often than before.
/// </summary>
internal sealed class PollPace(FeedOptions options, WatchedDashboards watched, TimeProvider time)
{
    // A server that needs 20 ms for a page is asked every 100 ms.
    private const int RestPerAnswer = 5;
    private const double Newest = 0.25;
    // A server that failed, or refused because it was asked too often, is spared for a while.
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private TimeSpan _answer;
    private long? _failedAt;

    /// <summary>Whether somebody looks at a dashboard.</summary>
    public bool IsWatched => watched.Any;

    /// <summary>The longest interval.</summary>
    public TimeSpan Longest => options.PollInterval;

    /// <summary>Time from one poll to the next.</summary>
    public TimeSpan Interval
    {
        get
        {
            if (!IsWatched) return Longest;
            var calm = _failedAt is { } at ? Calm - time.GetElapsedTime(at) : TimeSpan.Zero;
            var interval = calm > _answer * RestPerAnswer ? calm : _answer * RestPerAnswer;
            return interval < options.Shortest ? options.Shortest : interval > Longest ? Longest : interval;
        }
    }

    /// <summary>The server answered.</summary>
    /// <param name="took">How long that took.</param>
    /// <param name="rows">Rows of the page: that of a long one counts for <see cref="ExecutionPoll.SmallestPage"/>.</param>
    public void Answered(TimeSpan took, int rows)
    {
        var usual = rows > ExecutionPoll.SmallestPage ? took * ExecutionPoll.SmallestPage / rows : took;
        _answer += (usual - _answer) * Newest;
    }

    /// <summary>The server failed.</summary>
    public void Failed() => _failedAt = time.GetTimestamp();

    /// <summary>Waits for the next poll, or until somebody begins to look.</summary>
    /// <param name="left">Time until the next poll.</param>
    /// <param name="stop">The feed stops.</param>
    public async Task WaitAsync(Func<TimeSpan> left, CancellationToken stop)
    {
        // Before the time is read: who begins to look in between is not missed.
        var (begun, isWatched) = (watched.Begun, IsWatched);
        var wait = left();
        if (wait <= TimeSpan.Zero) return;
        if (isWatched) await Task.Delay(wait, time, stop);
        else await begun.WaitAsync(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
    }
}
