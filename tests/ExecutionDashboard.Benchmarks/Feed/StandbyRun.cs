using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.IntegrationTests.Feed;
using ExecutionDashboard.IntegrationTests.Leading;
using Microsoft.AspNetCore.SignalR.Client;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>How far a feed that stands by is behind the one that leads, for who subscribes to it: with Redis and without.</summary>
internal static class StandbyRun
{
    private const int LeaseSeconds = 10;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <param name="table">Takes the figures.</param>
    /// <param name="executions">Size of the fleet.</param>
    /// <param name="changesPerSecond">Changes.</param>
    public static async Task RunAsync(FigureTable table, int executions, int changesPerSecond)
    {
        foreach (var withRedis in (bool[])[false, true])
        {
            await using var redis = new RedisServer();
            if (withRedis) await redis.StartAsync();
            await using var parts = new LedParts(LeaseSeconds, executions, withRedis ? redis.Port : null);
            await parts.StartSimulatorAsync(changesPerSecond);
            await Task.WhenAll(parts.StartFeedAsync(0), parts.StartFeedAsync(1));
            var leader = await parts.LeaderAsync(0, 1);
            await parts.AppendsAsync(leader);
            using var end = new CancellationTokenSource(Window, TimeProvider.System);
            var arrivals = await Task.WhenAll(ArrivalsAsync(parts.FeedAddress(leader), end.Token), ArrivalsAsync(parts.FeedAddress(1 - leader), end.Token));
            var delays = Delays(arrivals[0], arrivals[1]).ToList();
            var what = $"{changesPerSecond} changes/s, {(withRedis ? "with Redis" : "by the database alone")}: a change arrives by the standby later than by the leader";
            table.Add("standby", $"{what}, p50", delays.Percentile(0.5), "ms");
            table.Add("standby", $"{what}, p95", delays.Percentile(0.95), "ms");
            table.Add("standby", $"{what}, batches", delays.Count, "");
        }
    }

    private static IEnumerable<double> Delays(List<(long Sequence, long At)> led, List<(long Sequence, long At)> followed)
    {
        var next = 0;
        foreach (var (sequence, at) in led)
        {
            while (next < followed.Count && followed[next].Sequence < sequence) next++;
            if (next == followed.Count) yield break;
            yield return Math.Max(0, Stopwatch.GetElapsedTime(at, followed[next].At).TotalMilliseconds);
        }
    }

    // Without the snapshot at the beginning.
    private static async Task<List<(long Sequence, long At)>> ArrivalsAsync(Uri feed, CancellationToken end)
    {
        await using var connection = await FeedHost.ConnectAsync(feed.ToString().TrimEnd('/'));
        var arrivals = new List<(long, long)>();
        var (isComplete, last) = (false, 0L);
        try
        {
            await foreach (var batch in connection.StreamAsync<FeedBatch>(FeedContract.Subscribe, "", 0L, end))
            {
                if (isComplete && batch.Sequence > last) arrivals.Add((batch.Sequence, Stopwatch.GetTimestamp()));
                (isComplete, last) = (isComplete || batch.Remaining == 0, Math.Max(last, batch.Sequence));
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the window.
        }
        return arrivals;
    }
}
