using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Tests.Operations.Targets;

/// <summary>A command for something that has moved is not sent, whoever asks and however it was asked.</summary>
public sealed class MovedTargetTests : IDisposable
{
    private static readonly Execution Running = new() { Id = "e", JobId = "j", NodeId = "n", Revision = 1, Actual = new(ExecutionState.Of(KnownExecutionState.Running)) };
    private static readonly Deployment Rollout = new() { Id = "d", JobId = "j", State = "in_progress", FromVersion = 1, ToVersion = 2, CanaryNodes = ["n"], CanaryPromoted = false, Revision = 1 };
    private static readonly Job Job = new() { Id = "j", State = "running", Version = 2, Revision = 1 };

    private readonly OperationRig _rig = new(FleetChange.Of(Running), FleetChange.Of(Job), FleetChange.Of(Rollout));

    [Fact]
    public async Task Send_EachCommandForWhatMoved_IsNotSentAndSaysWhatChanged()
    {
        var (execution, deployment, job) = (_rig.Execution("e"), _rig.Deployment("d"), _rig.Job("j"));
        _rig.Feed(FleetChange.Of(Running with { Actual = new(ExecutionState.Of(KnownExecutionState.Failed)), Revision = 2 }), FleetChange.Of(Rollout with { State = "paused", Revision = 2 }), FleetChange.Of(Job with { Version = 3, Revision = 2 }));

        Operation[] sent =
        [
            await _rig.Stop.StopExecutionAsync(execution, new(), CancellationToken.None),
            .. await _rig.Stop.StopExecutionsAsync([execution], new(), _ => { }, CancellationToken.None),
            await _rig.Stop.StopJobAsync(job, new(), CancellationToken.None),
            .. await Task.WhenAll(new[] { OperationKind.Promote, OperationKind.Pause, OperationKind.Resume, OperationKind.Rollback }.Select(kind => _rig.Deployments.SendAsync(kind, deployment, new(), null, CancellationToken.None))),
            .. await Task.WhenAll(new[] { OperationKind.Rerun, OperationKind.Rollback, OperationKind.DeleteJob }.Select(kind => _rig.Jobs.SendAsync(kind, job, new(), null, CancellationToken.None))),
        ];

        Assert.All(sent, operation => Assert.Equal(OperationPhase.Moved, operation.Phase));
        Assert.All(sent, operation => Assert.NotEmpty(operation.Moved!.Changes));
        Assert.Equal("Stop not sent. It was running when you asked; it has failed.", sent[0].Summary);
        Assert.Empty(_rig.Server.Calls);
        // It concerns nobody else, and nothing is under way.
        Assert.Empty(_rig.Log.All);

        // Asked again, for the target as it is now.
        Assert.Equal(OperationPhase.Accepted, (await _rig.Deployments.SendAsync(OperationKind.Resume, sent[5].Moved!.Now, new(), null, CancellationToken.None)).Phase);
        Assert.Equal(["resume"], _rig.Server.Calls);
    }

    [Fact]
    public async Task Send_HeartbeatsMeanwhile_IsSent()
    {
        var seen = _rig.Execution("e");
        _rig.Feed(FleetChange.Of(Running with { Revision = 9, UpdatedAt = DateTimeOffset.UnixEpoch, Actual = new(ExecutionState.Of(KnownExecutionState.Running), "1,000 lines so far") }));

        Assert.Equal(OperationPhase.Accepted, (await _rig.Stop.StopExecutionAsync(seen, new(), CancellationToken.None)).Phase);
    }

    [Fact]
    public async Task Send_WithoutTheRole_LearnsNothingOfWhatChanged()
    {
        var seen = _rig.Execution("e");
        _rig.Feed(FleetChange.Of(Running with { Actual = new(ExecutionState.Of(KnownExecutionState.Failed)), Revision = 2 }));
        _rig.User.Real = new DashboardUser("Vera", AccessRole.Viewer);

        var operation = await _rig.Stop.StopExecutionAsync(seen, new(), CancellationToken.None);

        Assert.Equal((OperationPhase.Refused, null), (operation.Phase, operation.Moved));
    }

    // The pages are of the past then, so the control plane is asked.
    [Fact]
    public async Task Send_FeedIsGone_AsksTheControlPlane()
    {
        var seen = _rig.Deployment("d");
        _rig.LoseFeed();
        _rig.Server.Deployments["d"] = Rollout with { State = "completed", Revision = 5 };

        var operation = await _rig.Deployments.SendAsync(OperationKind.Pause, seen, new(), null, CancellationToken.None);

        Assert.Equal("Pause not sent. It was in progress when you asked; it has completed.", operation.Summary);
        _rig.Server.Deployments["d"] = Rollout;
        Assert.Equal(OperationPhase.Accepted, (await _rig.Deployments.SendAsync(OperationKind.Pause, seen, new(), null, CancellationToken.None)).Phase);
    }

    public void Dispose() => _rig.Dispose();
}
