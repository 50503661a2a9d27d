using System.Collections.Concurrent;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>
/// A clock for which waits before retries end at once and are recorded; the timeout of a whole call (more than ten seconds) does not elapse. Retries are tested
/// without waiting.
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
