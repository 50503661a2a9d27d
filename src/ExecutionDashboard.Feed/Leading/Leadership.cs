using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Storage;

namespace ExecutionDashboard.Feed.Leading;

/// <summary>
/// Whether this feed leads. A feed that has its log for itself leads from its start to its end; one of several leads in terms, each of which ends when another feed leads. What only the leader may do runs in
/// these terms. Safe for any thread.
/// </summary>
internal sealed class Leadership(StatusBoard board, TimeProvider time)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<CancellationToken> _begun = New();
    private CancellationTokenSource? _term;
    private TimeSpan? _length;
    private long _renewedAt;

    /// <summary>Whether this feed leads, as far as it can know: its lease, if it needs one, has not run out by its own clock.</summary>
    public bool IsSure
    {
        get { lock (_gate) return _term is not null && IsRenewed; }
    }

    /// <summary>Notes that others may lead the same log.</summary>
    /// <param name="length">Length of the lease.</param>
    public void Share(TimeSpan length)
    {
        lock (_gate) _length = length;
    }

    /// <summary>Notes that the lease was taken or renewed.</summary>
    /// <param name="askedAt">When the database was asked: the lease lasts from then on at least.</param>
    public void Renewed(long askedAt)
    {
        lock (_gate) _renewedAt = askedAt;
    }

    /// <summary>Whether the lease has not run out by this process's clock.</summary>
    public bool IsLeaseValid
    {
        get { lock (_gate) return IsRenewed; }
    }

    /// <summary>This feed leads from now on.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _term ??= new CancellationTokenSource();
            _begun.TrySetResult(_term.Token);
        }
    }

    /// <summary>This feed does not lead any more.</summary>
    public void End()
    {
        CancellationTokenSource? ended;
        lock (_gate)
        {
            (ended, _term) = (_term, null);
            if (ended is not null) _begun = New();
        }
        // What runs in the term ends on threads of its own: nobody waits for its last write here.
        _ = ended?.CancelAsync();
    }

    /// <summary>Why a write cannot be taken here; null where it can, and where the feed has its log for itself.</summary>
    public string? WhyNot()
    {
        lock (_gate)
            if (_length is null || (_term is not null && IsRenewed)) return null;
        var status = board.Status;
        return !status.IsStandby ? $"The feed {status.Feed} cannot reach its database, so another one may lead: try again in a moment."
            : status.Leader.Length > 0 ? $"The feed {status.Feed} stands by: {status.Leader} leads."
            : $"The feed {status.Feed} stands by, and no feed leads at the moment: try again in a few seconds.";
    }

    /// <summary>Runs something in each term, until it is stopped.</summary>
    /// <param name="run">Gets a token that is cancelled at the end of the term.</param>
    /// <param name="stop">Ends it.</param>
    public async Task InEachTermAsync(Func<CancellationToken, Task> run, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Task<CancellationToken> begun;
            lock (_gate) begun = _begun.Task;
            var term = await begun.WaitAsync(stop);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, term);
            try
            {
                await run(end.Token);
            }
            catch (Exception e) when (e is LeadershipLostException || (e is OperationCanceledException && end.IsCancellationRequested))
            {
                // The next term, if any, begins anew.
            }
            // It may be done, or know of the end before the feed does.
            await Task.Delay(Timeout.InfiniteTimeSpan, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsRenewed => _length is not { } length || time.GetElapsedTime(_renewedAt) < length;

    private static TaskCompletionSource<CancellationToken> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
