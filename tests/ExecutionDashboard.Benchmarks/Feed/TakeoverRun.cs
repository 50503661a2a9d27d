using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.IntegrationTests.Leading;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>How long nobody leads: two feeds over one PostgreSQL database, of which the one that leads ends again and again, under 200 changes a second.</summary>
internal static class TakeoverRun
{
    private const int ChangesPerSecond = 200, LeaseSeconds = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <param name="table">Takes the figures.</param>
    /// <param name="isStopped">Whether it is asked to end; else it is killed.</param>
    /// <param name="runs">How often.</param>
    /// <param name="executions">Size of the fleet.</param>
    public static async Task RunAsync(FigureTable table, bool isStopped, int runs, int executions)
    {
        await using var parts = new LedParts(LeaseSeconds, executions);
        await parts.StartSimulatorAsync(ChangesPerSecond);
        await Task.WhenAll(parts.StartFeedAsync(0), parts.StartFeedAsync(1));
        var leader = await parts.LeaderAsync(0, 1);
        await parts.AppendsAsync(leader);
        var seconds = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var before = await parts.MetricAsync(1 - leader, "feed_changes_total");
            var clock = Stopwatch.StartNew();
            var ended = isStopped ? parts.Feed(leader).StopAsync() : parts.Feed(leader).KillAsync();
            while (await parts.MetricAsync(1 - leader, "feed_changes_total") <= before) await Task.Delay(Look, TimeProvider.System);
            seconds.Add(clock.Elapsed.TotalSeconds);
            await ended;
            await parts.StartFeedAsync(leader);
            leader = 1 - leader;
            await parts.StandsByAsync(1 - leader);
        }
        var what = $"{(isStopped ? "clean stop" : "SIGKILL")} of the feed that leads to the first change that the other stores, lease {LeaseSeconds} s, {executions} executions";
        table.Add("takeover", $"{what}, p50", seconds.Percentile(0.5), "s", isStopped ? 2 : LeaseSeconds + 2);
        table.Add("takeover", $"{what}, p95", seconds.Percentile(0.95), "s", isStopped ? 2 : LeaseSeconds + 2);
    }
}
