using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Tests.Feed;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>Reruns, rollbacks and deletions of jobs.</summary>
public sealed class JobOperationTests : IDisposable
{
    private static readonly Job Job = new() { Id = "j", Name = "ingest", State = "running", Version = 3, Revision = 7 };
    private static readonly Deployment Last = new() { Id = "d1", JobId = "j", Type = "update", State = "completed", CreatedAt = DateTimeOffset.UnixEpoch };

    private readonly FakeTimeProvider _time = new();
    private readonly TestControlPlane _server = new();
    private readonly LiveSignals _signals;
    private readonly Replica _replica;
    private readonly OperationLog _log;
    private readonly JobOperations _jobs;
    private readonly StopOperations _stop;
    private long _sequence;

    public JobOperationTests()
    {
        _signals = new LiveSignals(_time);
        _replica = new Replica(_signals, _time);
        _log = new OperationLog(_signals, _time);
        var watch = new OperationWatch(_log, _signals, _time);
        _stop = new StopOperations(_server, _replica, _log, watch);
        _jobs = new JobOperations(_server, _replica, _log, watch, _stop);
        Feed(FleetChange.Of(Job), FleetChange.Of(Last));
    }

    [Theory]
    [InlineData(OperationKind.Rerun, "restart", "d2", "Rerun started")]
    [InlineData(OperationKind.Rollback, "rollback", "d2", "Rollback started")]
    // in the rollout generation the deployment keeps its id
    [InlineData(OperationKind.Rerun, "restart", "d1", "Rerun started")]
    public async Task Send_NewDeploymentInTheFeed_IsSeen(OperationKind kind, string type, string id, string summary)
    {
        Assert.Equal(OperationPhase.Accepted, (await _jobs.SendAsync(kind, Job, "why", 2, CancellationToken.None)).Phase);
        Assert.Contains("accepted", _jobs.WhyNot(OperationKind.StopJob, "j"), StringComparison.Ordinal);

        Feed(FleetChange.Of(Last with { Id = id, Type = type, State = "in_progress", CreatedAt = DateTimeOffset.UnixEpoch.AddDays(1), Revision = 1 }));

        Assert.Equal(summary, await EndedAsync());
    }

    [Fact]
    public async Task Delete_GoneFromTheFeed_IsSeen()
    {
        await _jobs.SendAsync(OperationKind.DeleteJob, Job, "why", null, CancellationToken.None);
        Feed(FleetChange.Gone(FleetKind.Job, "j"));
        Assert.Equal("Deleted", await EndedAsync());
        Assert.Equal("The control plane no longer has the job.", _jobs.WhyNot(OperationKind.Rerun, "j"));
    }

    [Fact]
    public async Task Send_Conflict_TellsTheStateNow()
    {
        _server.Jobs["j"] = Job with { State = "rollout_paused" };
        _server.Fault = (call, _) => call is "rerun" or "stop" ? new(ControlPlaneError.Conflict, "It moves.", 409) : null;

        Assert.Equal("Refused: It moves. It is rollout paused now.", (await _jobs.SendAsync(OperationKind.Rerun, Job, "", null, CancellationToken.None)).Summary);
        Assert.Equal("Refused: It moves. It is rollout paused now.", (await _stop.StopJobAsync("j", "", CancellationToken.None)).Summary);
    }

    [Fact]
    public void WhyNot_StateAndServer_SayWhy()
    {
        Assert.Equal("", _jobs.WhyNot(OperationKind.Rollback, "j"));
        Feed(FleetChange.Of(Job with { State = "stopped", Version = 1, Revision = 8 }));
        Assert.Equal("The job is stopped already.", _jobs.WhyNot(OperationKind.StopJob, "j"));
        Assert.Equal("There is no version before it.", _jobs.WhyNot(OperationKind.Rollback, "j"));
        _server.Capabilities.Learn(ControlPlaneCommand.DeleteJob, Offer.NotOffered);
        Assert.Equal("This control plane does not offer it.", _jobs.WhyNot(OperationKind.DeleteJob, "j"));
        Assert.True(JobOperations.NeedsForce(Job));
        Assert.False(JobOperations.NeedsForce(Job with { State = "stopped" }));
    }

    public void Dispose() => _signals.Dispose();

    private void Feed(params FleetChange[] changes)
    {
        var first = _sequence == 0;
        var previous = first ? 1 : _sequence;
        _sequence = first ? 1 : _sequence + 1;
        Assert.True(_replica.Apply(new FeedBatch { Previous = previous, Sequence = _sequence, Reset = first, Changes = changes, Status = new FeedStatus { LogId = "log" } }));
    }

    // The effect is seen on the thread pool: it is awaited through the topic that tells of it.
    private async Task<string> EndedAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _signals.Subscribe(Topics.Operations, _ =>
        {
            if (_log.Of("j") is { HasEnded: true }) ended.TrySetResult();
            return Task.CompletedTask;
        });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        while (_log.Of("j") is not { HasEnded: true } && !patience.IsCancellationRequested)
        {
            _time.Advance(LiveSignals.Interval);
            await Task.WhenAny(ended.Task, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }
        return _log.Of("j")!.Summary;
    }
}
