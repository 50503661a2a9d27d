using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.Benchmarks.Live;

/// <summary>
/// Half an hour of changes with viewers who come and go: memory must not grow, every viewer must be released, and the replica must be right at the end.
/// </summary>
internal static class SoakRun
{
    private const int Viewing = 50, Rate = 1000;
    // By then every ring of the store has gone round once: 262,144 changes.
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(30), Warm = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(FigureTable table, TimeSpan length, int leaving)
    {
        await using var feed = await BenchFeed.StartAsync(100_000);
        await using var server = await ServerUnderTest.StartAsync(("Roles", "Dashboard"), ("Feed:Url", feed.Address.ToString()), ("ControlPlane:Url", "http://127.0.0.1:9/"));
        await server.LiveAsync(TimeSpan.FromMinutes(2));
        var (minutes, heaps) = (new List<double>(), new List<double>());
        await using (var viewers = new Viewers(server, feed))
        {
            feed.Rate = Rate;
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < length)
            {
                await viewers.CloseAsync(viewers.Count >= Viewing ? leaving : 0);
                await viewers.OpenAsync("executions?sort=-created", Viewing);
                await Task.Delay(Sample, TimeProvider.System);
                if (clock.Elapsed < Warm) continue;
                minutes.Add(clock.Elapsed.TotalMinutes);
                heaps.Add(await server.HeapAsync() / 1024 / 1024);
            }
            await feed.StopAsync();
            table.Add("soak", "failed pages and broken connections", viewers.Errors, "", 0.5);
        }
        var (slope, error) = Slope(minutes, heaps);
        table.Add("soak", $"heap after {length.TotalMinutes:0} minutes", heaps[^1], "MB");
        table.Add("soak", "heap grows by", slope * 60, "MB/h", 5);
        table.Add("soak", "give or take (95 %)", 1.96 * error * 60, "MB/h");
        table.Add("soak", "listeners left when all viewers are gone", await LiveRun.GoneAsync(server), "", 0.5);
        var here = await ExecutionFacts.OfExportAsync(server.Http, server.Address);
        table.Add("soak", "executions that the dashboard knows otherwise than the feed", feed.Executions.Count(e => !here.TryGetValue(e.Id, out var known) || known.Revision != e.Revision || known.Message != e.Actual.Message), "", 0.5);
    }

    /// <summary>The line through points by least squares, and its slope's standard error.</summary>
    private static (double Slope, double Error) Slope(List<double> x, List<double> y)
    {
        var (mx, my) = (x.Average(), y.Average());
        var sxx = x.Sum(v => (v - mx) * (v - mx));
        var slope = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / sxx;
        var rest = x.Zip(y, (a, b) => b - my - slope * (a - mx)).Sum(r => r * r);
        return (slope, Math.Sqrt(rest / Math.Max(1, x.Count - 2) / sxx));
    }
}
