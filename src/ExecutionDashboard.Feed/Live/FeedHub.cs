using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Live;

/// <summary>The hub that dashboards connect to; <see cref="FeedContract"/> says what they may ask.</summary>
internal sealed class FeedHub(FeedStream stream, FeedMetrics metrics, IOptions<FeedOptions> options) : Hub
{
    private static readonly object Running = new();

    /// <summary>Streams what follows a number of the log, or a snapshot and what follows it.</summary>
    /// <exception cref="HubException">The connection has as many subscriptions as it may have.</exception>
    public IAsyncEnumerable<FeedBatch> Subscribe(string? logId, long sequence, CancellationToken cancel)
    {
        var (running, most) = ((List<CancellationToken>)Context.Items[Running]!, options.Value.SubscriptionsPerConnection);
        // Calls of a connection come one after the other. One that was left is no longer counted, though it may not have ended yet.
        running.RemoveAll(left => left.IsCancellationRequested);
        if (running.Count >= most)
        {
            LimitMetric.Met("subscriptions_per_connection");
            throw new HubException($"This connection follows the feed already; it may {most} time{(most == 1 ? "" : "s")} at once (Limits:SubscriptionsPerConnection).");
        }
        running.Add(cancel);
        return stream.FollowAsync(logId ?? "", sequence, cancel);
    }

    public override Task OnConnectedAsync()
    {
        Context.Items[Running] = new List<CancellationToken>();
        metrics.Subscribed(1);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        metrics.Subscribed(-1);
        return base.OnDisconnectedAsync(exception);
    }
}
