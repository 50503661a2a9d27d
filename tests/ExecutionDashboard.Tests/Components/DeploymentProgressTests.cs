using CsCheck;
using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components;

public sealed class DeploymentProgressTests
{
    private static readonly Deployment Rolling = new() { Id = "dep", JobId = "job-1", State = "in_progress", FromVersion = 2, ToVersion = 3, CurrentWave = 2, TotalWaves = 5, TotalNodes = 10 };

    [Fact]
    public void Of_HalfPlaced_NamesTheRest()
    {
        var store = Store([.. Enumerable.Repeat(KnownExecutionState.Running, 4), KnownExecutionState.Failed]);

        var progress = DeploymentProgress.Of(Rolling, store);

        Assert.Equal(5, progress.Rest);
        Assert.Equal("4 running, 1 failed, 5 not placed yet", progress.Words);
        Assert.Equal(("v2 → v3", "wave 2 of 5"), (progress.Versions, progress.Phase));
    }

    [Fact]
    public void Of_NothingYet_IsNotDone()
    {
        var progress = DeploymentProgress.Of(Rolling with { TotalNodes = null }, Store([]));

        Assert.Empty(progress.Parts);
        Assert.Equal("no executions yet", progress.Words);
    }

    [Theory]
    [InlineData("paused", false, 2, "paused")]
    [InlineData("pending", false, 2, "pending")]
    [InlineData("in_progress", true, 1, "canary")]
    [InlineData("in_progress", true, 2, "wave 2 of 5")]
    public void Phase_OfEachState_IsInWords(string state, bool canary, int wave, string phase) =>
        Assert.Equal(phase, DeploymentProgress.Of(Rolling with { State = state, CanaryNodes = canary ? ["n"] : [], CurrentWave = wave }, Store([])).Phase);

    [Fact]
    public void Of_AnyExecutions_WhatIsMissingHasItsShareOfTheBar() =>
        Gen.Select(Gen.Int[0, 30], Gen.Enum<KnownExecutionState>().Array[0, 25]).Sample((nodes, states) =>
        {
            var progress = DeploymentProgress.Of(Rolling with { TotalNodes = nodes }, Store(states));
            var done = progress.Parts.Where(p => p.State.Known is KnownExecutionState.Running or KnownExecutionState.Completed).Sum(p => p.Count);
            var whole = progress.Parts.Sum(p => p.Count) + progress.Rest;
            var good = states.Count(s => s is KnownExecutionState.Running or KnownExecutionState.Completed);

            Assert.Equal(Math.Max(nodes, states.Length), whole);
            Assert.Equal(good, done);
            Assert.True(done < whole || (good == states.Length && good >= nodes), progress.Words);
        }, iter: 200);

    private static FleetStore Store(KnownExecutionState[] states)
    {
        var store = new FleetStore();
        store.Apply([.. states.Select((s, i) => PageRig.Execution($"e{i}", s, deployment: "dep", node: $"n{i}"))]);
        return store;
    }
}
