namespace ExecutionDashboard.Feed.Live;

/// <summary>A signal for any number of waiters. Take <see cref="Next"/> before checking for work, so that no signal is missed.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = Create();

    /// <summary>Completes at the next signal.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes all waiters.</summary>
    public void Beat() => Interlocked.Exchange(ref _next, Create()).SetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
