using System.Collections.Concurrent;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>
/// Time in which waits for a retry are over at once, and are noted; the clock of a whole call (longer than ten seconds) does not run. A retry is thus
/// tested without waiting for it.
/// </summary>
internal sealed class AdvancingTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime > TimeSpan.FromSeconds(10)) return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        Waits.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
