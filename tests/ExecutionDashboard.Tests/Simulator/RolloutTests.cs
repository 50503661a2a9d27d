using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Tests.Simulator;

public class RolloutTests
{
    [Fact]
    public void Canary_WithoutAutoPromote_WaitsAndGoesOnWhenPromoted()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "canary", ""","canary_count":3""");
        var deployment = job.Deployment!;
        fleet.Until(() => deployment.AwaitsPromotion);
        fleet.Pass(120);
        Assert.Equal(DeploymentState.InProgress, deployment.State);
        Assert.Equal(3, fleet.Present(job).Count(e => e.Version.Number == 2));

        fleet.Engine.Commands.Promote(deployment);
        fleet.Until(() => deployment.State == DeploymentState.Completed);
        Assert.All(fleet.Present(job), e => Assert.Equal((2, ActualState.Running), (e.Version.Number, e.Actual)));
        Assert.Equal(409, Assert.Throws<RefusedException>(() => fleet.Engine.Commands.Promote(deployment)).Status);
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void Canary_ThatFails_IsRolledBackToTheLastGoodVersion(string generation)
    {
        var fleet = new SimulatedFleet(generation: generation);
        var job = fleet.Running("app", "rolling");
        fleet.Until(() => job.LastGood == 2);
        var bad = fleet.Put("app", "canary", failureRate: 1, extra: ""","canary_count":3,"auto_promote":true""", revision: 3).Deployment!;
        fleet.Until(() => !bad.IsOpen);
        Assert.Equal(DeploymentState.RolledBack, bad.State);
        Assert.NotSame(bad, job.Deployment);
        Assert.Equal((DeploymentKind.Rollback, 2), (job.Deployment!.Kind, job.Deployment.To.Number));
        fleet.Until(() => job.Deployment.State == DeploymentState.Completed);
        Assert.All(fleet.Present(job), e => Assert.Equal((2, ActualState.Running), (e.Version.Number, e.Actual)));
    }

    [Fact]
    public void Rolling_WithMoreFailuresThanAllowedAndNoAutoRollback_StopsAndStaysFailed()
    {
        var fleet = new SimulatedFleet(nodes: 40);
        var job = fleet.Running("app", "rolling");
        fleet.Until(() => job.LastGood == 2);
        var bad = fleet.Put("app", "rolling", failureRate: 1, extra: ""","max_failed_nodes":2,"no_auto_rollback":true""", revision: 3).Deployment!;
        fleet.Until(() => !bad.IsOpen);
        Assert.Equal(DeploymentState.Failed, bad.State);
        Assert.InRange(bad.Failed, 3, 4);
        Assert.Equal(1, bad.CurrentWave);
        Assert.Same(bad, job.Deployment);
        Assert.True(fleet.Present(job).Count(e => e.Version.Number == 2) > 30);
    }

    [Fact]
    public void Rolling_MissingTheHealthDeadline_CountsTheLateNodesAsFailed()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "rolling", ""","max_failed_nodes_percent":50""");
        var deployment = job.Deployment!;
        fleet.Until(() => deployment.CurrentWave == 1);
        fleet.Engine.Nodes.Silence(deployment.Targets[0], 0);
        fleet.Until(() => deployment.State == DeploymentState.Completed);
        Assert.InRange(deployment.Failed, 1, 1);
        Assert.Equal(deployment.Targets.Length - 1, deployment.Updated);
    }

    [Fact]
    public void Rolling_PausedMidWave_HoldsUntilResumed()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "rolling");
        var deployment = job.Deployment!;
        fleet.Until(() => deployment.CurrentWave == 2);
        fleet.Engine.Commands.Pause(deployment, "deployment");
        fleet.Pass(120);
        Assert.Equal((DeploymentState.Paused, 2, 8), (deployment.State, deployment.CurrentWave, deployment.Updated));
        Assert.Equal(409, Assert.Throws<RefusedException>(() => fleet.Engine.Commands.Pause(deployment, "deployment")).Status);

        fleet.Engine.Commands.Resume(deployment, "deployment");
        fleet.Until(() => deployment.State == DeploymentState.Completed);
        Assert.Equal(deployment.Targets.Length, deployment.Updated);
    }

    [Fact]
    public void Update_DuringADeployment_CancelsIt()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "rolling");
        var first = job.Deployment!;
        fleet.Until(() => first.CurrentWave == 2);
        fleet.Put("app", "immediate", revision: 3);
        Assert.Equal(DeploymentState.Canceled, first.State);
        fleet.Until(() => fleet.Present(job).All(e => e.Version.Number == 3 && e.Actual == ActualState.Running));
    }

    [Fact]
    public void Replacement_OfAnExecution_IsChainedBothWays()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "immediate");
        fleet.Until(() => job.Deployment!.State == DeploymentState.Completed);
        foreach (var execution in fleet.Present(job))
        {
            var before = fleet.World.Executions.Find(execution.Previous)!;
            Assert.Equal(execution.Ordinal, before.Next);
            Assert.Equal((DesiredState.Stopped, "Replaced by version 2"), (before.Desired, before.DesiredMessage));
        }
        fleet.Until(() => fleet.World.Live.Count == fleet.Present(job).Count);
    }

    [Fact]
    public void Query_RunsOnceOnEveryNodeAndCompletes()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Put("survey", "immediate", type: "query");
        fleet.Until(() => job.State == "completed");
        Assert.All(fleet.Present(job), e => Assert.Equal(ActualState.Completed, e.Actual));
        fleet.Engine.Commands.Rerun(job);
        fleet.Until(() => job.Deployment!.State == DeploymentState.Completed);
        Assert.All(fleet.Present(job), e => Assert.True(e.Previous >= 0));
    }

    [Fact]
    public void Job_WithoutAMatchingNode_IsQueued()
    {
        var fleet = new SimulatedFleet(nodes: 0);
        Assert.Equal("queued", fleet.Put("app", "rolling").State);
    }

    [Fact]
    public void Node_AwayDuringItsWave_IsTakenAlongByALaterOne()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "rolling");
        var deployment = job.Deployment!;
        var last = deployment.Targets[^1];
        last.Connection = Connection.Disconnected;
        fleet.Until(() => deployment.CurrentWave == deployment.TotalWaves);
        Assert.Equal(1, last.CurrentOf(job)!.Version.Number);
        last.Connection = Connection.Connected;
        fleet.Engine.Nodes.Opened!(last);
        Assert.Equal(1, last.CurrentOf(job)!.Version.Number);
        fleet.Until(() => !deployment.IsOpen);
        Assert.Equal((DeploymentState.Completed, deployment.TotalWaves, deployment.Targets.Length), (deployment.State, deployment.CurrentWave, deployment.Updated));
        Assert.Same(deployment, last.CurrentOf(job)!.Deployment);
    }

    [Fact]
    public void Node_AwayDuringTheWholeRollout_GetsTheVersionWhenItReturns()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "immediate");
        fleet.Until(() => fleet.Present(job).All(e => e.Stable));
        var away = fleet.Present(job)[0].Node;
        fleet.Engine.Nodes.Silence(away, TimeSpan.FromSeconds(300).Ticks);
        fleet.Until(() => away.Connection == Connection.Disconnected);
        var deployment = fleet.Put("app", "rolling", revision: 3).Deployment!;
        fleet.Until(() => !deployment.IsOpen);
        Assert.Equal(2, away.CurrentOf(job)!.Version.Number);
        Assert.DoesNotContain(away, deployment.Targets);
        fleet.Until(() => away.CurrentOf(job) is { Version.Number: 3, Actual: ActualState.Running });
    }

    [Fact]
    public void Pause_DuringTheCanary_StopsTheClock_AndPromotionHasToWait()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "canary", ""","canary_count":3""");
        var deployment = job.Deployment!;
        fleet.Pass(1);
        Assert.NotEqual(0, deployment.HealthDeadline);
        fleet.Engine.Commands.Pause(deployment, "deployment", "change freeze");
        Assert.Equal(("Paused during the canary: change freeze", 0L), (deployment.Message, deployment.HealthDeadline));
        fleet.Pass(300);
        Assert.Equal((DeploymentState.Paused, 3, 0), (deployment.State, deployment.Updated, deployment.Failed));
        Assert.Contains("paused", Assert.Throws<RefusedException>(() => fleet.Engine.Commands.Promote(deployment)).Message, StringComparison.Ordinal);
        fleet.Engine.Commands.Resume(deployment, "deployment");
        fleet.Until(() => deployment.AwaitsPromotion);
        fleet.Engine.Commands.Promote(deployment);
        Assert.Contains("promoted already", Assert.Throws<RefusedException>(() => fleet.Engine.Commands.Promote(deployment)).Message, StringComparison.Ordinal);
        fleet.Until(() => deployment.State == DeploymentState.Completed);
    }
}
