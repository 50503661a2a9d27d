using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Benchmarks.Live;
using ExecutionDashboard.Benchmarks.Store;
using ExecutionDashboard.Live;
using Microsoft.Playwright;

namespace ExecutionDashboard.Benchmarks.Browser;

/// <summary>Measures in a browser: time to the first rows, lag of a change, scrolling of 100,000 rows, and memory after an hour of changes.</summary>
internal static class BrowserRun
{
    private const string List = "executions?sort=-created";
    private const int Opens = 7;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15), Scrolling = TimeSpan.FromSeconds(5), Flood = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(FigureTable table, int executions = 100_000)
    {
        await using var feed = await BenchFeed.StartAsync(executions);
        var clock = Stopwatch.StartNew();
        await using var server = await ServerUnderTest.StartAsync(("Roles", "Dashboard"), ("Feed:Url", feed.Address.ToString()), ("ControlPlane:Url", "http://127.0.0.1:9/"));
        await server.Http.GetStringAsync(server.Address);
        table.Add("browser", "from start of the process to its first page", clock.Elapsed.TotalSeconds, "s", 3);
        await server.LiveAsync(TimeSpan.FromMinutes(2));
        await using var chromium = await Chromium.StartAsync();
        void Add(string what, double value, string unit, double? budget = null, bool isRate = false) => table.Add("browser", what, value, unit, budget, isRate);
        await FirstRowsAsync(Add, chromium, server);
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await OpenAsync(page, server);
        await LatencyAsync(Add, page, feed, 0, 25);
        await LatencyAsync(Add, page, feed, 1000, 200);
        await ScrollAsync(Add, page, feed);
        await FloodAsync(table, context, page, feed);
        await RolloutAsync(table, context, server, feed);
        await MapAsync(table, context, server, feed);
    }

    /// <summary>The list with a fleet of another size, without budgets.</summary>
    public static async Task GrowAsync(FigureTable table, int executions)
    {
        await using var feed = await BenchFeed.StartAsync(executions);
        await using var server = await ServerUnderTest.StartAsync(("Roles", "Dashboard"), ("Feed:Url", feed.Address.ToString()), ("ControlPlane:Url", "http://127.0.0.1:9/"));
        await server.LiveAsync(TimeSpan.FromMinutes(2));
        await using var chromium = await Chromium.StartAsync();
        void Add(string what, double value, string unit, double? budget = null, bool isRate = false) => table.Add("browser", $"{executions:#,0}: {what}", value, unit);
        await FirstRowsAsync(Add, chromium, server);
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await OpenAsync(page, server);
        await LatencyAsync(Add, page, feed, 1000, 200);
        await ScrollAsync(Add, page, feed);
    }

    private delegate void Adding(string what, double value, string unit, double? budget = null, bool isRate = false);

    /// <summary>Opens the list; returns the milliseconds until its rows are shown, and until they are live.</summary>
    private static async Task<(double Rows, double Live)> OpenAsync(IPage page, ServerUnderTest server)
    {
        await page.GotoAsync(new Uri(server.Address, List).ToString(), new() { WaitUntil = WaitUntilState.Commit });
        var rows = await page.EvaluateAsync<double>(Scripts.FirstRows);
        return (rows, await page.EvaluateAsync<double>(Scripts.LiveRows));
    }

    private static async Task FirstRowsAsync(Adding add, Chromium chromium, ServerUnderTest server)
    {
        var (cold, warm) = (new List<(double Rows, double Live)>(), new List<(double Rows, double Live)>());
        for (var i = 0; i < Opens; i++)
        {
            await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
            var page = await context.NewPageAsync();
            cold.Add(await OpenAsync(page, server));
            warm.Add(await OpenAsync(page, server));
        }
        foreach (var (cache, opens) in new[] { ("empty", cold), ("warm", warm) })
        {
            add($"first rows on the screen, {cache} cache, median", opens.Select(o => o.Rows).ToArray().Percentile(0.5), "ms", cache == "empty" ? 800 : null);
            add($"first rows live, {cache} cache, median", opens.Select(o => o.Live).ToArray().Percentile(0.5), "ms");
        }
    }

    private static async Task LatencyAsync(Adding add, IPage page, BenchFeed feed, int rate, double budget)
    {
        feed.Rate = rate;
        await page.EvaluateAsync(Scripts.WatchMarks);
        await Task.Delay(Window, TimeProvider.System);
        var seen = await page.EvaluateAsync<double[][]>("() => window.seenMarks");
        feed.Rate = 0;
        var late = seen.Select(mark => mark[1] - feed.MarkedAt((int)mark[0])).Where(ms => ms > 0).ToArray();
        add($"change in the feed to the document, {rate:#,0} changes/s, p50", late.Percentile(0.5), "ms", rate == 0 ? budget : null);
        add($"change in the feed to the document, {rate:#,0} changes/s, p95", late.Percentile(0.95), "ms", rate == 0 ? null : budget);
    }

    private static async Task ScrollAsync(Adding add, IPage page, BenchFeed feed)
    {
        feed.Rate = 1000;
        var frames = await page.EvaluateAsync<ScrollFrames>(Scripts.Scroll, new { ms = Scrolling.TotalMilliseconds, pixelsPerSecond = 3600 });
        feed.Rate = 0;
        add("scrolling all rows at 1,000 changes/s: frames", 1000 * frames.Deltas.Length / frames.Deltas.Sum(), "/s", 55, isRate: true);
        add("scrolling: a frame takes, p95", frames.Deltas.Percentile(0.95), "ms");
        add("scrolling: frames with a blank screen", 100.0 * frames.Blank / frames.Deltas.Length, "%", 0.5);
    }

    private static async Task FloodAsync(FigureTable table, IBrowserContext context, IPage page, BenchFeed feed)
    {
        await using var session = new Cdp(await context.NewCDPSessionAsync(page));
        var before = await session.HeapAsync();
        await page.EvaluateAsync(Scripts.WatchLongTasks);
        var committed = feed.Committed;
        feed.Rate = 5000;
        await Task.Delay(Flood, TimeProvider.System);
        feed.Rate = 0;
        var long_ = await page.EvaluateAsync<double[]>("() => window.longTasks");
        table.Add("browser", $"script heap grown after {feed.Committed - committed:#,0} changes", (await session.HeapAsync() - before) / 1024 / 1024, "MB", 2);
        table.Add("browser", "long tasks (over 50 ms) in that minute", long_.Length, "", 5);
    }

    private static async Task RolloutAsync(FigureTable table, IBrowserContext context, ServerUnderTest server, BenchFeed feed)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, "deployments/" + BenchFeed.Large).ToString());
        await page.Locator(".phases").WaitForAsync();
        await using var session = new Cdp(await context.NewCDPSessionAsync(page));
        feed.Rate = 1000;
        var before = await session.TaskSecondsAsync();
        await Task.Delay(Window, TimeProvider.System);
        var ticks = Window.TotalSeconds / LiveSignals.Interval.TotalSeconds;
        table.Add("browser", "page of a rollout: cost of a tick", 1000 * (await session.TaskSecondsAsync() - before) / ticks, "ms", 16);
        feed.Rate = 0;
    }

    private static async Task MapAsync(FigureTable table, IBrowserContext context, ServerUnderTest server, BenchFeed feed)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, "nodes?view=map").ToString());
        await page.Locator(".map-host canvas").First.WaitForAsync();
        feed.Rate = 1000;
        await using var session = new Cdp(await context.NewCDPSessionAsync(page));
        var before = await session.TaskSecondsAsync();
        var frames = await page.EvaluateAsync<double[]>(Scripts.Frames, Scrolling.TotalMilliseconds);
        var worked = await session.TaskSecondsAsync() - before;
        feed.Rate = 0;
        table.Add("browser", $"map of {SampleFleet.Nodes:#,0} nodes at 1,000 changes/s: frames", 1000 * frames.Length / frames.Sum(), "/s", 55, isRate: true);
        table.Add("browser", "map: cost of a frame", 1000 * worked / frames.Length, "ms", 16);
    }

    private sealed record ScrollFrames
    {
        public double[] Deltas { get; init; } = [];
        public int Blank { get; init; }
    }
}
