using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Engine.Stories;

namespace ExecutionDashboard.Tests.Simulator;

public class NodeAndStopTests
{
    [Fact]
    public void SilentNode_IsDisconnectedThenLost_AndItsWorkWithIt()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "immediate");
        fleet.Until(() => fleet.Present(job).All(e => e.Stable));
        var execution = fleet.Present(job)[0];
        var node = execution.Node;
        fleet.Engine.Nodes.Silence(node, 0);
        fleet.Pass(89);
        Assert.Equal(Connection.Connected, node.Connection);
        fleet.Pass(2);
        Assert.Equal((Connection.Disconnected, ActualState.Running), (node.Connection, execution.Actual));
        fleet.Pass(300);
        Assert.Equal((Connection.Lost, ActualState.Lost), (node.Connection, execution.Actual));
        Assert.Equal("NODE_LOST", execution.Report.ErrorCode);
    }

    [Fact]
    public void LostNode_ThatReturns_IsConnectedAndGetsItsWorkAgain()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "immediate");
        fleet.Until(() => fleet.Present(job).All(e => e.Stable));
        var lost = fleet.Present(job)[0];
        fleet.Engine.Nodes.Silence(lost.Node, TimeSpan.FromMinutes(10).Ticks);
        fleet.Until(() => lost.Actual == ActualState.Lost);
        fleet.Until(() => lost.Node.CurrentOf(job) is { Actual: ActualState.Running, Stable: true });
        Assert.Equal(lost.Ordinal, lost.Node.CurrentOf(job)!.Previous);
        Assert.Equal(Connection.Connected, lost.Node.Connection);
    }

    [Fact]
    public void Query_OnADisconnectedNode_FailsAtOnce()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Put("survey", "immediate", type: "query");
        fleet.Until(() => fleet.Present(job).Any(e => e.Actual == ActualState.Running));
        var execution = fleet.Present(job).First(e => e.Actual == ActualState.Running);
        fleet.Engine.Nodes.Silence(execution.Node, 0);
        fleet.Pass(91);
        Assert.Equal((ActualState.Failed, "NODE_DISCONNECTED"), (execution.Actual, execution.Report.ErrorCode));
    }

    [Fact]
    public void Dispatch_ToANodeJustGoneSilent_IsLostForGood()
    {
        var fleet = new SimulatedFleet();
        var node = fleet.World.Nodes.First(n => n.FailureRate == 0);
        fleet.Engine.Nodes.Silence(node, TimeSpan.FromSeconds(60).Ticks);
        var job = fleet.Put("app", "immediate");
        fleet.Pass(600);
        var stuck = node.CurrentOf(job)!;
        Assert.Equal((Connection.Connected, 0L), (node.Connection, node.SilentSince));
        Assert.Equal((DesiredState.Running, ActualState.Pending), (stuck.Desired, stuck.Actual));
        Assert.True(job.Deployment!.IsOpen);

        fleet.Engine.Commands.StopExecution(stuck, "");
        Assert.Equal(ActualState.Stopped, stuck.Actual);
    }

    [Fact]
    public void StopExecution_OfARunningOne_EndsStoppedAndIsRefusedAfterwards()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "immediate");
        fleet.Until(() => fleet.Present(job).All(e => e.Stable));
        var execution = fleet.Present(job)[0];
        fleet.Engine.Commands.StopExecution(execution, "maintenance");
        Assert.Equal((DesiredState.Stopped, ActualState.Running, "maintenance"), (execution.Desired, execution.Actual, execution.DesiredMessage));
        fleet.Pass(0.6);
        Assert.Equal(ActualState.Stopping, execution.Actual);
        fleet.Pass(3);
        Assert.Equal(ActualState.Stopped, execution.Actual);
        fleet.Pass(120);
        Assert.Same(execution, execution.Node.CurrentOf(job));
        Assert.Equal(409, Assert.Throws<RefusedException>(() => fleet.Engine.Commands.StopExecution(execution, "")).Status);
    }

    [Fact]
    public void StopExecution_OnASilentNode_IsNotObeyedUntilItReturns()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "immediate");
        fleet.Until(() => fleet.Present(job).All(e => e.Stable));
        var execution = fleet.Present(job)[0];
        fleet.Engine.Nodes.Silence(execution.Node, TimeSpan.FromMinutes(3).Ticks);
        fleet.Engine.Commands.StopExecution(execution, "");
        fleet.Pass(170);
        Assert.Equal((DesiredState.Stopped, ActualState.Running), (execution.Desired, execution.Actual));
        fleet.Pass(30);
        Assert.Equal(ActualState.Stopped, execution.Actual);
    }

    [Fact]
    public void StopJob_StopsItEverywhere_AndRerunStartsItAgain()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "rolling");
        fleet.Pass(20);
        fleet.Engine.Commands.Stop(job, "");
        fleet.Until(() => job.State == "stopped");
        Assert.Equal(0, job.LiveCount);
        Assert.Equal(409, Assert.Throws<RefusedException>(() => fleet.Engine.Commands.Stop(job, "")).Status);
        fleet.Engine.Commands.Rerun(job);
        fleet.Until(() => job.State == "running" && !job.Deployment!.IsOpen);
    }

    [Fact]
    public void FailedPipeline_IsPlacedAgainInAChain()
    {
        var fleet = new SimulatedFleet();
        var job = fleet.Running("app", "immediate");
        fleet.Until(() => job.Deployment!.State == DeploymentState.Completed && fleet.Present(job).All(e => e.Stable));
        var failed = fleet.Present(job)[0];
        fleet.Engine.Executions.Fail(failed, Faults.Fatal(fleet.World.Random, failed));
        fleet.Until(() => failed.Next >= 0);
        fleet.Until(() => failed.Node.CurrentOf(job)!.Actual == ActualState.Running);
        Assert.Equal(failed.Ordinal, failed.Node.CurrentOf(job)!.Previous);
    }
}
