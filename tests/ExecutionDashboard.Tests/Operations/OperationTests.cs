using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Tests.Feed;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>A yes of the control plane is an acceptance: a command is done when the feed shows it.</summary>
public sealed class OperationTests : IDisposable
{
    private static readonly Deployment Canary = new()
    {
        Id = "d", JobId = "j", State = "in_progress", FromVersion = 1, ToVersion = 2, CanaryNodes = ["n"], CanaryPromoted = false, RollbackToVersion = 1,
    };

    private readonly FakeTimeProvider _time = new();
    private readonly TestControlPlane _server = new();
    private readonly LiveSignals _signals;
    private readonly Replica _replica;
    private readonly OperationLog _log;
    private readonly StopOperations _stop;
    private readonly DeploymentOperations _deployments;
    private long _sequence;

    public OperationTests()
    {
        _signals = new LiveSignals(_time);
        _replica = new Replica(_signals, _time);
        _log = new OperationLog(_signals, _time);
        var watch = new OperationWatch(_log, _signals, _time);
        _stop = new StopOperations(_server, _replica, _log, watch);
        _deployments = new DeploymentOperations(_server, _replica, _log, watch);
        Feed(FleetChange.Of(Running(1, KnownExecutionState.Running)), FleetChange.Of(Canary));
    }

    [Fact]
    public async Task Stop_Accepted_IsDoneOnlyWhenTheFeedShowsIt()
    {
        var operation = await _stop.StopExecutionAsync("e", "because", CancellationToken.None);
        Assert.Equal(OperationPhase.Accepted, operation.Phase);
        Assert.Equal(OperationPhase.Accepted, _log.Of("e")!.Phase);

        Feed(FleetChange.Of(Running(2, KnownExecutionState.Stopping)));
        _time.Advance(LiveSignals.Interval);

        Assert.Equal((OperationPhase.Seen, "stopping"), await Ended("e"));
    }

    [Fact]
    public async Task Ended_CommandsOfEachResult_AreCountedOnceByKind()
    {
        await _stop.StopExecutionAsync("e", "", CancellationToken.None);
        // A newer command for the same target takes its place on the pages, not in the count.
        await _stop.StopExecutionAsync("e", "", CancellationToken.None);
        _time.Advance(OperationLog.SeenLimit);
        while (_log.Ended(OperationKind.StopExecution, OperationResult.Unconfirmed) < 2) await Task.Yield();
        foreach (var error in new[] { ControlPlaneError.Conflict, ControlPlaneError.Unreachable })
        {
            _server.Fault = (_, _) => new(error, "No.");
            await _stop.StopExecutionAsync("e", "", CancellationToken.None);
        }

        Assert.Equal(
            (0, 2, 1, 1),
            (_log.Ended(OperationKind.StopExecution, OperationResult.Confirmed), _log.Ended(OperationKind.StopExecution, OperationResult.Unconfirmed),
             _log.Ended(OperationKind.StopExecution, OperationResult.Refused), _log.Ended(OperationKind.StopExecution, OperationResult.Failed)));
        Assert.Equal(0, _log.Ended(OperationKind.StopJob, OperationResult.Unconfirmed));
    }

    [Fact]
    public async Task Stop_ReasonThatNoFieldTakes_IsCut()
    {
        var operation = await _stop.StopExecutionAsync("e", new string('x', 31_000), CancellationToken.None);

        Assert.Equal(OperationLog.LongestReason, operation.Reason.Length);
        Assert.Equal(OperationLog.LongestReason, _server.Reason.Length);
    }

    [Fact]
    public async Task Stop_NothingSeenWithin30Seconds_SaysSo()
    {
        await _stop.StopExecutionAsync("e", "", CancellationToken.None);

        _time.Advance(OperationLog.SeenLimit);

        Assert.Equal(OperationPhase.NotSeen, (await Ended("e")).Phase);
        Assert.Contains("not seen after 30 s", _log.Of("e")!.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_Conflict_TellsTheStateNow()
    {
        _server.Put(Running(9, KnownExecutionState.Completed));
        _server.Fault = (call, _) => call == "stop" ? new(ControlPlaneError.Conflict, "It has ended.", 409) : null;

        var operation = await _stop.StopExecutionAsync("e", "", CancellationToken.None);

        Assert.Equal(OperationPhase.Refused, operation.Phase);
        Assert.Equal("Refused: It has ended. It is completed now.", operation.Summary);
    }

    [Fact]
    public async Task Promote_SeenInTheFeed_IsDone()
    {
        Assert.Equal("", _deployments.WhyNot(OperationKind.Promote, Canary));
        await _deployments.SendAsync(OperationKind.Promote, Canary, "", null, CancellationToken.None);
        Assert.StartsWith("Promotion accepted", _deployments.WhyNot(OperationKind.Pause, Canary), StringComparison.Ordinal);

        Feed(FleetChange.Of(Canary with { CanaryPromoted = true, Revision = 2 }));
        _time.Advance(LiveSignals.Interval);

        Assert.Equal((OperationPhase.Seen, "promoted"), await Ended("d"));
    }

    [Theory]
    [InlineData(OperationKind.Promote, "completed", "It has ended: completed.")]
    [InlineData(OperationKind.Pause, "paused", "It is paused already.")]
    [InlineData(OperationKind.Pause, "rolled_back", "It has ended: rolled back.")]
    [InlineData(OperationKind.Resume, "in_progress", "It is not paused.")]
    [InlineData(OperationKind.Resume, "paused", "")]
    [InlineData(OperationKind.Rollback, "rolled_back", "It has ended: rolled back.")]
    [InlineData(OperationKind.Rollback, "in_progress", "")]
    public void WhyNot_State_SaysWhy(OperationKind kind, string state, string why) => Assert.Equal(why, _deployments.WhyNot(kind, Canary with { State = state }));

    [Fact]
    public void WhyNot_NotOffered_SaysSo()
    {
        Assert.Equal("This control plane does not offer it.", _deployments.WhyNot(OperationKind.Promote, Canary with { IsRollout = true }));
        _server.Capabilities.Learn(ControlPlaneCommand.Pause, Offer.NotOffered);
        Assert.Equal("This control plane does not offer it.", _deployments.WhyNot(OperationKind.Pause, Canary));
        Assert.Equal("There is no version before it.", _deployments.WhyNot(OperationKind.Rollback, Canary with { RollbackToVersion = 0 }));
        Assert.Equal("There is no version before it.", _deployments.WhyNot(OperationKind.Rollback, Canary with { Type = "create", FromVersion = null, RollbackToVersion = null }));
        // What is not sent is not known to be missing: the server decides.
        Assert.Equal("", _deployments.WhyNot(OperationKind.Rollback, Canary with { Type = "update", FromVersion = null, RollbackToVersion = null }));
    }

    public void Dispose() => _signals.Dispose();

    private static Execution Running(long revision, KnownExecutionState state) => new()
    {
        Id = "e", JobId = "j", NodeId = "n", Revision = revision, Actual = new(ExecutionState.Of(state)), UpdatedAt = DateTimeOffset.UnixEpoch.AddSeconds(revision),
    };

    private void Feed(params FleetChange[] changes)
    {
        var first = _sequence == 0;
        var previous = first ? 1 : _sequence;
        _sequence = first ? 1 : _sequence + 1;
        Assert.True(_replica.Apply(new FeedBatch { Previous = previous, Sequence = _sequence, Reset = first, Changes = changes, Status = new FeedStatus { LogId = "log" } }));
    }

    // The effect is seen on the thread pool: it is awaited through the topic that tells of it.
    private async Task<(OperationPhase Phase, string StateNow)> Ended(string target)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _signals.Subscribe(Topics.Operations, _ =>
        {
            if (_log.Of(target) is { HasEnded: true }) ended.TrySetResult();
            return Task.CompletedTask;
        });
        var limit = TimeProvider.System.GetTimestamp();
        while (_log.Of(target) is not { HasEnded: true } && TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromSeconds(10))
        {
            _time.Advance(LiveSignals.Interval);
            await Task.WhenAny(ended.Task, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }
        var operation = _log.Of(target)!;
        return (operation.Phase, operation.StateNow);
    }
}
