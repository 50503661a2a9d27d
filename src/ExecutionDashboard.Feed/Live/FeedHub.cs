using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.SignalR;

namespace ExecutionDashboard.Feed.Live;

/// <summary>The hub that dashboards connect to; <see cref="FeedContract"/> says what they may ask.</summary>
internal sealed class FeedHub(FeedStream stream, FeedMetrics metrics) : Hub
{
    /// <summary>Streams what follows a number of the log, or a snapshot and what follows it.</summary>
    public IAsyncEnumerable<FeedBatch> Subscribe(string? logId, long sequence, CancellationToken cancel) =>
        stream.FollowAsync(logId ?? "", sequence, cancel);

    public override Task OnConnectedAsync()
    {
        metrics.Subscribed(1);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        metrics.Subscribed(-1);
        return base.OnDisconnectedAsync(exception);
    }
}
