using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutProgressTests
{
    [Fact]
    public void Of_EveryKindOfState_CountsEach()
    {
        string[] states = ["running", "complete", "degraded", "failed", "lost", "pending", "starting", "validating", "quarantined", "stopping", "stopped"];
        var progress = RolloutSummary.Of(Rollout(20), StoreOf([.. states.Select((s, i) => On($"n{i}", s))])).Progress;
        Assert.Equal((20, 11, 2, 1, 2, 4, 2, 9), (progress.Total, progress.Placed, progress.Healthy, progress.Unhealthy, progress.Failed, progress.Pending, progress.Stopped, progress.NotPlaced));
        Assert.Equal(0.1, progress.DoneShare);
        Assert.Equal("", progress.Disagreement);
    }

    [Fact]
    public void Of_NodeTriedTwice_TheNewestCounts()
    {
        var progress = RolloutSummary.Of(Rollout(2), StoreOf(On("a", "failed", 0), On("a", "running", 60), On("b", "running", 1))).Progress;
        Assert.Equal((2, 2, 0), (progress.Placed, progress.Healthy, progress.Failed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3_600)]
    public void Of_RetryAsOldAsWhatItReplacedOrOlder_TheLinksDecide(int second)
    {
        Execution failed = On("a", "failed", 0, id: "z-failed"), retry = On("a", "stopped", second, id: "a-retry");
        Execution[] told = [failed with { NextId = "a-retry" }, retry with { PreviousId = "z-failed" }];
        foreach (var executions in new[] { [told[0], retry], [failed, told[1]], told, [told[1], told[0]] })
        {
            var progress = RolloutSummary.Of(Rollout(1), StoreOf(executions)).Progress;
            Assert.Equal((1, 0, 1), (progress.Placed, progress.Failed, progress.Stopped));
        }
    }

    [Fact]
    public void Of_RetryReplacedByAnotherDeployment_StillCountsForItsOwn()
    {
        var store = StoreOf(
            On("a", "failed", 5, id: "first"), On("a", "stopped", 0, id: "retry") with { PreviousId = "first" },
            On("a", "running", 9, id: "next", deployment: "later", version: 8) with { PreviousId = "retry" });
        Assert.Equal((0, 1), (RolloutSummary.Of(Rollout(1), store).Progress.Failed, RolloutSummary.Of(Rollout(1), store).Progress.Stopped));
    }

    [Fact]
    public void Of_NodesNotConnected_CountsThoseThatHaveNotEndedAsOffline()
    {
        var nodes = new[] { new Node { Id = "a", Connection = "disconnected" }, new Node { Id = "b", Connection = "lost" }, new Node { Id = "c", Connection = "connected" } };
        Assert.Equal(1, RolloutSummary.Of(Rollout(3), StoreOf(nodes, [On("a", "running"), On("b", "lost"), On("c", "running")])).Progress.Offline);
    }

    [Fact]
    public void Of_RolloutOfAVersionThatRanBefore_OlderExecutionsAreNotItsOwn()
    {
        var rollout = Rollout(3) with { Id = Deployment.IdOf("job", 7), IsRollout = true, Type = "restart" };
        var store = StoreOf(On("a", "running", -3600, deployment: "", id: "old-a"), On("a", "running", 10, deployment: "", id: "new-a"), On("b", "running", -3600, deployment: "", id: "old-b"));
        Assert.Equal((1, 2), (RolloutSummary.Of(rollout, store).Progress.Placed, RolloutSummary.Of(rollout, store).Progress.NotPlaced));
    }

    [Theory]
    [InlineData(null, "The server does not say how many nodes it is for; 2 nodes have an execution of it.")]
    [InlineData(1, "The server counts 1 in all; its executions show 2 placed.")]
    [InlineData(-5, "The server counts -5 in all; its executions show 2 placed.")]
    [InlineData(2, "")]
    public void Of_TotalMissingOrImpossible_TakesThePlacedAndSaysSo(int? total, string said)
    {
        var progress = RolloutSummary.Of(Rollout(total), StoreOf(On("a", "running"), On("b", "failed"))).Progress;
        Assert.Equal((total is null ? null : 2, said), (progress.Total, progress.Disagreement));
    }

    [Fact]
    public void Of_ServersCountersDiffer_ExecutionsCountAndItIsSaid()
    {
        var progress = RolloutSummary.Of(Rollout(10) with { UpdatedNodes = 9, FailedNodes = 4 }, StoreOf(On("a", "running"), On("b", "failed"))).Progress;
        Assert.Equal((1, 1), (progress.Healthy, progress.Failed));
        Assert.Equal("The server counts 9 updated, 4 failed; its executions show 1 healthy, 1 failed.", progress.Disagreement);
    }

    [Fact]
    public void Of_ServerStillWatchesRunningNodes_IsNoDisagreement() =>
        Assert.Equal("", RolloutSummary.Of(Rollout(2) with { UpdatedNodes = 0, FailedNodes = 0 }, StoreOf(On("a", "running"), On("b", "running"))).Progress.Disagreement);

    [Theory]
    [InlineData("in_progress", "running", 0.99, false)]
    [InlineData("completed", "running", 1, true)]
    [InlineData("completed", "stopped", 1, true)]
    [InlineData("completed", "failed", 0, false)]
    [InlineData("succeeded", "running", 0.99, false)]
    [InlineData("canceled", "stopped", 0, false)]
    public void Of_EveryNodeInOneState_OnlyCompletedIsDone(string state, string execution, double share, bool done)
    {
        var progress = RolloutSummary.Of(Rollout(2, state), StoreOf(On("a", execution), On("b", execution))).Progress;
        Assert.Equal((share, done), (progress.DoneShare, progress.IsDone));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MinValue)]
    public void Of_NoExecutionsAndNoNodes_IsZeroNotDone(int? total)
    {
        var progress = RolloutSummary.Of(Rollout(total, "completed"), new FleetStore()).Progress;
        Assert.Equal((0, 0.0, false), (progress.Total, progress.DoneShare, progress.IsDone));
    }

    [Theory]
    [InlineData("in_progress", null, false)]
    [InlineData("completed", 1.0, true)]
    public void Of_TotalNotSent_IsNotGuessedFromThePlaced(string state, double? share, bool isDone)
    {
        var progress = RolloutSummary.Of(Rollout(null, state), StoreOf([.. Many(0, 3, "running")])).Progress;
        Assert.Equal((null, null, 3, share, isDone, "3 healthy"), (progress.Total, progress.NotPlaced, progress.Placed, progress.DoneShare, progress.IsDone, progress.Words));
    }

    [Fact]
    public void Words_NodeFailedAndRetried_CountTheNewestOfEachNode()
    {
        var progress = RolloutSummary.Of(
            Rollout(6) with { FromVersion = 7, UpdatedNodes = 2, FailedNodes = 0 },
            StoreOf(On("n1", "failed", 0), On("n1", "running", 100), On("n2", "running", 10), On("n3", "failed", 20))).Progress;
        Assert.Equal("2 healthy, 1 failed, 3 not placed", progress.Words);
    }

    [Fact]
    public void States_AnyExecutions_AreThoseOfTheBlocks()
    {
        var states = One("pending", "running", "degraded", "failed", "complete", "stopped", "lost", "odd");
        Gen.Select(Gen.Int[0, 12], states, Gen.Int[0, 30], (node, state, second) => On($"n{node}", state, second)).Array[0, 30].Sample(executions =>
        {
            var summary = RolloutSummary.Of(Rollout(), StoreOf(executions));
            var blocks = RolloutBlocks.Of(summary).CountBy(block => block.State).ToDictionary();
            Assert.Equal(blocks.OrderBy(s => s.Key.Name), summary.States.OrderBy(s => s.Key.Name));
            Assert.Equal(summary.Progress.Failed, FailureGroups.Of(summary.Deployment, StoreOf(executions)).Sum(group => group.Count));
        }, iter: 200);
    }

    [Fact]
    public void Of_ExecutionsWithoutNode_AreEachCounted() =>
        Assert.Equal(2, RolloutSummary.Of(Rollout(5), StoreOf(On("", "pending", id: "x"), On("", "pending", id: "y"))).Progress.Pending);

    [Fact]
    public void Of_AnyFleet_PartsMakeUpTheWholeAndOnlyTheDoneIsHundredPercent()
    {
        var states = One("pending", "running", "degraded", "failed", "complete", "stopped", "lost", "odd", "");
        var execution = Gen.Select(Gen.Int[0, 12], states, Gen.Int[0, 30], One("dep", "dep", "other"), (node, state, second, deployment) => On(node == 0 ? "" : $"n{node}", state, second, deployment: deployment));
        var count = Gen.OneOf(Gen.Int[-3, 20].Select(i => (int?)i), Gen.Const((int?)null), One<int?>(int.MaxValue, int.MinValue));
        var deployment = Gen.Select(count, count, count, One("pending", "in_progress", "paused", "completed", "failed", "odd", ""), count,
            (total, updated, failed, state, wave) => Rollout(total, state, "n1", "n2") with { UpdatedNodes = updated, FailedNodes = failed, CurrentWave = wave, TotalWaves = wave });
        Gen.Select(deployment, execution.Array[0, 30]).Sample((d, executions) =>
        {
            var store = StoreOf(executions);
            var p = RolloutSummary.Of(d, store).Progress;
            Assert.Equal(p.Placed, p.Healthy + p.Unhealthy + p.Failed + p.Pending + p.Stopped);
            Assert.Equal(p.Total, p.Placed + (long?)p.NotPlaced);
            Assert.Equal(d.TotalNodes is null, p.Total is null);
            Assert.All([p.Total ?? 0, p.Placed, p.Healthy, p.Unhealthy, p.Failed, p.Pending, p.Stopped, p.Offline, p.NotPlaced ?? 0], part => Assert.InRange(part, 0, int.MaxValue));
            Assert.Equal(p.IsDone, p.DoneShare == 1);
            Assert.True(!p.IsDone || (d.State == "completed" && p.Placed > 0 && p.Failed == 0 && p.Pending == 0 && p.NotPlaced is null or 0));
            Assert.Equal(p.Placed, RolloutBlocks.Of(RolloutSummary.Of(d, store)).Count);
            Assert.NotEmpty(RolloutPhases.Of(RolloutSummary.Of(d, store)));
            Assert.NotEmpty(RolloutPhases.Sentence(RolloutSummary.Of(d, store), Start));
            Assert.NotEmpty(RolloutEstimate.Of(RolloutSummary.Of(d, store), Start.AddMinutes(10)).Sentence);
            Assert.InRange(RolloutLimits.Of(RolloutSummary.Of(d, store)).Share ?? 0, 0, double.MaxValue);
            Assert.NotEmpty(CanaryVerdict.Of(d, store).Sentence);
        }, iter: 2_000);
    }
}
