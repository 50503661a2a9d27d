using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutBlocksTests
{
    [Fact]
    public void Of_CanaryAndWaves_CanariesFirstThenByCreationWithTheirWave()
    {
        var deployment = Rollout(8, "in_progress", "n006") with { CurrentWave = 3, Strategy = new RolloutStrategy { Kind = "canary", MaxParallel = 2 } };
        var blocks = RolloutBlocks.Of(RolloutSummary.Of(deployment, StoreOf([.. Many(6, 1, "running"), .. Many(2, 2, "running", 60), .. Many(0, 2, "starting", 120)])));
        Assert.Equal([("n006", true, 1), ("n002", false, 2), ("n003", false, 2), ("n000", false, 3), ("n001", false, 3)], blocks.Select(b => (b.NodeId, b.IsCanary, b.Wave)));
    }

    [Fact]
    public void Of_NodeTriedAgainLater_KeepsTheWaveOfItsFirstExecution()
    {
        var deployment = Rollout(4) with { CurrentWave = 2, Strategy = new RolloutStrategy { Kind = "rolling", MaxParallel = 2 } };
        var blocks = RolloutBlocks.Of(RolloutSummary.Of(deployment, StoreOf(On("a", "failed", 0), On("b", "running", 0), On("c", "running", 60), On("a", "running", 90, id: "again"))));
        Assert.Equal([("again", 1), ("dep/b/0", 1), ("dep/c/60", 2)], blocks.Select(b => (b.ExecutionId, b.Wave)));
    }

    [Fact]
    public void Of_PercentPerWave_CountsOfTheTotal()
    {
        var deployment = Rollout(20) with { CurrentWave = 2, Strategy = new RolloutStrategy { Kind = "rolling", MaxParallel = 10, ParallelIsPercent = true } };
        Assert.Equal([1, 1, 2, 2], RolloutBlocks.Of(RolloutSummary.Of(deployment, StoreOf([.. Many(0, 4, "running")]))).Select(b => b.Wave));
    }

    [Fact]
    public void Of_NothingSaysTheSizeOfAWave_WaveIsNotKnown() => Assert.Equal(0, Assert.Single(RolloutBlocks.Of(RolloutSummary.Of(Rollout(), StoreOf(On("a", "running"))))).Wave);

    [Fact]
    public void Of_NoExecutions_Empty() => Assert.Empty(RolloutBlocks.Of(RolloutSummary.Of(Rollout(5), new FleetStore())));

    [Fact]
    public void Of_MoreThanFit_NoneOneByOneButEveryWaveCounted()
    {
        var deployment = Rollout(800) with { CurrentWave = 2, Strategy = new RolloutStrategy { Kind = "rolling", MaxParallel = 500 } };
        var summary = RolloutSummary.Of(deployment, StoreOf([.. Many(0, 400, "running"), .. Many(400, 300, "starting", 60), .. Many(700, 100, "failed", 120)]));
        Assert.Empty(RolloutBlocks.Of(summary));
        Assert.Equal([(1, 500), (2, 300)], RolloutBlocks.ByWave(summary).Select(w => (w.Wave, w.Count)));
        Assert.Equal([("starting", 200), ("failed", 100)], RolloutBlocks.ByWave(summary)[1].States.Select(s => (s.State.Name, s.Count)));
    }

    [Fact]
    public void ByWave_Canaries_AreAWaveOfTheirOwn()
    {
        var deployment = Rollout(4, "in_progress", "n000") with { CurrentWave = 2, Strategy = new RolloutStrategy { Kind = "canary", MaxParallel = 5 } };
        Assert.Equal([(1, true, 1), (2, false, 3)], RolloutBlocks.ByWave(RolloutSummary.Of(deployment, StoreOf([.. Many(0, 4, "running")]))).Select(w => (w.Wave, w.IsCanary, w.Count)));
    }
}
