using ExecutionDashboard.Simulator;
using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Fleet;

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

    [Fact]
    public void Every_Scenario_StandsStillBesideItsStory()
    {
        foreach (var scenario in Scenarios.All.Where(s => s is { HasOtherJobs: true, Breakdown: null } && s.Trouble?.Kind != TroubleKind.BadNode))
        {
            var fleet = SimulatedFleet.Of(scenario.Name, "deployment");
            var others = fleet.World.Live.FindAll(e => e.Job != fleet.Staged).ConvertAll(e => (e, e.Revision));
            Assert.NotEmpty(others);
            fleet.Pass(30);
            var touched = others.FindAll(o => o.e.Revision != o.Revision);
            Assert.True(touched.Count == 0, $"{scenario.Name}: {touched.Count} executions of other jobs changed.");
        }
    }

    [Fact]
    public void Scenario_PlayedTwice_IsTheSame()
    {
        var (one, two) = (SimulatedFleet.Of("rolling-hits-limit", "deployment"), SimulatedFleet.Of("rolling-hits-limit", "deployment"));
        one.Pass(60);
        for (var i = 0; i < 150; i++) two.Pass(0.4);
        Assert.Equal(one.Story(), two.Story());
    }

    [Fact]
    public void UnknownScenario_IsRefused_WithTheNamesThereAre()
    {
        var result = new SimulatorOptionsValidator().Validate(null, new() { Scenario = "canary" });
        Assert.Contains("Simulator:Scenario must be empty or one of canary-waits, ", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("'canary'", result.FailureMessage, StringComparison.Ordinal);
        Assert.All(Scenarios.All, s => Assert.True(new SimulatorOptionsValidator().Validate(null, new() { Scenario = s.Name }).Succeeded));
    }

    [Theory]
    [InlineData("", null, 5)]
    [InlineData("rolling-slow", null, 0)]
    [InlineData("rolling-slow", 3.0, 3)]
    [InlineData("", 0.0, 0)]
    public void ChangesPerSecond_InAScenario_IsNoneUnlessAsked(string scenario, double? asked, double expected) =>
        Assert.Equal(expected, new SimulatorOptions { Scenario = scenario, ChangesPerSecond = asked }.Rate);
}
