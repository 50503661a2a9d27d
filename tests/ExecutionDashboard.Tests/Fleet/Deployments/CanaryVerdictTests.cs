using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class CanaryVerdictTests
{
    private static CanaryVerdict Verdict(int canaries, int badCanaries, int others, int badOthers, string bad = "failed")
    {
        Execution[] executions =
        [
            .. Many(0, badCanaries, bad), .. Many(badCanaries, canaries - badCanaries, "running"),
            .. Many(500, badOthers, bad, -600, "before", 6), .. Many(500 + badOthers, others - badOthers, "running", -600, "before", 6),
            // What the canaries ran before is not the rest.
            .. Many(0, canaries, "stopped", -900, "before", 6),
        ];
        return CanaryVerdict.Of(Rollout(canaries + others, "in_progress", [.. Enumerable.Range(0, canaries).Select(i => $"n{i:000}")]), StoreOf(executions));
    }

    [Theory]
    [InlineData(3, 0, 100, 2, CanaryOutcome.Same)]
    [InlineData(3, 1, 100, 50, CanaryOutcome.Same)]
    [InlineData(3, 2, 100, 2, CanaryOutcome.Worse)]
    [InlineData(3, 3, 5, 0, CanaryOutcome.Worse)]
    [InlineData(10, 0, 100, 60, CanaryOutcome.Better)]
    [InlineData(400, 20, 400, 5, CanaryOutcome.Worse)]
    [InlineData(2, 2, 100, 0, CanaryOutcome.TooFewToSay)]
    [InlineData(3, 3, 4, 0, CanaryOutcome.TooFewToSay)]
    public void Of_GroupsOfManySizes_JudgedByFishersTest(int canaries, int bad, int others, int badOthers, CanaryOutcome outcome) =>
        Assert.Equal((outcome, canaries, others), Verdict(canaries, bad, others, badOthers) is var v ? (v.Outcome, v.Canaries.Nodes, v.Rest.Nodes) : default);

    [Fact]
    public void Of_WorseCanary_SentenceHasTheNumbers() =>
        Assert.Equal("Worse than the other nodes: 2 of 3 canaries failed or degraded, 2 of 100 other nodes failed or degraded (chance alone: 0.3 %).", Verdict(3, 2, 100, 2).Sentence);

    [Fact]
    public void Of_TooFew_SentenceHasTheNumbers() =>
        Assert.Equal("Too few to say: 1 of 1 canary failed or degraded, 0 of 4 other nodes failed or degraded; at least 3 canaries and 5 others are needed.", Verdict(1, 1, 4, 0).Sentence);

    [Fact]
    public void Of_Degraded_CountsAsBadAndIsShownApart()
    {
        var verdict = Verdict(4, 4, 20, 0, "degraded");
        Assert.Equal((CanaryOutcome.Worse, 0, 4, 1.0), (verdict.Outcome, verdict.Canaries.Failed, verdict.Canaries.Degraded, verdict.Canaries.DegradedShare));
    }

    [Fact]
    public void Of_RestartsOfflineAndUnfinished_CountTriesAndLeaveOutWhatSaysNothing()
    {
        var store = StoreOf([new Node { Id = "b", Connection = "lost" }],
            [On("a", "failed", 0), On("a", "failed", 10), On("a", "running", 20), On("b", "running"), On("c", "starting")]);
        var canaries = CanaryVerdict.Of(Rollout(9, "in_progress", "a", "b", "c"), store).Canaries;
        Assert.Equal((1, 3.0, 0), (canaries.Nodes, canaries.MeanChainLength, canaries.Failed));
    }

    [Fact]
    public void Of_ValidatedExecutions_MedianTime()
    {
        Execution Stable(string node, int after) => On(node, "running") with { StableAt = Start.AddSeconds(after) };
        Assert.Equal(TimeSpan.FromSeconds(20), CanaryVerdict.Of(Rollout(3, "in_progress", "a", "b", "c"), StoreOf(Stable("a", 10), Stable("b", 20), Stable("c", 900))).Canaries.MedianTimeToRunning);
    }

    [Fact]
    public void Of_NoCanaryNodes_NoCanary() => Assert.Equal(CanaryOutcome.NoCanary, CanaryVerdict.Of(Rollout(3), new FleetStore()).Outcome);
}
