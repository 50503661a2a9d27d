using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>A yes of the control plane is an acceptance: a command is done when the feed shows it.</summary>
public sealed class OperationTests : IDisposable
{
    private static readonly Deployment Canary = new()
    {
        Id = "d", JobId = "j", State = "in_progress", FromVersion = 1, ToVersion = 2, CanaryNodes = ["n"], CanaryPromoted = false, RollbackToVersion = 1,
    };

    private readonly OperationRig _rig = new(FleetChange.Of(Running(1, KnownExecutionState.Running)), FleetChange.Of(Canary));

    private OperationLog Log => _rig.Log;

    [Fact]
    public async Task Stop_Accepted_IsDoneOnlyWhenTheFeedShowsIt()
    {
        var operation = await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new("because"), CancellationToken.None);
        Assert.Equal(OperationPhase.Accepted, operation.Phase);
        Assert.Equal(OperationPhase.Accepted, Log.Of("e")!.Phase);

        _rig.Feed(FleetChange.Of(Running(2, KnownExecutionState.Stopping)));
        _rig.Time.Advance(LiveSignals.Interval);

        var ended = await _rig.EndedAsync("e");
        Assert.Equal((OperationPhase.Seen, "stopping"), (ended.Phase, ended.StateNow));
    }

    [Fact]
    public async Task Ended_CommandsOfEachResult_AreCountedOnceByKind()
    {
        await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new(), CancellationToken.None);
        // A newer command for the same target takes its place on the pages, not in the count.
        await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new(), CancellationToken.None);
        _rig.Time.Advance(OperationLog.SeenLimit);
        await OperationRig.UntilAsync(() => Log.Ended(OperationKind.StopExecution, OperationResult.Unconfirmed) >= 2);
        foreach (var error in new[] { ControlPlaneError.Conflict, ControlPlaneError.Unreachable })
        {
            _rig.Server.Fault = (_, _) => new(error, "No.");
            await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new(), CancellationToken.None);
        }

        Assert.Equal(
            (0, 2, 1, 1),
            (Log.Ended(OperationKind.StopExecution, OperationResult.Confirmed), Log.Ended(OperationKind.StopExecution, OperationResult.Unconfirmed),
             Log.Ended(OperationKind.StopExecution, OperationResult.Refused), Log.Ended(OperationKind.StopExecution, OperationResult.Failed)));
        Assert.Equal(0, Log.Ended(OperationKind.StopJob, OperationResult.Unconfirmed));
    }

    [Fact]
    public async Task Stop_ReasonThatNoFieldTakes_IsCut()
    {
        var operation = await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new(new string('x', 31_000)), CancellationToken.None);

        Assert.Equal(OperationLog.LongestReason, operation.Reason.Length);
        Assert.Equal(OperationLog.LongestReason, _rig.Server.Reason.Length);
    }

    [Fact]
    public async Task Stop_NothingSeenWithin30Seconds_SaysSo()
    {
        await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new(), CancellationToken.None);

        _rig.Time.Advance(OperationLog.SeenLimit);

        Assert.Equal(OperationPhase.NotSeen, (await _rig.EndedAsync("e")).Phase);
        Assert.Contains("not seen after 30 s", Log.Of("e")!.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_Conflict_TellsTheStateNow()
    {
        _rig.Server.Put(Running(9, KnownExecutionState.Completed));
        _rig.Server.Fault = (call, _) => call == "stop" ? new(ControlPlaneError.Conflict, "It has ended.", 409) : null;

        var operation = await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new(), CancellationToken.None);

        Assert.Equal(OperationPhase.Refused, operation.Phase);
        Assert.Equal("Refused: It has ended. It is completed now.", operation.Summary);
    }

    [Fact]
    public async Task Promote_SeenInTheFeed_IsDone()
    {
        Assert.Equal("", _rig.Deployments.WhyNot(OperationKind.Promote, Canary));
        await _rig.Deployments.SendAsync(OperationKind.Promote, _rig.Deployment("d"), new("seen enough", "j"), null, CancellationToken.None);
        Assert.StartsWith("Promotion accepted", _rig.Deployments.WhyNot(OperationKind.Pause, Canary), StringComparison.Ordinal);

        _rig.Feed(FleetChange.Of(Canary with { CanaryPromoted = true, Revision = 2 }));
        _rig.Time.Advance(LiveSignals.Interval);

        var ended = await _rig.EndedAsync("d");
        Assert.Equal((OperationPhase.Seen, "promoted"), (ended.Phase, ended.StateNow));
    }

    [Theory]
    [InlineData(OperationKind.Promote, "completed", "It has ended: completed.")]
    [InlineData(OperationKind.Pause, "paused", "It is paused already.")]
    [InlineData(OperationKind.Pause, "rolled_back", "It has ended: rolled back.")]
    [InlineData(OperationKind.Resume, "in_progress", "It is not paused.")]
    [InlineData(OperationKind.Resume, "paused", "")]
    [InlineData(OperationKind.Rollback, "rolled_back", "It has ended: rolled back.")]
    [InlineData(OperationKind.Rollback, "in_progress", "")]
    public void WhyNot_State_SaysWhy(OperationKind kind, string state, string why) => Assert.Equal(why, _rig.Deployments.WhyNot(kind, Canary with { State = state }));

    [Fact]
    public void WhyNot_NotOffered_SaysSo()
    {
        Assert.Equal("This control plane does not offer it.", _rig.Deployments.WhyNot(OperationKind.Promote, Canary with { IsRollout = true }));
        _rig.Server.Capabilities.Learn(ControlPlaneCommand.Pause, Offer.NotOffered);
        Assert.Equal("This control plane does not offer it.", _rig.Deployments.WhyNot(OperationKind.Pause, Canary));
        Assert.Equal("There is no version before it.", _rig.Deployments.WhyNot(OperationKind.Rollback, Canary with { RollbackToVersion = 0 }));
        Assert.Equal("There is no version before it.", _rig.Deployments.WhyNot(OperationKind.Rollback, Canary with { Type = "create", FromVersion = null, RollbackToVersion = null }));
        // What is not sent is not known to be missing: the server decides.
        Assert.Equal("", _rig.Deployments.WhyNot(OperationKind.Rollback, Canary with { Type = "update", FromVersion = null, RollbackToVersion = null }));
    }

    public void Dispose() => _rig.Dispose();

    private static Execution Running(long revision, KnownExecutionState state) => new()
    {
        Id = "e", JobId = "j", NodeId = "n", Revision = revision, Actual = new(ExecutionState.Of(state)), UpdatedAt = DateTimeOffset.UnixEpoch.AddSeconds(revision),
    };
}
