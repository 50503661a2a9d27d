using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>The status of the feed that is sent to every subscriber. Safe for concurrent use.</summary>
internal sealed class StatusBoard(ChangeSignal signal)
{
    private readonly Lock _gate = new();
    private FeedStatus _status = new();
    private long _version;

    /// <summary>The current status.</summary>
    public FeedStatus Status
    {
        get { lock (_gate) return _status; }
    }

    /// <summary>Increases with each change that is sent at once.</summary>
    public long Version
    {
        get { lock (_gate) return _version; }
    }

    /// <summary>Changes the status. Values that change all the time (last success, progress, clock) are sent with the next heartbeat, others at once.</summary>
    public void Update(Func<FeedStatus, FeedStatus> change)
    {
        lock (_gate)
        {
            var before = _status;
            _status = change(before);
            if (Essence(before) == Essence(_status)) return;
            _version++;
        }
        signal.Beat();
    }

    private static FeedStatus Essence(FeedStatus status) => status with
    {
        LastSuccessAt = null,
        FollowedAt = null,
        ClockSkewSeconds = null,
        Total = null,
        Loading = status.Loading is null ? null : 0,
    };
}
