using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Browser;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;

namespace ExecutionDashboard.Benchmarks.Chaos;

/// <summary>
/// Feeds, dashboards, database and links fail at random under load, and browsers look on. After each fault all of it must work again by itself; at the end every dashboard has what the control
/// plane has, and the log neither a gap nor a double nor a write of a leader that was replaced. The same seed gives the same faults.
/// </summary>
internal static class ChaosRun
{
    private const int Tabs = 3, Executions = 10_000, ChangesPerSecond = 1_000;
    private const string IsLive = "() => document.querySelector('.freshness')?.innerText.trim().startsWith('Live') === true && document.getElementById('components-reconnect-modal')?.open !== true";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3), Pause = TimeSpan.FromMilliseconds(100), Settle = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs a number of faults. Gives whether all is well at the end.</summary>
    /// <param name="table">Takes the figures.</param>
    /// <param name="faults">How many.</param>
    /// <param name="seed">Which.</param>
    /// <param name="longest">How long one lasts at most, seconds.</param>
    public static async Task<bool> RunAsync(FigureTable table, int faults, int seed, int longest)
    {
        await using var fleet = await ChaosFleet.StartAsync(Executions, ChangesPerSecond);
        await RecoverAsync(fleet, fleet.DashboardAddresses, []);
        fleet.Execute(ChaosLog.Watch);
        await using var chromium = await Chromium.StartAsync();
        var tabs = new List<IPage>();
        for (var i = 0; i < Tabs; i++)
        {
            // A profile each, so that the balancer spreads them.
            tabs.Add(await (await chromium.Browser.NewContextAsync()).NewPageAsync());
            await tabs[i].GotoAsync(new Uri(fleet.Address, "executions").ToString());
        }
        await RecoverAsync(fleet, fleet.DashboardAddresses, tabs);

        var chance = new Random(seed);
        var (flowing, whole) = (new List<(string Kind, double Seconds)>(), new List<(string Kind, double Seconds)>());
        for (var i = 1; i <= faults; i++)
        {
            var fault = Fault.Next(fleet, chance, longest);
            var clock = Stopwatch.StartNew();
            await fault.BeginAsync();
            // Until changes reach every dashboard that it did not happen to, which may be before it is mended.
            var flows = FlowsAsync(fleet, [.. fleet.DashboardAddresses.Where(dashboard => dashboard != fault.Hits)], clock);
            await Task.Delay(fault.Lasts, TimeProvider.System);
            await fault.EndAsync();
            var mended = clock.Elapsed;
            flowing.Add((fault.Kind, await flows));
            await RecoverAsync(fleet, fleet.DashboardAddresses, tabs);
            whole.Add((fault.Kind, (clock.Elapsed - mended).TotalSeconds));
            Console.WriteLine(FormattableString.Invariant($"{i,4} {fault.Kind}: {fault.What}, {fault.Lasts.TotalSeconds:0.0} s; changes flow after {flowing[^1].Seconds:0.0} s, all well {whole[^1].Seconds:0.0} s after it was mended"));
        }

        await fleet.CalmAsync();
        foreach (var dashboard in fleet.DashboardAddresses)
            await Eventually.HoldsAsync(async () => ExecutionFacts.Difference(await ExecutionFacts.OfControlPlaneAsync(fleet.Http, fleet.Simulator), await ExecutionFacts.OfExportAsync(fleet.Http, dashboard)), 180);
        var problems = await ChaosLog.ProblemsAsync(fleet.ConnectionString);
        foreach (var problem in problems) Console.Error.WriteLine($"The log is not whole: {problem}");
        var (changes, epochs) = await ChaosLog.CountsAsync(fleet.ConnectionString);
        table.Add("chaos", "faults", faults, "");
        table.Add("chaos", "changes in the log", changes, "");
        table.Add("chaos", "times that a feed took the lead", epochs, "");
        foreach (var (what, times) in new[] { ("a fault until changes reach the dashboards again", flowing), ("the mending until all dashboards and browsers are live", whole) })
            foreach (var kind in times.GroupBy(time => time.Kind).Select(group => (group.Key, Times: group.Select(time => time.Seconds).ToList())).Append(("any", times.Select(time => time.Seconds).ToList())))
                foreach (var (name, share) in new[] { ("p50", 0.5), ("p95", 0.95), ("worst", 1.0) }) table.Add("chaos", $"{kind.Item1}: from {what}, {name}", kind.Item2.Percentile(share), "s");
        return problems.Count == 0;
    }

    // Numbers move on beyond those that were on their way when it happened.
    private static async Task<double> FlowsAsync(ChaosFleet fleet, IReadOnlyList<Uri> dashboards, Stopwatch clock)
    {
        await Task.Delay(Settle, TimeProvider.System);
        var there = (await Task.WhenAll(dashboards.Select(fleet.SequenceAsync))).Max();
        await WaitAsync(fleet, async () =>
        {
            foreach (var dashboard in dashboards)
                if (await fleet.SequenceAsync(dashboard) is var has && has <= there) return $"{dashboard} has {has} of {there}: {await fleet.StateAsync(dashboard)}";
            return null;
        });
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task RecoverAsync(ChaosFleet fleet, IReadOnlyList<Uri> dashboards, IReadOnlyList<IPage> tabs)
    {
        foreach (var dashboard in dashboards) await WaitAsync(fleet, async () => await fleet.StateAsync(dashboard) is var state && state == "live" ? null : $"{dashboard} is {state}");
        await FlowsAsync(fleet, dashboards, new Stopwatch());
        foreach (var tab in tabs)
            await WaitAsync(fleet, async () =>
            {
                try
                {
                    return await tab.EvaluateAsync<bool>(IsLive) ? null : $"a browser shows '{await tab.EvaluateAsync<string>("() => document.body.innerText.slice(0, 200)")}'";
                }
                catch (PlaywrightException e)
                {
                    // It is loading the page again.
                    return e.Message;
                }
            });
    }

    private static async Task WaitAsync(ChaosFleet fleet, Func<Task<string?>> problem)
    {
        var clock = Stopwatch.StartNew();
        while (await problem() is { } last)
        {
            if (clock.Elapsed > Limit) throw new TimeoutException($"Not within {Limit}: {last}\n{fleet.Tails(12)}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
