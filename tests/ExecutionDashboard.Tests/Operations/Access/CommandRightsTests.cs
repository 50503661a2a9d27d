using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Tests.Operations.Access;

/// <summary>Every command with every role: what a role may not do is not sent, whatever a page offers.</summary>
public sealed class CommandRightsTests : IDisposable
{
    private static readonly Deployment Rollout = new() { Id = "d", JobId = "j", State = "in_progress", FromVersion = 1, ToVersion = 2, CanaryNodes = ["n"], CanaryPromoted = false, RollbackToVersion = 1 };
    private static readonly Job Job = new() { Id = "j", State = "running", Version = 2 };

    private readonly OperationRig _rig = new(
        FleetChange.Of(new Execution { Id = "e", JobId = "j", NodeId = "n", Revision = 1, Actual = new(ExecutionState.Of(KnownExecutionState.Running)) }), FleetChange.Of(Job), FleetChange.Of(Rollout));

    // The commands that exist, with the least role that may give them.
    public static TheoryData<OperationKind, AccessRole> Commands => new()
    {
        { OperationKind.StopExecution, AccessRole.Operator }, { OperationKind.StopJob, AccessRole.Operator }, { OperationKind.Promote, AccessRole.Operator }, { OperationKind.Pause, AccessRole.Operator },
        { OperationKind.Resume, AccessRole.Operator }, { OperationKind.Rollback, AccessRole.Operator }, { OperationKind.Rerun, AccessRole.Operator }, { OperationKind.DeleteJob, AccessRole.Admin },
    };

    [Fact]
    public void Commands_InTheMatrix_AreAllThatExist() => Assert.Equal(Enum.GetValues<OperationKind>(), Commands.Select(row => (OperationKind)row[0]).Order());

    [Theory, MemberData(nameof(Commands))]
    public async Task Send_WithEachRole_IsSentFromTheLeastRoleOn(OperationKind kind, AccessRole least)
    {
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            // The tab still shows what it was opened with: the command looks again by itself.
            _rig.User.Show(DashboardUser.Anyone);
            _rig.User.Real = new DashboardUser("Ann", role);
            _rig.Server.Calls.Clear();

            foreach (var send in Ways(kind))
            {
                var operation = await send();

                if (role >= least)
                {
                    Assert.NotEqual(ControlPlaneError.Forbidden, operation.Failure?.Error);
                    Assert.Equal("Ann", operation.By);
                    continue;
                }
                Assert.Equal((OperationPhase.Refused, ControlPlaneError.Forbidden), (operation.Phase, operation.Failure?.Error));
                Assert.Contains($"needs the role {least.ToString().ToLowerInvariant()}", operation.Summary, StringComparison.Ordinal);
            }
            Assert.Equal(role >= least, _rig.Server.Calls.Count > 0);
        }
    }

    [Fact]
    public async Task StopMany_MoreThanTheLimit_NeedsAdmin()
    {
        string[] ids = [.. Enumerable.Range(0, AccessSettings.DefaultBulkLimit + 1).Select(i => $"e{i}")];
        _rig.User.Show(new DashboardUser("Ann", AccessRole.Operator));

        var refused = await _rig.Stop.StopExecutionsAsync([.. ids.Select(_rig.Execution)], new("why", $"Stop {ids.Length}"), _ => { }, CancellationToken.None);

        Assert.Equal(ids, refused.Select(operation => operation.TargetId));
        Assert.All(refused, operation => Assert.Contains("role admin", operation.Summary, StringComparison.Ordinal));
        Assert.Empty(_rig.Server.Calls);
        Assert.Equal("", _rig.Stop.WhyNot(ids.Length - 1));
        _rig.User.Show(new DashboardUser("Ada", AccessRole.Admin));
        Assert.DoesNotContain(await _rig.Stop.StopExecutionsAsync([.. ids.Select(_rig.Execution)], new("why", $"Stop {ids.Length}"), _ => { }, CancellationToken.None), operation => operation.Failure?.Error == ControlPlaneError.Forbidden);
    }

    [Fact]
    public async Task Send_SignInThatEnded_SaysThatAndNotWhichRole()
    {
        _rig.User.Real = new DashboardUser("Ann", AccessRole.None, "Your sign-in ended.");

        var operation = await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new(), CancellationToken.None);

        Assert.Equal("Not allowed: Your sign-in ended.", operation.Summary);
        Assert.Equal("Your sign-in ended.", _rig.Jobs.WhyNot(OperationKind.Rerun, "j"));
        // Nobody else is told of it.
        Assert.Null(_rig.Log.Of("e"));
    }

    [Fact]
    public async Task TryRollback_Viewer_IsNotAsked()
    {
        _rig.User.Show(new DashboardUser("Vera", AccessRole.Viewer));

        Assert.Equal(ControlPlaneError.Forbidden, (await _rig.Jobs.TryRollbackAsync("j", null, CancellationToken.None)).Failure?.Error);
        Assert.Empty(_rig.Server.Calls);
    }

    public void Dispose() => _rig.Dispose();

    // A rollback is of a job or of a deployment.
    private IEnumerable<Func<Task<Operation>>> Ways(OperationKind kind)
    {
        switch (kind)
        {
            case OperationKind.StopExecution:
                yield return () => _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new("why", "j"), CancellationToken.None);
                yield return async () => (await _rig.Stop.StopExecutionsAsync([_rig.Execution("e")], new("why", "j"), _ => { }, CancellationToken.None))[0];
                break;
            case OperationKind.StopJob:
                yield return () => _rig.Stop.StopJobAsync(_rig.Job("j"), new("why", "j"), CancellationToken.None);
                break;
            case OperationKind.Promote or OperationKind.Pause or OperationKind.Resume:
                yield return () => _rig.Deployments.SendAsync(kind, _rig.Deployment("d"), new("why", "j"), null, CancellationToken.None);
                break;
            case OperationKind.Rollback:
                yield return () => _rig.Deployments.SendAsync(kind, _rig.Deployment("d"), new("why", "j"), null, CancellationToken.None);
                yield return () => _rig.Jobs.SendAsync(kind, _rig.Job("j"), new("why", "j"), null, CancellationToken.None);
                break;
            default:
                yield return () => _rig.Jobs.SendAsync(kind, _rig.Job("j"), new("why", "j"), null, CancellationToken.None);
                break;
        }
    }
}
