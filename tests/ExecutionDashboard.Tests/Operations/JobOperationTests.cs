using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>Reruns, rollbacks and deletions of jobs.</summary>
public sealed class JobOperationTests : IDisposable
{
    private static readonly Job Job = new() { Id = "j", Name = "ingest", State = "running", Version = 3, Revision = 7 };
    private static readonly Deployment Last = new() { Id = "d1", JobId = "j", Type = "update", State = "completed", CreatedAt = DateTimeOffset.UnixEpoch };

    private readonly OperationRig _rig = new(FleetChange.Of(Job), FleetChange.Of(Last));

    [Theory]
    [InlineData(OperationKind.Rerun, "restart", "d2", "Rerun started")]
    [InlineData(OperationKind.Rollback, "rollback", "d2", "Rollback started")]
    // in the rollout generation the deployment keeps its id
    [InlineData(OperationKind.Rerun, "restart", "d1", "Rerun started")]
    public async Task Send_NewDeploymentInTheFeed_IsSeen(OperationKind kind, string type, string id, string summary)
    {
        Assert.Equal(OperationPhase.Accepted, (await _rig.Jobs.SendAsync(kind, _rig.Job("j"), new("why"), 2, CancellationToken.None)).Phase);
        Assert.Contains("accepted", _rig.Jobs.WhyNot(OperationKind.StopJob, "j"), StringComparison.Ordinal);

        _rig.Feed(FleetChange.Of(Last with { Id = id, Type = type, State = "in_progress", CreatedAt = DateTimeOffset.UnixEpoch.AddDays(1), Revision = 1 }));

        Assert.Equal(summary, (await _rig.EndedAsync("j")).Summary);
    }

    [Fact]
    public async Task Delete_GoneFromTheFeed_IsSeen()
    {
        await _rig.Jobs.SendAsync(OperationKind.DeleteJob, _rig.Job("j"), new("why", "ingest"), null, CancellationToken.None);
        _rig.Feed(FleetChange.Gone(FleetKind.Job, "j"));
        Assert.Equal("Deleted", (await _rig.EndedAsync("j")).Summary);
        Assert.Equal("The control plane no longer has the job.", _rig.Jobs.WhyNot(OperationKind.Rerun, "j"));
    }

    [Fact]
    public async Task Send_Conflict_TellsTheStateNow()
    {
        _rig.Server.Jobs["j"] = Job with { State = "rollout_paused" };
        _rig.Server.Fault = (call, _) => call is "rerun" or "stop" ? new(ControlPlaneError.Conflict, "It moves.", 409) : null;

        Assert.Equal("Refused: It moves. It is rollout paused now.", (await _rig.Jobs.SendAsync(OperationKind.Rerun, _rig.Job("j"), new(), null, CancellationToken.None)).Summary);
        Assert.Equal("Refused: It moves. It is rollout paused now.", (await _rig.Stop.StopJobAsync(_rig.Job("j"), new("why", "ingest"), CancellationToken.None)).Summary);
    }

    [Fact]
    public void WhyNot_StateAndServer_SayWhy()
    {
        Assert.Equal("", _rig.Jobs.WhyNot(OperationKind.Rollback, "j"));
        _rig.Feed(FleetChange.Of(Job with { State = "stopped", Version = 1, Revision = 8 }));
        Assert.Equal("The job is stopped already.", _rig.Jobs.WhyNot(OperationKind.StopJob, "j"));
        Assert.Equal("There is no version before it.", _rig.Jobs.WhyNot(OperationKind.Rollback, "j"));
        _rig.Server.Capabilities.Learn(ControlPlaneCommand.DeleteJob, Offer.NotOffered);
        Assert.Equal("This control plane does not offer it.", _rig.Jobs.WhyNot(OperationKind.DeleteJob, "j"));
        Assert.True(JobOperations.NeedsForce(Job));
        Assert.False(JobOperations.NeedsForce(Job with { State = "stopped" }));
    }

    public void Dispose() => _rig.Dispose();
}
