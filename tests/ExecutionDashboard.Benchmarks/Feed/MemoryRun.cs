using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.Benchmarks.Live;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.Benchmarks.Feed;

/// <summary>Memory of one process with feed and dashboard, the simulator in another one: after a first load, and after a restart with its log. Ten executions a node.</summary>
internal static class MemoryRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5), Rest = TimeSpan.FromSeconds(20);

    /// <summary>At one size.</summary>
    public static async Task RunAsync(FigureTable table, int executions)
    {
        void Add(string what, double value, string unit, double? budget = null) => table.Add("memory", $"{executions:#,0}: {what}", value, unit, executions >= 1_000_000 ? budget : null);
        using var folder = new TemporaryFolder();
        await using (var simulator = await ServerUnderTest.StartAsync(
            ("Roles", "Simulator"), ("Simulator:Executions", $"{executions}"), ("Simulator:Nodes", $"{executions / 10}"), ("Simulator:ChangesPerSecond", "0")))
            foreach (var start in new[] { "first load", "restart" })
            {
                await using var both = await ServerUnderTest.StartAsync(
                    ("Roles", "Feed,Dashboard"), ("ControlPlane:Url", new Uri(simulator.Address, "simulator/api/v1").ToString()), ("Storage:ConnectionString", folder["fleet.db"]));
                Add($"{start}, until live", (await both.LiveAsync(Limit)).TotalSeconds, "s");
                await Task.Delay(Rest, TimeProvider.System);
                Add($"{start}, resident 20 s later", both.Resident / 1e6, "MB", 900);
                var heap = await both.HeapAsync();
                Add($"{start}, heap after a collection", heap / 1e6, "MB");
                Add($"{start}, heap per execution, nodes and all", heap / executions, "B");
            }
        foreach (var (what, bytes) in await ProcessMemory.CountAsync(executions)) Add(what, bytes, "B");
    }
}
