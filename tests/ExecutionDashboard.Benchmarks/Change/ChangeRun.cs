using System.Diagnostics;
using System.Globalization;
using ExecutionDashboard.Benchmarks.Browser;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Benchmarks.Live;
using ExecutionDashboard.IntegrationTests.Circuits;
using Microsoft.Playwright;

namespace ExecutionDashboard.Benchmarks.Change;

/// <summary>From a change at the control plane to its text in a browser, what the control plane is asked for meanwhile, and what typing a filter takes.</summary>
internal static class ChangeRun
{
    private const string List = "executions?sort=-created&columns=execution,job,node,state,message,updated";
    private const int OnScreen = 10, Filters = 12, Opens = 5, MarkDigits = 6;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5), Window = TimeSpan.FromSeconds(30), LeastBetweenMarks = TimeSpan.FromMilliseconds(500);
    private const int MoreBetweenMarks = 700;

    /// <summary>All of it, or one part: <c>first</c> (first pages of servers just started), <c>open</c> (first rows of a warm one), <c>filter</c>, <c>quiet</c> or <c>busy</c> (changes).</summary>
    public static async Task RunAsync(FigureTable table, int executions = 10_000, string part = "")
    {
        bool Has(string name) => part.Length == 0 || part == name;
        await using var server = await BenchControlPlane.StartAsync(executions, executions / 10);
        await using var wire = new CountingProxy(server.Address);
        await using var chromium = await Chromium.StartAsync();
        if (Has("first")) await FirstPageAsync(table, chromium, wire.Address);
        if (part == "first") return;
        await using var both = await StartAsync(wire.Address);
        await both.LiveAsync(TimeSpan.FromMinutes(2));
        await WaitAsync(Settle);
        if (Has("quiet")) await BytesAsync(table, wire, "nobody looks, quiet");
        if (Has("open")) await OpenAsync(table, chromium, both);
        if (part == "open") return;
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(both.Address, List).ToString());
        await page.EvaluateAsync<double>(Scripts.LiveRows);
        if (Has("filter")) await FilterAsync(table, page);
        await WaitAsync(Settle);
        if (Has("quiet")) await ChangesAsync(table, page, server, both, wire, executions, 0);
        if (Has("busy")) await ChangesAsync(table, page, server, both, wire, executions, 1000);
    }

    private static Task<ServerUnderTest> StartAsync(Uri controlPlane) => ServerUnderTest.StartAsync(("Roles", "Feed,Dashboard"), ("ControlPlane:Url", controlPlane.ToString()));

    private static async Task ChangesAsync(FigureTable table, IPage page, BenchControlPlane server, ServerUnderTest both, CountingProxy wire, int executions, int rate)
    {
        using var stop = new CancellationTokenSource();
        var changing = rate == 0 ? Task.CompletedTask : Task.Run(() => FloodAsync(server, executions, rate, stop.Token), CancellationToken.None);
        await WaitAsync(Settle);
        await page.EvaluateAsync(Scripts.WatchMarks);
        var (made, random, mark) = (new Dictionary<int, double>(), new Random(7), rate);
        var (sent, cpu, clock) = (wire.Sent, both.Cpu, Stopwatch.StartNew());
        while (clock.Elapsed < Window)
        {
            await WaitAsync(LeastBetweenMarks + TimeSpan.FromMilliseconds(random.Next(MoreBetweenMarks)));
            made[++mark] = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            server.Change(mark % OnScreen, "mark-" + mark.ToString("d" + MarkDigits, CultureInfo.InvariantCulture));
        }
        var (seconds, bytes, used) = (clock.Elapsed.TotalSeconds, wire.Sent - sent, both.Cpu - cpu);
        await WaitAsync(TimeSpan.FromSeconds(2));
        var seen = await page.EvaluateAsync<double[][]>("() => window.seenMarks");
        await stop.CancelAsync();
        await changing;
        var late = seen.Where(s => made.ContainsKey((int)s[0])).Select(s => s[1] - made[(int)s[0]]).ToArray();
        var what = rate == 0 ? "quiet" : $"{rate:#,0} changes/s";
        table.Add("change", $"{what}: control plane to text in the browser, p50", late.Percentile(0.5), "ms");
        table.Add("change", $"{what}: control plane to text in the browser, worst", late.Percentile(1), "ms");
        table.Add("change", $"{what}: from the control plane", bytes / seconds / 1024, "KB/s");
        table.Add("change", $"{what}: CPU of feed and dashboard", 100 * used.TotalSeconds / seconds, "% of a core");
    }

    private static async Task FloodAsync(BenchControlPlane server, int executions, int rate, CancellationToken stop)
    {
        var (random, clock, made) = (new Random(11), Stopwatch.StartNew(), 0L);
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(TimeSpan.FromMilliseconds(10));
            for (; made < clock.Elapsed.TotalSeconds * rate; made++) server.Change(OnScreen + random.Next(executions - OnScreen), $"change {made}");
        }
    }

    private static async Task BytesAsync(FigureTable table, CountingProxy wire, string what)
    {
        var (sent, clock) = (wire.Sent, Stopwatch.StartNew());
        await WaitAsync(TimeSpan.FromSeconds(15));
        table.Add("change", $"{what}: from the control plane", (wire.Sent - sent) / clock.Elapsed.TotalSeconds / 1024, "KB/s");
    }

    // From the last key to a list of one row.
    private static async Task FilterAsync(FigureTable table, IPage page)
    {
        var took = new List<double>();
        for (var i = 0; i < Filters; i++)
        {
            var id = $"exec-{1000 + 37 * i:d8}";
            await page.FillAsync("input[type=search]", "");
            await page.WaitForFunctionAsync("() => document.querySelectorAll('tr[data-index] .name').length > 10");
            await WaitAsync(TimeSpan.FromMilliseconds(400));
            await page.EvaluateAsync("""
                () => { window.lastKey = 0; window.narrowed = 0;
                  document.querySelector('input[type=search]').addEventListener('input', () => { window.lastKey = performance.now(); });
                  const look = () => { if (window.lastKey && document.querySelectorAll('tr[data-index] .name').length === 1) window.narrowed ||= performance.now(); };
                  window.narrowing?.disconnect();
                  window.narrowing = new MutationObserver(look);
                  window.narrowing.observe(document.querySelector('.rows'), { childList: true, subtree: true, characterData: true }); }
                """);
            await page.Locator("input[type=search]").PressSequentiallyAsync(id, new() { Delay = 80 });
            await page.WaitForFunctionAsync("() => window.narrowed > 0");
            took.Add(await page.EvaluateAsync<double>("() => window.narrowed - window.lastKey"));
        }
        await page.FillAsync("input[type=search]", "");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('tr[data-index] .name').length > 10");
        table.Add("change", "filter to one row, from the last key, p50", took.Percentile(0.5), "ms");
    }

    // The first page of a process that has just become ready.
    private static async Task FirstPageAsync(FigureTable table, Chromium chromium, Uri controlPlane)
    {
        var (first, start) = (new List<double>(), new List<double>());
        for (var i = 0; i < Opens; i++)
        {
            var clock = Stopwatch.StartNew();
            await using var both = await StartAsync(controlPlane);
            await both.LiveAsync(TimeSpan.FromMinutes(2));
            start.Add(clock.Elapsed.TotalMilliseconds);
            first.Add((await OnceAsync(chromium, both)).Rows);
        }
        table.Add("change", "from start of the process until it is live, p50", start.Percentile(0.5), "ms");
        table.Add("change", "first rows, cold browser, server just started, p50", first.Percentile(0.5), "ms");
    }

    private static async Task OpenAsync(FigureTable table, Chromium chromium, ServerUnderTest both)
    {
        await OnceAsync(chromium, both);
        var opens = new List<(double Rows, double Live)>();
        for (var i = 0; i < 2 * Opens; i++) opens.Add(await OnceAsync(chromium, both));
        table.Add("change", "first rows, cold browser, warm server, p50", opens.Select(o => o.Rows).ToArray().Percentile(0.5), "ms");
        table.Add("change", "until a row takes a click, cold browser, warm server, p50", opens.Select(o => o.Live).ToArray().Percentile(0.5), "ms");
    }

    private static async Task<(double Rows, double Live)> OnceAsync(Chromium chromium, ServerUnderTest both)
    {
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(both.Address, List).ToString(), new() { WaitUntil = WaitUntilState.Commit });
        return (await page.EvaluateAsync<double>(Scripts.FirstRows), await page.EvaluateAsync<double>(Scripts.LiveRows));
    }

    private static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
