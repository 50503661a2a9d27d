using ExecutionDashboard.Fleet;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutBlocksTests
{
    [Fact]
    public void Of_CanaryAndWaves_CanariesFirstThenByCreationWithTheirWave()
    {
        var deployment = Rollout(8, "in_progress", "n006") with { CurrentWave = 3, Strategy = new RolloutStrategy { Kind = "canary", MaxParallel = 2 } };
        var blocks = RolloutBlocks.Of(deployment, Store([.. Many(6, 1, "running"), .. Many(2, 2, "running", 60), .. Many(0, 2, "starting", 120)]));
        Assert.Equal([("n006", true, 1), ("n002", false, 2), ("n003", false, 2), ("n000", false, 3), ("n001", false, 3)], blocks.Select(b => (b.NodeId, b.IsCanary, b.Wave)));
    }

    [Fact]
    public void Of_NodeTriedAgainLater_KeepsTheWaveOfItsFirstExecution()
    {
        var deployment = Rollout(4) with { CurrentWave = 2, Strategy = new RolloutStrategy { Kind = "rolling", MaxParallel = 2 } };
        var blocks = RolloutBlocks.Of(deployment, Store(On("a", "failed", 0), On("b", "running", 0), On("c", "running", 60), On("a", "running", 90, id: "again")));
        Assert.Equal([("again", 1), ("dep/b/0", 1), ("dep/c/60", 2)], blocks.Select(b => (b.ExecutionId, b.Wave)));
    }

    [Fact]
    public void Of_PercentPerWave_CountsOfTheTotal()
    {
        var deployment = Rollout(20) with { CurrentWave = 2, Strategy = new RolloutStrategy { Kind = "rolling", MaxParallel = 10, ParallelIsPercent = true } };
        Assert.Equal([1, 1, 2, 2], RolloutBlocks.Of(deployment, Store([.. Many(0, 4, "running")])).Select(b => b.Wave));
    }

    [Fact]
    public void Of_NothingSaysTheSizeOfAWave_WaveIsNotKnown() => Assert.Equal(0, Assert.Single(RolloutBlocks.Of(Rollout(), Store(On("a", "running")))).Wave);

    [Fact]
    public void Of_NoExecutions_Empty() => Assert.Empty(RolloutBlocks.Of(Rollout(5), new FleetStore()));

    [Fact]
    public void Executions_NodeTriedTwice_OnlyTheNewestWhole() =>
        Assert.Equal("again", Assert.Single(RolloutBlocks.Executions(Rollout(5), Store(On("a", "failed"), On("a", "running", 9, id: "again")))).Id);
}
