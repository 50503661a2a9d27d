using ExecutionDashboard.Simulator.Engine;

namespace ExecutionDashboard.Tests.Simulator;

public class ScenarioTests
{
    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void CanaryWaits_IsHealthyWithinSeconds_AndCompletesOncePromoted(string generation)
    {
        var fleet = SimulatedFleet.Of("canary-waits", generation);
        var deployment = fleet.Staged.Deployment!;
        Assert.Equal((DeploymentState.InProgress, 1, 3), (deployment.State, deployment.CurrentWave, deployment.Outstanding));
        fleet.Until(() => deployment.AwaitsPromotion);
        Assert.InRange(fleet.Elapsed, 2, 5.5);
        fleet.Pass(60);
        Assert.Equal((true, 3, 0, 3), (deployment.AwaitsPromotion, deployment.Updated, deployment.Failed, fleet.Present(fleet.Staged).Count(e => e.Version == deployment.To)));

        var promoted = fleet.Elapsed;
        fleet.Engine.Commands.Promote(deployment);
        fleet.Until(() => !deployment.IsOpen);
        Assert.InRange(fleet.Elapsed - promoted, 5, 20);
        Assert.Equal((DeploymentState.Completed, 4, 4, 24), (deployment.State, deployment.CurrentWave, deployment.TotalWaves, deployment.Updated));
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void CanaryFails_SaysWhy_AndRollsBackByItself(string generation)
    {
        var fleet = SimulatedFleet.Of("canary-fails", generation);
        var deployment = fleet.Staged.Deployment!;
        fleet.Until(() => !deployment.IsOpen);
        Assert.InRange(fleet.Elapsed, 1, 12);
        Assert.Equal(DeploymentState.RolledBack, deployment.State);
        Assert.InRange(deployment.Failed, 2, 3);
        Assert.Equal(0, deployment.Updated);
        var canaries = fleet.World.Executions.From(0, descending: false).Where(e => e.Deployment == deployment).ToList();
        Assert.Equal(3, canaries.Count);
        Assert.All(canaries.Where(e => e.Actual is ActualState.Failed), e => Assert.NotEmpty(e.Report.ErrorCode));

        var back = fleet.Staged.Deployment!;
        Assert.Equal((DeploymentKind.Rollback, 4, 3), (back.Kind, back.From, back.To.Number));
        fleet.Until(() => !back.IsOpen);
        Assert.Equal(DeploymentState.Completed, back.State);
        Assert.All(fleet.Present(fleet.Staged), e => Assert.Equal((3, ActualState.Running), (e.Version.Number, e.Actual)));
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void RollingSlow_LeavesTimeToPauseMidWave(string generation)
    {
        var fleet = SimulatedFleet.Of("rolling-slow", generation);
        var deployment = fleet.Staged.Deployment!;
        Assert.Equal((20, 60), (deployment.TotalWaves, deployment.Targets.Length));
        fleet.Until(() => deployment is { CurrentWave: 2, Outstanding: > 0 and < 3 });
        Assert.InRange(fleet.Elapsed, 6, 30);
        fleet.Engine.Commands.Pause(deployment, "deployment");
        var started = fleet.World.Executions.From(0, descending: false).Count(e => e.Deployment == deployment);
        fleet.Pass(60);
        Assert.Equal(started, fleet.World.Executions.From(0, descending: false).Count(e => e.Deployment == deployment));
        Assert.Equal((DeploymentState.Paused, 6), (deployment.State, deployment.Updated));

        fleet.Engine.Commands.Resume(deployment, "deployment");
        fleet.Until(() => !deployment.IsOpen);
        Assert.Equal((DeploymentState.Completed, 60), (deployment.State, deployment.Updated));
        Assert.InRange(fleet.Elapsed, 120, 360);
    }
}
