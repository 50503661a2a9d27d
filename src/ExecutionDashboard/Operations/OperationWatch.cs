using ExecutionDashboard.Live;

namespace ExecutionDashboard.Operations;

/// <summary>Waits until the feed shows the effect of a command, or until the time is over. Continues when the tab is closed.</summary>
public sealed class OperationWatch(OperationLog log, LiveSignals signals, TimeProvider time)
{
    /// <summary>Starts waiting for the effect of an accepted command.</summary>
    /// <param name="operation">The command.</param>
    /// <param name="topics">Topics in which the effect shows.</param>
    /// <param name="seen">Returns the state that shows the effect, or null before. Called on any thread.</param>
    public void Begin(Operation operation, Topics topics, Func<string?> seen) => _ = RunAsync(operation, topics, seen);

    private async Task RunAsync(Operation operation, Topics topics, Func<string?> seen)
    {
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = signals.Subscribe(topics, _ =>
        {
            if (seen() is { } state) done.TrySetResult(state);
            return Task.CompletedTask;
        });
        if (seen() is { } already) done.TrySetResult(already);
        using var limit = new CancellationTokenSource(OperationLog.SeenLimit, time);
        try
        {
            var state = await done.Task.WaitAsync(limit.Token);
            log.Put(operation with { Phase = OperationPhase.Seen, StateNow = state, SeenAt = time.GetUtcNow() });
        }
        catch (OperationCanceledException)
        {
            log.Put(operation with { Phase = OperationPhase.NotSeen });
        }
    }
}
