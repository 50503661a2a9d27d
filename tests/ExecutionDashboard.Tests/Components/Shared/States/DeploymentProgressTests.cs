using CsCheck;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Components.Shared.States;

public sealed class DeploymentProgressTests
{
    private static readonly Deployment Rolling = new() { Id = "dep", JobId = "job-1", State = "in_progress", FromVersion = 2, ToVersion = 3, CurrentWave = 2, TotalWaves = 5, TotalNodes = 10 };

    [Fact]
    public void Of_HalfPlaced_NamesTheRest()
    {
        var store = Store([.. Enumerable.Repeat(KnownExecutionState.Running, 4), KnownExecutionState.Failed]);

        var progress = Of(Rolling, store);

        Assert.Equal(5, progress.Rest);
        Assert.Equal("4 healthy, 1 failed, 5 not placed", progress.Words);
        Assert.Equal(("v2 → v3", "wave 2 of 5"), (progress.Versions, progress.Phase));
    }

    [Fact]
    public void Of_NothingYet_IsNotDone()
    {
        var progress = Of(Rolling with { TotalNodes = null }, Store([]));

        Assert.Empty(progress.Parts);
        Assert.Equal(("no executions yet; total not reported", 0, true), (progress.Words, progress.Rest, progress.IsRestUnknown));
    }

    [Fact]
    public void Of_NodeFailedAndRetried_IsHealthyInBarAndWords()
    {
        var store = Store([]);
        store.Apply([PageRig.Execution("b1", KnownExecutionState.Failed, "dep", "n1"), Later(PageRig.Execution("b1r", KnownExecutionState.Running, "dep", "n1"))]);

        var progress = Of(Rolling with { TotalNodes = 1 }, store);

        Assert.Equal(("1 healthy", 0), (progress.Words, progress.Rest));
        Assert.Equal((ExecutionState.Of(KnownExecutionState.Running), 1), Assert.Single(progress.Parts));
    }

    [Fact]
    public void Of_EndedWithoutTotal_HasNoRest() => Assert.False(Of(Rolling with { TotalNodes = null, State = "completed" }, Store([KnownExecutionState.Running])).IsRestUnknown);

    [Fact]
    public void Of_AnyExecutions_WhatIsMissingHasItsShareOfTheBar() =>
        Gen.Select(Gen.Int[0, 30], Gen.Enum<KnownExecutionState>().Array[0, 25]).Sample((nodes, states) =>
        {
            var progress = Of(Rolling with { TotalNodes = nodes }, Store(states));
            var done = progress.Parts.Where(p => p.State.Known is KnownExecutionState.Running or KnownExecutionState.Completed).Sum(p => p.Count);
            var whole = progress.Parts.Sum(p => p.Count) + progress.Rest;
            var good = states.Count(s => s is KnownExecutionState.Running or KnownExecutionState.Completed);

            Assert.Equal(Math.Max(nodes, states.Length), whole);
            Assert.Equal(good, done);
            Assert.True(done < whole || (good == states.Length && good >= nodes), progress.Words);
        }, iter: 200);

    private static DeploymentProgress Of(Deployment deployment, FleetStore store) => DeploymentProgress.Of(RolloutSummary.Of(deployment, store));

    private static FleetChange Later(FleetChange change) => FleetChange.Of(change.Execution! with { CreatedAt = PageRig.Start.AddSeconds(100), PreviousId = "b1" });

    private static FleetStore Store(KnownExecutionState[] states)
    {
        var store = new FleetStore();
        store.Apply([.. states.Select((s, i) => PageRig.Execution($"e{i}", s, deployment: "dep", node: $"n{i}"))]);
        return store;
    }
}
