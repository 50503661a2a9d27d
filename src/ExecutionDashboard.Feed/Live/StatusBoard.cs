using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>The feed's standing with the control plane, as every subscriber is told it. Safe for any thread.</summary>
internal sealed class StatusBoard(ChangeSignal signal)
{
    private readonly Lock _gate = new();
    private FeedStatus _status = new();
    private long _version;

    /// <summary>The status now.</summary>
    public FeedStatus Status
    {
        get { lock (_gate) return _status; }
    }

    /// <summary>Grows when something changed that is worth telling at once.</summary>
    public long Version
    {
        get { lock (_gate) return _version; }
    }

    /// <summary>Changes the status. What moves all the time (last success, progress, clock) waits for the next heartbeat; the rest is told at once.</summary>
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
        ClockSkewSeconds = null,
        Total = null,
        Loading = status.Loading is null ? null : 0,
    };
}
