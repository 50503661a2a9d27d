using System.Globalization;
using ExecutionDashboard.Benchmarks.Browser;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.IntegrationTests.Chaos;

namespace ExecutionDashboard.Benchmarks.Chaos;

/// <summary>Random faults of everything under 1,000 changes a second, with viewers and a browser. The same seed gives the same faults.</summary>
internal static class ChaosBench
{
    private const string ChromiumFile = "/usr/bin/chromium", Page = "executions?sort=-created";
    private const int Viewers = 6;
    private static readonly ChaosSize Size = new(Executions: 10_000, ChangesPerSecond: 1_000, LeaseSeconds: 10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs a number of faults. Gives whether all was well.</summary>
    /// <param name="table">Takes the figures.</param>
    /// <param name="faults">How many.</param>
    /// <param name="seed">Which.</param>
    /// <param name="longest">How long one lasts at most, seconds.</param>
    public static async Task<bool> RunAsync(FigureTable table, int faults, int seed, int longest)
    {
        Console.WriteLine(FormattableString.Invariant($"{faults} faults of at most {longest} s, seed {seed}"));
        await using var fleet = await ChaosFleet.StartAsync(Size);
        var viewers = Enumerable.Range(0, Viewers).Select(i => new ChaosViewer(fleet.Address, i % 2 == 0 ? Page : "executions")).ToList();
        await using var chromium = File.Exists(ChromiumFile) ? await Chromium.StartAsync() : null;
        var all = new List<IChaosViewer>(viewers);
        if (chromium is not null) all.Add(await OpenAsync(chromium, new Uri(fleet.Address, Page).ToString()));
        var (recoveries, problems) = (new List<Recovery>(), (IReadOnlyList<string>)[]);
        try
        {
            var run = new ChaosRun(fleet, all, Limit);
            await run.BeginAsync();
            var chance = new Random(seed);
            for (var i = 1; i <= faults; i++)
            {
                var fault = Fault.Next(fleet, chance, longest);
                Console.Write(FormattableString.Invariant($"{i,4} {fault.Kind}: {fault.What}, {fault.Lasts.TotalSeconds:0.0} s"));
                recoveries.Add(await run.FailAsync(fault));
                Console.WriteLine(FormattableString.Invariant($"; changes flow after {recoveries[^1].Flows:0.0} s, all live {recoveries[^1].Live:0.0} s after it was mended"));
            }
            problems = await run.EndAsync();
        }
        catch (TimeoutException e)
        {
            problems = [e.Message];
        }
        foreach (var viewer in viewers) await viewer.DisposeAsync();
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        await AddAsync(table, fleet, recoveries, viewers.Sum(viewer => viewer.Loads));
        return problems.Count == 0;
    }

    private static async Task<IChaosViewer> OpenAsync(Chromium chromium, string address)
    {
        var page = await chromium.Browser.NewPageAsync();
        await page.GotoAsync(address);
        return new BrowserViewer(page, address);
    }

    private static async Task AddAsync(FigureTable table, ChaosFleet fleet, List<Recovery> recoveries, int loads)
    {
        var (changes, epochs) = await ChaosLog.CountsAsync(fleet.ConnectionString);
        table.Add("chaos", "faults", recoveries.Count, "");
        table.Add("chaos", "changes in the log", changes, "");
        table.Add("chaos", "epochs in which something was written", epochs, "");
        table.Add("chaos", $"page loads of {Viewers.ToString(CultureInfo.InvariantCulture)} viewers", loads, "");
        if (recoveries.Count == 0) return;
        foreach (var (kind, of) in recoveries.GroupBy(recovery => recovery.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.ToList())).Append(("all", recoveries)))
        {
            Add("from the fault until changes flow", recovery => recovery.Flows);
            Add("from its end until all is live", recovery => recovery.Live);

            void Add(string what, Func<Recovery, double> seconds)
            {
                foreach (var (name, share) in new[] { ("p50", 0.5), ("p95", 0.95) }) table.Add("chaos", $"{kind} ({of.Count}): {what}, {name}", of.Select(seconds).ToList().Percentile(share), "s");
            }
        }
    }
}
