using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Tests.Simulator;

public class ScenarioFailureTests
{
    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void CanaryAutoPromotes_CompletesWithoutAnybody(string generation)
    {
        var fleet = SimulatedFleet.Of("canary-auto-promotes", generation);
        var deployment = fleet.Staged.Deployment!;
        fleet.Until(() => deployment.CanaryPromoted);
        Assert.InRange(fleet.Elapsed, 2, 5.5);
        fleet.Until(() => !deployment.IsOpen);
        Assert.InRange(fleet.Elapsed, 8, 27);
        Assert.Equal((DeploymentState.Completed, 24, 0), (deployment.State, deployment.Updated, deployment.Failed));
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void RollingHitsLimit_StopsOnTheWayWithFiveFailed_AndRollsBack(string generation)
    {
        var fleet = SimulatedFleet.Of("rolling-hits-limit", generation);
        var deployment = fleet.Staged.Deployment!;
        fleet.Until(() => !deployment.IsOpen);
        Assert.Equal(DeploymentState.RolledBack, deployment.State);
        Assert.InRange(deployment.Failed, 5, 7);
        Assert.InRange(deployment.CurrentWave, 3, 9);
        Assert.Equal(10, deployment.TotalWaves);
        Assert.Contains("more than 4 allowed; rolled back to version 3", deployment.Message, StringComparison.Ordinal);
        var failed = fleet.World.Executions.From(0, descending: false).Where(e => e.Deployment == deployment && e.Settled == 2).ToList();
        Assert.All(failed, e => Assert.Equal("ap-south", e.Node.Label("region")));

        fleet.Until(() => !fleet.Staged.Deployment!.IsOpen);
        Assert.Equal((DeploymentKind.Rollback, DeploymentState.Completed), (fleet.Staged.Deployment!.Kind, fleet.Staged.Deployment.State));
        Assert.All(fleet.Present(fleet.Staged), e => Assert.Equal((3, ActualState.Running), (e.Version.Number, e.Actual)));
        // Nobody tries the bad version once more while the way back is under way.
        Assert.DoesNotContain(fleet.World.Executions.From(0, descending: false), e => e.Version.Number == 4 && e.Deployment is null);
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void NoAutoRollback_StaysWhereItStopped(string generation)
    {
        var fleet = SimulatedFleet.Of("no-auto-rollback", generation);
        var deployment = fleet.Staged.Deployment!;
        fleet.Until(() => !deployment.IsOpen);
        Assert.Equal(DeploymentState.Failed, deployment.State);
        Assert.EndsWith("automatic rollback is off", deployment.Message, StringComparison.Ordinal);
        fleet.Pass(30);
        Assert.Same(deployment, fleet.Staged.Deployment);
        Assert.Equal(generation == "rollout" ? "rollout_failed" : "running", fleet.Staged.State);
        Assert.Equal([3, 4], fleet.Present(fleet.Staged).Select(e => e.Version.Number).Distinct().Order());
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void FirstVersionFails_AndThereIsNoWayBack(string generation)
    {
        var fleet = SimulatedFleet.Of("first-version-fails", generation);
        var deployment = fleet.Staged.Deployment!;
        Assert.Equal((DeploymentKind.Create, 0, 0), (deployment.Kind, deployment.From, deployment.RollbackTo));
        fleet.Until(() => !deployment.IsOpen);
        Assert.InRange(fleet.Elapsed, 1, 10);
        Assert.Equal((DeploymentState.Failed, 1), (deployment.State, deployment.CurrentWave));
        Assert.EndsWith("there is no version to roll back to", deployment.Message, StringComparison.Ordinal);
        Assert.Equal(409, Assert.Throws<RefusedException>(() => fleet.Engine.Commands.RollbackDeployment(deployment, 0)).Status);
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void NodesGoOffline_MidWave_SomeComeBackAndTheirVersionFollows(string generation)
    {
        var fleet = SimulatedFleet.Of("nodes-go-offline", generation);
        var deployment = fleet.Staged.Deployment!;
        fleet.Until(() => fleet.World.Nodes.Exists(n => n.SilentSince != 0));
        Assert.Equal((3, true), (deployment.CurrentWave, deployment.Outstanding > 0));
        var away = fleet.World.Nodes.FindAll(n => n.SilentSince != 0);
        Assert.Equal(5, away.Count);
        fleet.Until(() => away.TrueForAll(n => n.Connection == Connection.Disconnected));
        Assert.Equal(3, deployment.CurrentWave);
        fleet.Until(() => deployment.CurrentWave == 4);
        Assert.Equal(2, deployment.Failed);
        fleet.Until(() => !deployment.IsOpen);
        Assert.Equal((DeploymentState.Completed, 29, 1), (deployment.State, deployment.Updated, deployment.Failed));
        fleet.Until(() => away.Exists(n => n.Connection == Connection.Lost));
        Assert.Single(away, n => n.Connection == Connection.Lost);
        Assert.All(fleet.Present(fleet.Staged), e => Assert.Equal(4, e.Version.Number));
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void TenThousand_TakesTenWavesInAboutTwoMinutes(string generation)
    {
        var fleet = SimulatedFleet.Of("ten-thousand", generation);
        var deployment = fleet.Staged.Deployment!;
        Assert.Equal((10_000, 10, 1), (deployment.Targets.Length, deployment.TotalWaves, deployment.CurrentWave));
        fleet.Until(() => deployment.CurrentWave == 2);
        Assert.Equal(1000, deployment.Updated);
        fleet.Until(() => !deployment.IsOpen);
        Assert.InRange(fleet.Elapsed, 90, 150);
        Assert.Equal((DeploymentState.Completed, 10_000, 0), (deployment.State, deployment.Updated, deployment.Failed));
    }
}
