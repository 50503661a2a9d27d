using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.IntegrationTests.Circuits;

namespace ExecutionDashboard.Benchmarks.Live;

/// <summary>Cost of viewers, and the lag of changes for them: viewers without browsers, on a dashboard in a separate process.</summary>
internal static class LiveRun
{
    private const string List = "executions?sort=-created";
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2), Window = TimeSpan.FromSeconds(10), ShortWindow = TimeSpan.FromSeconds(4);
    private static readonly int[] Crowds = [1, 100, 300], Rates = [0, 100, 1000, 5000];

    /// <summary>1, 100 and 300 viewers of the list, and of each other page, at 0 to 5,000 changes/s over 100,000 executions; or one of the pages alone.</summary>
    public static async Task RunAsync(FigureTable table, int executions = 100_000, string page = "")
    {
        await using var feed = await BenchFeed.StartAsync(executions);
        await using var server = await ServerUnderTest.StartAsync(("Roles", "Dashboard"), ("Feed:Url", feed.Address.ToString()), ("ControlPlane:Url", "http://127.0.0.1:9/"));
        await server.LiveAsync(TimeSpan.FromMinutes(2));
        await using (var warm = new Viewers(server, feed))
        {
            feed.Rate = 1000;
            await warm.OpenAsync(List, 20);
            await WaitAsync(Window);
            feed.Rate = 0;
        }
        await WaitAsync(Settle);
        var bare = await server.HeapAsync();
        var resident = server.Resident;
        if (page is "" or "list")
        {
            await using var viewers = new Viewers(server, feed);
            foreach (var count in Crowds)
            {
                await viewers.OpenAsync(List, count);
                await WaitAsync(Settle);
                if (count > 1)
                {
                    table.Add("live", $"list, {count} viewers: heap per viewer", (await server.HeapAsync() - bare) / count / 1024, "KB", count == 300 ? 200 : null);
                    table.Add("live", $"list, {count} viewers: resident memory per viewer", Math.Max(0, server.Resident - resident) / (double)count / 1024, "KB");
                }
                foreach (var rate in Rates) await MeasureAsync(table, "list", server, feed, viewers, rate, Window);
            }
            if (viewers.Errors > 0) table.Add("live", "list: failed pages and broken connections", viewers.Errors, "", 0.5);
        }
        if (page is "" or "list" or "wire") await WireAsync(table, server, feed);
        foreach (var (name, path, rates) in OtherPages(feed))
        {
            if (page.Length > 0 && page != name) continue;
            await using var viewers = new Viewers(server, feed);
            foreach (var count in Crowds)
            {
                await viewers.OpenAsync(path, count);
                await WaitAsync(Settle);
                foreach (var rate in rates) await MeasureAsync(table, name, server, feed, viewers, rate, ShortWindow);
            }
            if (viewers.Errors > 0) table.Add("live", $"{name}: failed pages and broken connections", viewers.Errors, "", 0.5);
        }
        var listeners = await GoneAsync(server);
        table.Add("live", "listeners left when all viewers are gone", listeners, "", 0.5);
    }

    /// <summary>How cost grows with the fleet: 100 viewers of each page at 1,000 changes/s.</summary>
    public static async Task GrowAsync(FigureTable table, int executions)
    {
        await using var feed = await BenchFeed.StartAsync(executions);
        await using var server = await ServerUnderTest.StartAsync(("Roles", "Dashboard"), ("Feed:Url", feed.Address.ToString()), ("ControlPlane:Url", "http://127.0.0.1:9/"));
        table.Add("live", $"{executions:#,0}: from start of the dashboard to live", (await server.LiveAsync(TimeSpan.FromMinutes(2))).TotalSeconds, "s");
        await using (var viewers = new Viewers(server, feed))
        {
            await viewers.OpenAsync(List, 20);
            feed.Rate = 1000;
            await WaitAsync(Window);
            feed.Rate = 0;
            await WaitAsync(Settle);
            var (before, resident) = (await server.HeapAsync(), server.Resident);
            await viewers.OpenAsync(List, 100);
            await WaitAsync(Settle);
            table.Add("live", $"{executions:#,0}: resident memory of the dashboard before", resident / 1024.0 / 1024, "MB");
            table.Add("live", $"{executions:#,0}: heap per viewer of the list", (await server.HeapAsync() - before) / 80 / 1024, "KB");
            await MeasureAsync(table, $"{executions:#,0}: list", server, feed, viewers, 1000, Window);
        }
        foreach (var (name, path, _) in OtherPages(feed))
        {
            await using var viewers = new Viewers(server, feed);
            await viewers.OpenAsync(path, 100);
            await WaitAsync(Settle);
            await MeasureAsync(table, $"{executions:#,0}: {name}", server, feed, viewers, 1000, ShortWindow);
            if (viewers.Errors > 0) table.Add("live", $"{executions:#,0}: {name}: failed pages and broken connections", viewers.Errors, "", 0.5);
        }
    }

    private static (string Name, string Path, int[] Rates)[] OtherPages(BenchFeed feed) =>
    [
        ("overview", "", Rates), ("deployment over 10,000 nodes", "deployments/" + BenchFeed.Large, Rates), ("deployment over 500 nodes", "deployments/" + BenchFeed.Small, [1000]),
        ("deployments", "deployments", [1000]),
        ("timeline", feed.TimelinePath, Rates),
    ];

    /// <summary>Waits until nobody listens to live changes any more; gives how many still do after half a minute.</summary>
    public static async Task<double> GoneAsync(ServerUnderTest server)
    {
        var clock = Stopwatch.StartNew();
        double left;
        while ((left = await server.MetricAsync("dashboard_listeners", "")) > 0 && clock.Elapsed < TimeSpan.FromSeconds(30)) await WaitAsync(TimeSpan.FromMilliseconds(250));
        return left;
    }

    private static async Task MeasureAsync(FigureTable table, string page, ServerUnderTest server, BenchFeed feed, Viewers viewers, int rate, TimeSpan window)
    {
        feed.Rate = rate;
        await WaitAsync(Settle);
        viewers.TakeLatencies();
        var (cpu, batches, bytes, committed, clock) = (server.Cpu, viewers.Batches, viewers.Bytes, feed.Committed, Stopwatch.StartNew());
        await WaitAsync(window);
        var seconds = clock.Elapsed.TotalSeconds;
        var (used, renders, sent) = (server.Cpu - cpu, viewers.Batches - batches, viewers.Bytes - bytes);
        var latencies = viewers.TakeLatencies();
        var what = $"{page}, {viewers.Count} viewer{(viewers.Count == 1 ? "" : "s")}, {(rate == 0 ? "quiet" : $"{rate:#,0} changes/s")}";
        if ((feed.Committed - committed) / seconds < 0.95 * rate) table.Add("live", $"{what}: changes that there really were", (feed.Committed - committed) / seconds, "/s");
        table.Add("live", $"{what}: CPU of the dashboard", 100 * used.TotalSeconds / seconds, "% of a core", page == "list" && viewers.Count == 300 && rate == 1000 ? 100 : null);
        if (latencies.Count > 0)
        {
            table.Add("live", $"{what}: change to render, p50", latencies.Percentile(0.5), "ms", page == "list" && viewers.Count == 1 && rate == 0 ? 25 : null);
            table.Add("live", $"{what}: change to render, p95", latencies.Percentile(0.95), "ms", page == "list" && rate == 1000 ? viewers.Count == 300 ? 250 : viewers.Count == 1 ? 200 : null : null);
            table.Add("live", $"{what}: change to render, p99", latencies.Percentile(0.99), "ms");
        }
        table.Add("live", $"{what}: renders per viewer", renders / seconds / viewers.Count, "/s");
        table.Add("live", $"{what}: bytes per viewer before compression", sent / seconds / viewers.Count / 1024, "KB/s");
        feed.Rate = 0;
    }

    private static async Task WireAsync(FigureTable table, ServerUnderTest server, BenchFeed feed)
    {
        await using var proxy = new CountingProxy(server.Address);
        await using var viewers = new Viewers(server, feed);
        await using var viewer = await viewers.OneAsync(List, proxy.Address);
        feed.Rate = 1000;
        await WaitAsync(Settle);
        var (sent, renders, clock) = (proxy.Sent, viewer.Batches, Stopwatch.StartNew());
        await WaitAsync(Window);
        table.Add("live", "list: on the wire to one viewer at 1,000 changes/s", (proxy.Sent - sent) / clock.Elapsed.TotalSeconds / 1024, "KB/s", 2);
        table.Add("live", "list: renders that this viewer got", (viewer.Batches - renders) / clock.Elapsed.TotalSeconds, "/s");
        if (viewer.Errors > 0) table.Add("live", "list: failed pages and broken connections of this viewer", viewer.Errors, "", 0.5);
        feed.Rate = 0;
    }

    private static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
