using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Fleet;

namespace ExecutionDashboard.Tests.Simulator;

/// <summary>Scenarios in which one thing goes wrong, and mends itself.</summary>
public class TroubleTests
{

    private static void Passes(string scenario, string generation, Func<SimulatedFleet, bool> isOn, double holds)
    {
        var fleet = SimulatedFleet.Of(scenario, generation);
        Assert.False(isOn(fleet));
        fleet.Until(() => isOn(fleet));
        Assert.InRange(fleet.Elapsed, 5, 12);
        for (var passed = 0; passed < holds; passed += 10)
        {
            Assert.True(isOn(fleet), $"{scenario} is over after {passed} s.");
            fleet.Pass(10);
        }
        fleet.Until(() => !isOn(fleet) && fleet.Present(fleet.Staged).TrueForAll(e => e.Actual is ActualState.Running or ActualState.Stopped));
        Assert.All(fleet.World.Nodes, node => Assert.Equal(Connection.Connected, node.Connection));
    }

    [Theory]
    [InlineData("dispatch-lost", "deployment", "Pending", 220)]
    [InlineData("start-on-silent-node", "rollout", "Pending", 110)]
    [InlineData("stuck-starting", "deployment", "Starting", 400)]
    [InlineData("stuck-validating", "rollout", "Validating", 700)]
    [InlineData("stuck-stopping", "deployment", "Stopping", 220)]
    [InlineData("stuck-degraded", "rollout", "Degraded", 700)]
    [InlineData("execution-fails", "deployment", "Failed", 110)]
    public void Stuck_StaysInItsState_AndGoesOnInTheEnd(string scenario, string generation, string state, double holds) =>
        Passes(scenario, generation, fleet => fleet.Present(fleet.Staged).Exists(e => e.Actual == Enum.Parse<ActualState>(state)), holds);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void IgnoresStop_RunsOnThoughStopped(string generation) =>
        Passes("ignores-stop", generation, fleet => fleet.Present(fleet.Staged).Exists(e => e is { Desired: DesiredState.Stopped, Actual: ActualState.Running }), 150);

    [Theory]
    [InlineData("disk-full")]
    [InlineData("memory-full")]
    [InlineData("credential-ends")]
    [InlineData("clock-ahead")]
    [InlineData("agent-behind")]
    public void NodeFields_AreOffAndBack(string scenario) =>
        Passes(scenario, "rollout", fleet => fleet.World.Nodes.Exists(n => n.DiskPercent != null || n.MemoryPercent != null || n.CredentialUntil != 0 || n.ClockAhead != 0 || n.AgentVersion == "1.4.2"), 110);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void NodeFails_EveryJobOnIt(string generation) =>
        Passes("node-fails", generation, fleet => fleet.World.Nodes.Exists(n => n.FailureRate > 0 && n.Current.Count >= 3), 110);

    [Fact]
    public void RestartLoop_ReplacesAgainAndAgain()
    {
        var fleet = SimulatedFleet.Of("restart-loop", "deployment");
        var before = fleet.World.Executions.Count;
        fleet.Pass(35);
        Assert.InRange(fleet.World.Executions.Count - before, 6, 40);
        fleet.Pass(120);
        fleet.Until(() => fleet.Present(fleet.Staged).TrueForAll(e => e.Actual == ActualState.Running));
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void NoNodeMatches_IsQueuedUntilItsSelectorIsMended(string generation)
    {
        var fleet = SimulatedFleet.Of("no-node-matches", generation);
        fleet.Until(() => fleet.World.Jobs.Exists(j => j.State == "queued"));
        fleet.Until(() => fleet.World.Jobs.TrueForAll(j => j.State == "running"));
        Assert.InRange(fleet.Elapsed, 120, 160);
    }

    [Fact]
    public void NodesOutdated_RunTheVersionBeforeForAWhile() =>
        Passes("nodes-outdated", "deployment", fleet => fleet.Present(fleet.Staged).Count(e => e.Version.Number < fleet.Staged.Version.Number) == 3, 400);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void RolloutPaused_IsPausedInItsSecondWave(string generation)
    {
        var fleet = SimulatedFleet.Of("rollout-paused", generation);
        fleet.Until(() => fleet.Staged.Deployment!.State == DeploymentState.Paused);
        Assert.Equal(2, fleet.Staged.Deployment!.CurrentWave);
        fleet.Until(() => fleet.Staged.Deployment!.State == DeploymentState.Completed);
        Assert.InRange(fleet.Elapsed, 70, 120);
    }

    [Theory]
    [InlineData("rollout-stalled", 240)]
    [InlineData("rollout-deadline", 45)]
    public void SlowRollout_StandsStillForAWhile_AndCompletes(string scenario, double still)
    {
        var fleet = SimulatedFleet.Of(scenario, "deployment");
        fleet.Pass(20);
        var updated = fleet.Staged.Deployment!.Updated;
        Assert.InRange(updated, 3, 29);
        fleet.Pass(still - 10);
        Assert.Equal((updated, DeploymentState.InProgress), (fleet.Staged.Deployment!.Updated, fleet.Staged.Deployment.State));
        fleet.Until(() => !fleet.Staged.Deployment!.IsOpen);
        Assert.Equal((DeploymentState.Completed, 0, 30), (fleet.Staged.Deployment!.State, fleet.Staged.Deployment.Failed, fleet.Staged.Deployment.Updated));
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void RolloutNearLimit_ComesNearItAndCompletes(string generation)
    {
        var fleet = SimulatedFleet.Of("rollout-near-limit", generation);
        fleet.Until(() => fleet.Staged.Deployment!.Failed >= 8);
        Assert.True(fleet.Staged.Deployment!.IsOpen);
        fleet.Until(() => !fleet.Staged.Deployment!.IsOpen);
        Assert.Equal(DeploymentState.Completed, fleet.Staged.Deployment!.State);
        Assert.Equal(9, fleet.Staged.Deployment.Failed);
    }

    [Fact]
    public void SpecFails_EveryNodeSaysTheSame()
    {
        var fleet = SimulatedFleet.Of("spec-fails", "rollout");
        fleet.Until(() => fleet.Present(fleet.Staged).TrueForAll(e => e.Actual == ActualState.Failed));
        Assert.Equal("CONFIG_INVALID", Assert.Single(fleet.Present(fleet.Staged).Select(e => e.Report.ErrorCode).Distinct()));
    }

    [Fact]
    public void ControlPlaneSilent_AndListIncomplete_AreOnForAWhile()
    {
        foreach (var scenario in new[] { "control-plane-silent", "list-incomplete" })
        {
            var fleet = SimulatedFleet.Of(scenario, "deployment");
            fleet.Until(() => fleet.Engine.Trouble is { IsSilent: true } or { IsUnreadable: true });
            fleet.Until(() => !fleet.Engine.Trouble.IsOn);
            Assert.InRange(fleet.Elapsed, 60, 130);
        }
    }

    [Fact]
    public void Catalogue_EveryKindHasAScenario() =>
        Assert.Equal(Enum.GetValues<TroubleKind>(), Scenarios.All.Select(s => s.Trouble?.Kind).OfType<TroubleKind>().Distinct().Order());
}
