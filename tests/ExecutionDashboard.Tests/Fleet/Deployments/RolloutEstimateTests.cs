using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutEstimateTests
{
    private static RolloutEstimate Estimate(Deployment deployment, FleetStore store, DateTimeOffset now) => RolloutEstimate.Of(RolloutSummary.Of(deployment, store), now);

    private static Execution[] OneAMinute(int count) => [.. Enumerable.Range(1, count).Select(i => On($"n{i:000}", "running", i * 60 - 5))];

    [Fact]
    public void Of_SteadyPace_EndsWhenThePaceSays()
    {
        var estimate = Estimate(Rollout(30), StoreOf(OneAMinute(10)), Start.AddMinutes(10));
        Assert.Equal((Start.AddMinutes(30), Start.AddMinutes(30)), (estimate.Earliest, estimate.Latest));
        Assert.Equal("Ends about 14:30 UTC at its pace so far: 10 nodes in 10 min, 20 to go.", estimate.Sentence);
    }

    [Fact]
    public void Of_SlowingDown_IsARange()
    {
        var executions = Many(0, 10, "running", 60).Concat(Enumerable.Range(1, 10).Select(i => On($"m{i}", "running", 60 + i * 60)));
        var estimate = Estimate(Rollout(40), StoreOf([.. executions]), Start.AddMinutes(11).AddSeconds(5));
        Assert.True(estimate.Earliest < estimate.Latest);
        Assert.InRange(estimate.Earliest!.Value, Start.AddMinutes(20), Start.AddMinutes(24));
        Assert.InRange(estimate.Latest!.Value, Start.AddMinutes(29), Start.AddMinutes(33));
    }

    [Fact]
    public void Of_StandsStill_CannotSay()
    {
        var store = StoreOf(OneAMinute(10));
        Assert.Null(Estimate(Rollout(30), store, Start.AddMinutes(14)).Earliest);
        Assert.Equal("No estimate: nothing finished for 4 min", Estimate(Rollout(30), store, Start.AddMinutes(14)).Sentence);
        Assert.NotNull(Estimate(Rollout(30), store, Start.AddMinutes(12)).Earliest);
    }

    [Theory]
    [InlineData("paused", "No estimate: paused")]
    [InlineData("pending", "No estimate: not started")]
    [InlineData("frozen", "No estimate: its state “frozen” is not known here")]
    [InlineData("", "No estimate: the server does not say its state")]
    [InlineData("failed", "Ended.")]
    public void Of_StateThatDoesNotMove_SaysWhy(string state, string said) => Assert.Equal(said, Estimate(Rollout(30, state), StoreOf(OneAMinute(10)), Start.AddMinutes(10)).Sentence);

    [Fact]
    public void Of_OtherReasons_SaysWhy()
    {
        var now = Start.AddMinutes(10);
        Assert.Equal("No estimate: fewer than 3 nodes are finished", Estimate(Rollout(30), StoreOf(OneAMinute(2)), now).Sentence);
        Assert.Equal("No estimate: the server does not say how many nodes it is for", Estimate(Rollout(), StoreOf(OneAMinute(10)), now).Sentence);
        Assert.Equal("No estimate: every node is finished, and the server has not ended it", Estimate(Rollout(10), StoreOf(OneAMinute(10)), now).Sentence);
        var canary = Rollout(30, "in_progress", "n001", "n002", "n003");
        Assert.Equal("No estimate: awaiting promotion", Estimate(canary, StoreOf(OneAMinute(3)), now).Sentence);
        Assert.Equal(Start.AddMinutes(3), Estimate(Rollout(30, "completed") with { CompletedAt = Start.AddMinutes(3) }, StoreOf(), now).Latest);
    }

    [Theory]
    [InlineData(int.MaxValue, 10)]
    [InlineData(30, -100000)]
    public void Of_AbsurdTotalOrClockBehind_DoesNotThrow(int total, int minutes) => Assert.NotEmpty(Estimate(Rollout(total), StoreOf(OneAMinute(10)), Start.AddMinutes(minutes)).Sentence);

    [Fact]
    public void Of_ClockAtItsEnd_CannotSay() => Assert.Null(Estimate(Rollout(30), StoreOf(OneAMinute(10)), DateTimeOffset.MaxValue).Earliest);
}
