using ExecutionDashboard.Feed.Presence;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Live;

/// <summary>The hub for dashboards; see <see cref="FeedContract"/>.</summary>
internal sealed class FeedHub(FeedStream stream, FeedMetrics metrics, PresenceBoard presence, WatchedDashboards watched, IOptions<FeedOptions> options) : Hub
{
    private static readonly object Subscriptions = new();

    /// <summary>
    /// Streams the changes after a sequence number, or a snapshot and the changes after it. A connection has one subscription
    /// (<c>Limits:SubscriptionsPerConnection</c>): a new one ends the oldest instead of being refused, because a client that resubscribes may send the new request
    /// before the end of the old one.
    /// </summary>
    public IAsyncEnumerable<FeedBatch> Subscribe(string? logId, long sequence, CancellationToken cancel) =>
        ((ConnectionSubscriptions)Context.Items[Subscriptions]!).Follow(end => stream.FollowAsync(logId ?? "", sequence, end), cancel);

    /// <summary>See <see cref="FeedContract.Join"/>. Counts as a subscription.</summary>
    public IAsyncEnumerable<FeedBatch> Join(string? logId, long sequence, CancellationToken cancel) =>
        ((ConnectionSubscriptions)Context.Items[Subscriptions]!).Follow(end => stream.FollowAsync(logId ?? "", sequence, end, offersSnapshot: true), cancel);

    /// <summary>See <see cref="FeedContract.Announce"/>.</summary>
    public PresenceList Announce(PresenceList? mine)
    {
        watched.Told(Context.ConnectionId, mine?.IsWatched == true);
        return presence.Announce(Context.ConnectionId, mine?.Commands ?? []);
    }

    public override Task OnConnectedAsync()
    {
        Context.Items[Subscriptions] = new ConnectionSubscriptions(options.Value.SubscriptionsPerConnection);
        metrics.Subscribed(1);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        metrics.Subscribed(-1);
        presence.Leave(Context.ConnectionId);
        watched.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
