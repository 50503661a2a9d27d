using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Benchmarks.Live;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>
/// What grows with the fleet: first load, restart, join of another dashboard, memory, processor time at rest, and pages, each over HTTP between processes. Ten executions a node, no changes.
/// </summary>
internal static class GrowthRun
{
    private const int Pages = 200;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15), Rest = TimeSpan.FromSeconds(20), Window = TimeSpan.FromSeconds(15);

    /// <summary>At one size.</summary>
    public static async Task RunAsync(FigureTable table, int executions)
    {
        void Add(string what, double value, string unit, double? budget = null) => table.Add("growth", $"{executions:#,0}: {what}", value, unit, executions == 1_000_000 ? budget : null);
        using var folder = new TemporaryFolder();
        await using var simulator = await ServerUnderTest.StartAsync(
            ("Roles", "Simulator"), ("Simulator:Executions", $"{executions}"), ("Simulator:Nodes", $"{executions / 10}"), ("Simulator:ChangesPerSecond", "0"));
        Task<ServerUnderTest> BothAsync() => ServerUnderTest.StartAsync(("Roles", "Feed,Dashboard"), ("ControlPlane:Url", Api(simulator)), ("Storage:ConnectionString", folder["fleet.db"]));

        var clock = Stopwatch.StartNew();
        await using (var both = await BothAsync())
        {
            await both.LiveAsync(Limit);
            Add("first load, until live", clock.Elapsed.TotalSeconds, "s");
            await MemoryAsync(both, what => $"first load, {what}");
        }

        clock.Restart();
        await using var again = await BothAsync();
        await WholeAsync(again, executions);
        Add("restart, until the pages have the fleet", clock.Elapsed.TotalSeconds, "s", 3);
        await again.LiveAsync(Limit);
        Add("restart, until live", clock.Elapsed.TotalSeconds, "s", 9);
        await MemoryAsync(again, what => $"restart, {what}");
        await AtRestAsync(again, Add);
        await PagesAsync(again, Add);

        clock.Restart();
        await using var joined = await ServerUnderTest.StartAsync(("Roles", "Dashboard"), ("ControlPlane:Url", Api(simulator)), ("Feed:Url", again.Address.ToString()));
        await WholeAsync(joined, executions);
        Add("a dashboard joins, until its pages have the fleet", clock.Elapsed.TotalSeconds, "s", 8);
        await joined.LiveAsync(Limit);
        Add("a dashboard joins, until live", clock.Elapsed.TotalSeconds, "s", 8);
        await MemoryAsync(joined, what => $"a dashboard alone, {what}");

        async Task MemoryAsync(ServerUnderTest server, Func<string, string> named)
        {
            await Task.Delay(Rest, TimeProvider.System);
            Add(named("resident 20 s later"), server.Resident / 1e6, "MB");
            Add(named("heap after a collection"), await server.HeapAsync() / 1e6, "MB");
        }
    }

    private static string Api(ServerUnderTest simulator) => new Uri(simulator.Address, "simulator/api/v1").ToString();

    private static async Task WholeAsync(ServerUnderTest server, int executions)
    {
        var clock = Stopwatch.StartNew();
        while (await server.MetricAsync("dashboard_executions", "") is var held && held < executions)
        {
            if (clock.Elapsed > Limit) throw new TimeoutException($"The dashboard has {held:#,0} of {executions:#,0} executions after {Limit}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static async Task AtRestAsync(ServerUnderTest server, Action<string, double, string, double?> add)
    {
        var (cpu, clock) = (server.Cpu, Stopwatch.StartNew());
        await Task.Delay(Window, TimeProvider.System);
        add("polling, nobody looks and nothing changes, processor", 100 * (server.Cpu - cpu) / clock.Elapsed, "% of a core", null);
    }

    private static async Task PagesAsync(ServerUnderTest server, Action<string, double, string, double?> add)
    {
        foreach (var (what, path) in new[] { ("list, newest first", "executions?sort=-updated"), ("list, failed", "executions?state=failed"), ("overview", "") })
        {
            var times = new List<double>(Pages);
            for (var i = -5; i < Pages; i++)
            {
                var clock = Stopwatch.StartNew();
                using var reply = await server.Http.GetAsync(new Uri(server.Address, path));
                reply.EnsureSuccessStatusCode();
                await reply.Content.ReadAsByteArrayAsync();
                if (i >= 0) times.Add(clock.Elapsed.TotalMilliseconds);
            }
            add($"page, {what}, p99", times.Percentile(0.99), "ms", null);
        }
    }
}
