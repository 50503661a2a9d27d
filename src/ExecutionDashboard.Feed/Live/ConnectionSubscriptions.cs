using System.Runtime.CompilerServices;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.SignalR;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// The subscriptions of one connection of the hub, limited in number. A new one beyond the limit ends the oldest and waits for its end, so that repeated subscribing
/// gains nothing. Called sequentially, as the hub does.
/// </summary>
/// <param name="most">Most concurrent subscriptions.</param>
internal sealed class ConnectionSubscriptions(int most)
{
    private readonly Queue<Subscription> _running = [];

    /// <summary>Adds a subscription, in place of the oldest if there are too many.</summary>
    /// <param name="follow">Produces batches until its token is cancelled.</param>
    /// <param name="cancel">The subscriber left.</param>
    public IAsyncEnumerable<FeedBatch> Follow(Func<CancellationToken, IAsyncEnumerable<FeedBatch>> follow, CancellationToken cancel)
    {
        var before = Task.CompletedTask;
        while (_running.Count >= most)
        {
            var oldest = _running.Dequeue();
            if (!oldest.Ended.Task.IsCompleted && !oldest.Left.IsCancellationRequested) LimitMetric.Met("subscriptions_per_connection");
            oldest.Replaced.Cancel();
            before = oldest.Ended.Task;
        }
        var subscription = new Subscription(cancel);
        _running.Enqueue(subscription);
        return FollowAsync(subscription, before, follow, cancel);
    }

    private async IAsyncEnumerable<FeedBatch> FollowAsync(
        Subscription subscription, Task before, Func<CancellationToken, IAsyncEnumerable<FeedBatch>> follow, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, subscription.Replaced.Token);
        try
        {
            await before;
            if (!end.IsCancellationRequested) await foreach (var batch in follow(end.Token)) yield return batch;
        }
        finally
        {
            subscription.Ended.TrySetResult();
        }
        if (subscription.Replaced.IsCancellationRequested && !cancel.IsCancellationRequested)
            throw new HubException($"A newer subscription of this connection took the place of this one: it may have {most} at once (Limits:SubscriptionsPerConnection).");
    }

    private sealed record Subscription(CancellationToken Left)
    {
        public CancellationTokenSource Replaced { get; } = new();
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
