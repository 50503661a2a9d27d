using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Live;

/// <summary>The hub that dashboards connect to; <see cref="FeedContract"/> says what they may ask.</summary>
internal sealed class FeedHub(FeedStream stream, FeedMetrics metrics, IOptions<FeedOptions> options) : Hub
{
    private static readonly object Subscriptions = new();

    /// <summary>
    /// Streams what follows a number of the log, or a snapshot and what follows it. A connection has one subscription (or as many as
    /// <c>Limits:SubscriptionsPerConnection</c> says): a newer one ends the oldest. It is not refused, because a client that leaves one and subscribes again
    /// may well send the second before the first.
    /// </summary>
    public IAsyncEnumerable<FeedBatch> Subscribe(string? logId, long sequence, CancellationToken cancel) =>
        ((ConnectionSubscriptions)Context.Items[Subscriptions]!).Follow(end => stream.FollowAsync(logId ?? "", sequence, end), cancel);

    public override Task OnConnectedAsync()
    {
        Context.Items[Subscriptions] = new ConnectionSubscriptions(options.Value.SubscriptionsPerConnection);
        metrics.Subscribed(1);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        metrics.Subscribed(-1);
        return base.OnDisconnectedAsync(exception);
    }
}
