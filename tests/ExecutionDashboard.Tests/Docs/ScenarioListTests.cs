using ExecutionDashboard.Simulator.Fleet;

namespace ExecutionDashboard.Tests.Docs;

/// <summary>docs/scenarios.md against the scenarios there are.</summary>
public class ScenarioListTests
{
    [Fact]
    public void Tables_HaveEachScenarioOnce()
    {
        var named = File.ReadLines(Path.Combine(Repository.Root, "docs", "scenarios.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(Scenarios.All.Select(s => s.Name).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }
}
