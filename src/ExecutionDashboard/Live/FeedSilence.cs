namespace ExecutionDashboard.Live;

/// <summary>
/// Ends the stream of a feed that has been silent for too long. Of several feeds, the others are asked before that whether one of them leads: a leader that is frozen or cut off is replaced by then, and says nothing of it.
/// </summary>
internal sealed class FeedSilence : IAsyncDisposable
{
    /// <summary>After this much silence the others are asked: two heartbeats are missing.</summary>
    public static readonly TimeSpan Doubt = TimeSpan.FromSeconds(4);

    /// <summary>Time between two searches.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _end;
    private readonly TimeProvider _time;
    private readonly ITimer _watchdog;
    private readonly ITimer? _doubts;
    private Task _search = Task.CompletedTask;
    private long _heardAt;

    /// <param name="feed">The feed.</param>
    /// <param name="finder">Knows the others; null where there are none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Ends it, too.</param>
    public FeedSilence(Uri feed, FeedFinder? finder, TimeProvider time, CancellationToken stopping)
    {
        (_time, _heardAt) = (time, time.GetTimestamp());
        _end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _watchdog = time.CreateTimer(static end => ((CancellationTokenSource)end!).Cancel(), _end, FeedConnection.SilenceLimit, Timeout.InfiniteTimeSpan);
        _doubts = finder is null ? null : time.CreateTimer(_ => Search(feed, finder), null, AskEvery, AskEvery);
    }

    /// <summary>Cancelled at the end of the stream.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>The feed that leads instead; null while none was found.</summary>
    public Uri? Leader { get; private set; }

    /// <summary>The feed has said something.</summary>
    public void Heard()
    {
        Interlocked.Exchange(ref _heardAt, _time.GetTimestamp());
        _watchdog.Change(FeedConnection.SilenceLimit, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_doubts is not null) await _doubts.DisposeAsync();
        await _search;
        await _watchdog.DisposeAsync();
        _end.Dispose();
    }

    // Not before the search before it is over.
    private void Search(Uri feed, FeedFinder finder)
    {
        var heardAt = Interlocked.Read(ref _heardAt);
        if (_search.IsCompleted && !Token.IsCancellationRequested && _time.GetElapsedTime(heardAt) >= Doubt) _search = SearchAsync(feed, finder, heardAt);
    }

    private async Task SearchAsync(Uri feed, FeedFinder finder, long heardAt)
    {
        if (await finder.OtherLeaderAsync(feed, Token) is not { } leader || Interlocked.Read(ref _heardAt) != heardAt) return;
        Leader = leader;
        await _end.CancelAsync();
    }
}
