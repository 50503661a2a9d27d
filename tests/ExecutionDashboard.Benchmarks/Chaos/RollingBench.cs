using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Browser;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.IntegrationTests.Chaos;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;

namespace ExecutionDashboard.Benchmarks.Chaos;

/// <summary>A rolling update from another build to this one under load: one process at a time is stopped and started anew. Viewers stay at their place.</summary>
internal static class RollingBench
{
    private const string ChromiumFile = "/usr/bin/chromium", Page = "executions?state=running&sort=-created";
    private const int Viewers = 6, ScrolledTo = 3_400;
    private static readonly ChaosSize Size = new(Executions: 10_000, ChangesPerSecond: 1_000, LeaseSeconds: 10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Updates everything. Gives whether all was well.</summary>
    /// <param name="table">Takes the figures.</param>
    /// <param name="other">The program of the other build.</param>
    public static async Task<bool> RunAsync(FigureTable table, string other)
    {
        // Of Redis the other build need not know.
        await using var fleet = await ChaosFleet.StartAsync(Size, other, withRedis: false);
        var viewers = Enumerable.Range(0, Viewers).Select(i => new ChaosViewer(fleet.Address, i % 2 == 0 ? Page : "executions")).ToList();
        await using var chromium = File.Exists(ChromiumFile) ? await Chromium.StartAsync() : null;
        IReadOnlyList<string> problems = [];
        try
        {
            var tab = chromium is null ? null : await chromium.Browser.NewPageAsync();
            if (tab is not null) await tab.GotoAsync(new Uri(fleet.Address, Page).ToString());
            var run = new ChaosRun(fleet, tab is null ? viewers : [.. viewers, new BrowserViewer(tab, new Uri(fleet.Address, Page).ToString())], Limit);
            await run.BeginAsync();
            if (tab is not null) await tab.Locator(".rows").EvaluateAsync($"e => {{ e.scrollTop = {ScrolledTo}; }}");
            // The one that stands by first: who leads goes on meanwhile.
            var leader = await run.LeaderAsync() ?? 0;
            var worst = 0.0;
            foreach (var program in fleet.Programs.OrderBy(program => program == 1 - leader ? -1 : program))
            {
                var clock = Stopwatch.StartNew();
                await fleet.StopAsync(program);
                await fleet.StartAsync(program, PartProcess.ProgramPath());
                await run.LiveAsync();
                worst = Math.Max(worst, clock.Elapsed.TotalSeconds);
                Console.WriteLine(FormattableString.Invariant($"{ChaosFleet.NameOf(program)} is updated, and all is live after {clock.Elapsed.TotalSeconds:0.0} s"));
                if (tab is not null && await PlaceAsync(tab) is { } lost) problems = [.. problems, $"{ChaosFleet.NameOf(program)}: {lost}"];
            }
            problems = [.. problems, .. await run.EndAsync()];
            table.Add("rolling", "processes updated", fleet.Programs.Count, "");
            table.Add("rolling", "from the stop of one until all is live, worst", worst, "s");
            table.Add("rolling", $"page loads of {Viewers} viewers", viewers.Sum(viewer => viewer.Loads), "");
        }
        catch (TimeoutException e)
        {
            problems = [e.Message];
        }
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        return problems.Count == 0;
    }

    private static async Task<string?> PlaceAsync(IPage tab)
    {
        var top = await tab.Locator(".rows").EvaluateAsync<int>("e => Math.round(e.scrollTop)");
        return top == ScrolledTo ? null : FormattableString.Invariant($"The list of the browser is at {top} instead of {ScrolledTo} px.");
    }
}
