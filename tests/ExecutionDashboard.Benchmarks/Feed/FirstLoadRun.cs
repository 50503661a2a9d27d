using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Benchmarks.Live;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>The whole path over HTTP: simulator, feed and dashboard in separate processes.</summary>
internal static class FirstLoadRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5), Warm = TimeSpan.FromSeconds(5), Window = TimeSpan.FromSeconds(15);

    /// <summary>First load of a fleet, and a steady stream of changes afterwards.</summary>
    public static async Task RunAsync(FigureTable table, int executions = 1_000_000)
    {
        await LoadAsync(table, executions);
        foreach (var rate in new[] { 1000, 5000 }) await KeepUpAsync(table, rate);
    }

    /// <summary>First load of a fleet, from the start of feed and dashboard until their pages are live.</summary>
    public static async Task LoadAsync(FigureTable table, int executions)
    {
        var nodes = executions / 100;
        await using var simulator = await StartSimulatorAsync(executions, nodes, 0);
        var clock = Stopwatch.StartNew();
        await using var both = await StartWatchingAsync(simulator);
        var listening = clock.Elapsed;
        await both.LiveAsync(Limit);
        var loaded = await both.MetricAsync("dashboard_executions", "");
        table.Add("feed", $"first load over HTTP, {loaded:#,0} executions, {nodes:#,0} nodes", clock.Elapsed.TotalSeconds, "s", executions >= 1_000_000 ? 40 : null);
        table.Add("feed", "from start of the process until it listens", listening.TotalSeconds, "s", 3);
        table.Add("feed", "resident memory of feed and dashboard, per execution", both.Resident / loaded, "B");
    }

    /// <summary>A steady stream of changes: how many of them the feed stores, and what that costs.</summary>
    public static async Task KeepUpAsync(FigureTable table, int rate, int executions = 100_000)
    {
        await using var simulator = await StartSimulatorAsync(executions, executions / 10, rate);
        await using var both = await StartWatchingAsync(simulator);
        await both.LiveAsync(Limit);
        await Task.Delay(Warm, TimeProvider.System);
        var (stored, cpu, clock) = (await both.MetricAsync("feed_changes_total", ""), both.Cpu, Stopwatch.StartNew());
        await Task.Delay(Window, TimeProvider.System);
        var seconds = clock.Elapsed.TotalSeconds;
        table.Add("feed", $"changes followed of {rate:#,0}/s asked of the simulator", (await both.MetricAsync("feed_changes_total", "") - stored) / seconds, "changes/s");
        table.Add("feed", $"CPU of feed and dashboard at {rate:#,0} changes/s, nobody looking", 100 * (both.Cpu - cpu).TotalSeconds / seconds, "% of a core");
    }

    private static Task<ServerUnderTest> StartSimulatorAsync(int executions, int nodes, int rate) => ServerUnderTest.StartAsync(
        ("Roles", "Simulator"), ("Simulator:Executions", $"{executions}"), ("Simulator:Nodes", $"{nodes}"), ("Simulator:ChangesPerSecond", $"{rate}"));

    private static Task<ServerUnderTest> StartWatchingAsync(ServerUnderTest simulator) => ServerUnderTest.StartAsync(
        ("Roles", "Feed,Dashboard"), ("ControlPlane:Url", new Uri(simulator.Address, "simulator/api/v1").ToString()));
}
