using System.Diagnostics;
using System.Net;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live.Presence;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ExecutionDashboard.Live;

/// <summary>Where feeds are, and which of them is asked.</summary>
public interface IFeedAddress
{
    /// <summary>The base address of the feed that is asked; null until it is known.</summary>
    Uri? BaseAddress { get; }

    /// <summary>The base addresses of the feeds that are known.</summary>
    IReadOnlyList<Uri> Known => BaseAddress is { } one ? [one] : [];

    /// <summary>From now on this feed is asked.</summary>
    void Ask(Uri feed)
    {
    }
}

/// <summary>
/// The connection of this process to the feed's hub. It subscribes with the last sequence number it has and applies the batches; after a lost connection or a gap it
/// subscribes again, so that nothing is missed. Of several feeds it follows the one that leads; while none can be found, one that stands by.
/// </summary>
public sealed partial class FeedConnection(
    IFeedTarget target, IFeedAddress address, FeedKey key, TimeProvider time, ILogger log, PresenceExchange? presence = null, FeedFinder? finder = null) : BackgroundService
{
    /// <summary>The feed sends a heartbeat every two seconds; after this much silence it counts as lost. See also <see cref="FeedSilence.Doubt"/>.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(10);
    /// <summary>Message for a 401 of the feed.</summary>
    internal const string KeyRefused = "The feed refused the key: check Feed:Key.";
    private static readonly ActivitySource Traces = new("ExecutionDashboard.Dashboard");
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (pause, isMoved) = (FirstPause, false);
        while (!stoppingToken.IsCancellationRequested)
        {
            var before = target.Sequence;
            try
            {
                if (finder is not null && !isMoved && await finder.BestAsync(stoppingToken) is { } best) address.Ask(best);
                // A process with its own feed knows the address only once it listens.
                if (address.BaseAddress is not { } feed)
                {
                    await Task.Delay(FirstPause, time, stoppingToken);
                    continue;
                }
                isMoved = false;
                if (await StreamAsync(feed, stoppingToken) is { } leader)
                {
                    LogMoved(log, feed, leader);
                    address.Ask(leader);
                    isMoved = true;
                    continue;
                }
                target.FeedLost("The feed ended the stream.");
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                var reason = Reason(e);
                LogLost(log, reason);
                target.FeedLost(reason);
            }

            pause = target.Sequence != before ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Reason(Exception problem) => problem switch
    {
        OperationCanceledException => $"The feed has been silent for {SilenceLimit.TotalSeconds:0} s.",
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => KeyRefused,
        HttpRequestException { StatusCode: HttpStatusCode.BadRequest } => "The feed refused the host name of Feed:Url: add it to the feed's AllowedHosts.",
        _ => ShownText.Of(problem.Message),
    };

    // Gives the feed to follow instead; null when the stream ended.
    private async Task<Uri?> StreamAsync(Uri feed, CancellationToken stopping)
    {
        // Ends with the last batch of missed changes; failed until then.
        using var join = Traces.StartActivity("dashboard.feed_join", ActivityKind.Client)?.SetStatus(ActivityStatusCode.Error);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(feed, FeedContract.HubPath.TrimStart('/')), http => http.AccessTokenProvider = () => Task.FromResult<string?>(key.Value))
            .AddJsonProtocol(o => FeedContract.Configure(o.PayloadSerializerOptions))
            .Build();
        await connection.StartAsync(stopping);

        var exchange = Task.CompletedTask;
        try
        {
            await using var silence = new FeedSilence(feed, finder, time, stopping);
            exchange = presence?.RunAsync(connection, silence.Token) ?? exchange;
            try
            {
                return await FollowAsync(connection, feed, silence, join);
            }
            catch (OperationCanceledException) when (silence.Leader is not null)
            {
                return silence.Leader;
            }
        }
        finally
        {
            await exchange;
        }
    }

    // Joins; a feed that cannot send its snapshot in one piece is subscribed to, and sends it as batches.
    private async Task<Uri?> FollowAsync(HubConnection connection, Uri feed, FeedSilence silence, Activity? join)
    {
        var method = FeedContract.Join;
        while (true)
        {
            var (end, leader) = await FollowAsync(connection, method, feed, silence, join);
            if (end == StreamEnd.Other) return leader;
            if (end == StreamEnd.NotKnown || !await LoadAsync(feed, silence)) method = FeedContract.Subscribe;
        }
    }

    private enum StreamEnd
    {
        Other, SnapshotOffered, NotKnown,
    }

    private async Task<(StreamEnd End, Uri? Leader)> FollowAsync(HubConnection connection, string method, Uri feed, FeedSilence silence, Activity? join)
    {
        Task<Uri?>? search = null;
        var batches = connection.StreamAsync<FeedBatch>(method, target.LogId, target.Sequence, silence.Token);
        var (loading, any, end) = (false, false, StreamEnd.Other);
        try
        {
            // Read to its end, also after the offer: a stream that is left goes on at the feed.
            await foreach (var batch in batches.WithCancellation(silence.Token))
            {
                any = true;
                silence.Heard();
                loading |= batch.Reset || target.Status.Loading is not null;
                var follows = target.Apply(batch);
                if (batch.SnapshotOffered)
                {
                    end = StreamEnd.SnapshotOffered;
                    continue;
                }
                if (loading && follows && batch.Remaining == 0 && target.Status.Loading is null)
                {
                    LoadedHeap.CollectSoon(target.ExecutionCount);
                    loading = false;
                }
                if (join is { IsStopped: false } && follows && target.IsComplete && batch.Remaining == 0) join.SetStatus(ActivityStatusCode.Ok).Stop();
                if (!follows)
                {
                    LogGap(log, target.Sequence, batch.Previous);
                    return (StreamEnd.Other, null);
                }
                // Heartbeats come while nothing changes, so the search goes on for as long as this feed stands by.
                if (search is { IsCompleted: true })
                {
                    if (await search is { } leader && leader != feed && target.Status.IsStandby) return (StreamEnd.Other, leader);
                    search = null;
                }
                if (target.Status.IsStandby) search ??= finder?.LeaderAsync(target.Status.LeaderAddress, silence.Token);
            }
        }
        catch (HubException) when (!any && method == FeedContract.Join)
        {
            return (StreamEnd.NotKnown, null);
        }
        return (end, null);
    }

    private async Task<bool> LoadAsync(Uri feed, FeedSilence silence)
    {
        try
        {
            var (header, store) = await SnapshotDownload.ReadAsync(feed, key, target.Observations, executions =>
            {
                silence.Heard();
                target.Loading(executions);
            }, silence.Token);
            target.Load(store, header.LogId, header.Sequence);
            LoadedHeap.CollectSoon(store.ExecutionCount);
            silence.Heard();
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or FormatException)
        {
            LogNoSnapshot(log, ShownText.Of(e.Message.TrimEnd('.')));
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the connection to the feed: {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The feed {Other} does not lead; following {Leader}, which does")]
    private static partial void LogMoved(ILogger logger, Uri other, Uri leader);

    [LoggerMessage(Level = LogLevel.Information, Message = "The feed's snapshot is read as batches, because as a whole it cannot be had: {Reason}")]
    private static partial void LogNoSnapshot(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gap in the feed: at sequence number {Have}, received a batch after {Previous}; subscribing again")]
    private static partial void LogGap(ILogger logger, long have, long previous);
}
