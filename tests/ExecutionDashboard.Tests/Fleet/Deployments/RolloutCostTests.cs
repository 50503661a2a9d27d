using System.Diagnostics;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using Xunit.Abstractions;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

/// <summary>What a page may ask for at every refresh must not grow beyond one pass over the executions. The bound leaves room for a busy machine; a cost that grows with the square passes it.</summary>
public class RolloutCostTests(ITestOutputHelper output)
{
    private const int Nodes = 10_000;
    private const double Bound = 1000;

    [Fact]
    public void Of_TenThousandNodes_StaysCheap()
    {
        var nodes = Enumerable.Range(0, Nodes).Select(i => new Node
        {
            Id = $"n{i:000}", Connection = "connected", OperatingSystem = "linux", Architecture = "arm64",
            Labels = Enumerable.Range(0, 8).ToDictionary(l => $"label{l}", l => $"v{i % (l + 2)}"),
        });
        var executions = Enumerable.Range(0, Nodes).SelectMany(i => Many(i, 1, i % 50 == 0 ? "failed" : "running", i / 500 * 60));
        var store = StoreOf(nodes, executions);
        var deployment = Rollout(Nodes + 500, "in_progress", "n000", "n001") with { CanaryPromoted = true, CurrentWave = 20, TotalWaves = 21, Strategy = new RolloutStrategy { Kind = "canary", MaxParallel = 500 } };
        var progress = RolloutSummary.Of(deployment, store).Progress;
        Assert.Equal((9_800, 200, 500), (progress.Healthy, progress.Failed, progress.NotPlaced));
        var summary = RolloutSummary.Of(deployment, store);
        Cheap("summary", () => RolloutSummary.Of(deployment, store));
        Cheap("blocks", () => RolloutBlocks.ByWave(summary));
        Cheap("phases", () => RolloutPhases.Of(summary));
        Cheap("estimate", () => RolloutEstimate.Of(summary, Start.AddMinutes(21)));
        Cheap("reach", () => RolloutReach.Of(summary, store));
        Cheap("verdict", () => CanaryVerdict.Of(deployment, store));
        Cheap("traits", () => CommonTraits.Of(summary, store));
        Cheap("failures", () => FailureGroups.Of(deployment, store));
    }

    private void Cheap(string what, Func<object> work)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 9; i++)
        {
            var watch = Stopwatch.StartNew();
            work();
            if (watch.Elapsed < best) best = watch.Elapsed;
        }
        output.WriteLine($"{what}: {best.TotalMilliseconds:0.00} ms");
        Assert.True(best.TotalMilliseconds < Bound, $"{what}: {best.TotalMilliseconds} ms");
    }
}
