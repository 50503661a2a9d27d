using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Operations.Access;

/// <summary>Every command with every role in every kind of part: what a role for a part may not do is not sent, and what is not seen is answered as what does not exist.</summary>
public sealed class AccessGrantsTests : IDisposable
{
    private readonly ScopedRig _rig = new([.. Fleet("prod", "edge"), .. Fleet("dev", "cloud")]);

    // A part of the fleet, and whether who sees it sees its jobs on all nodes.
    public static TheoryData<string, bool> Parts => new() { { "namespace=prod", true }, { "namespace=prod, tier=edge", false }, { "job.team=prod", true }, { "job.team=prod, node.tier in (edge,gateway)", false } };

    [Theory, MemberData(nameof(Parts))]
    public async Task Send_EachCommandEachRole_CountsInItsPartAlone(string part, bool isForWholeJobs)
    {
        var wrong = new List<string>();
        foreach (var role in (AccessRole[])[AccessRole.Viewer, AccessRole.Operator, AccessRole.Admin])
        {
            using var tab = _rig.Open(role, part);
            foreach (var kind in Enum.GetValues<OperationKind>())
            {
                var least = kind == OperationKind.DeleteJob ? AccessRole.Admin : AccessRole.Operator;
                _rig.Server.Calls.Clear();
                var seen = await SendAsync(tab, kind, "prod");
                var isSent = role >= least && (isForWholeJobs || kind == OperationKind.StopExecution);
                if (seen.Error == ControlPlaneError.Forbidden == isSent || _rig.Server.Calls.Count > 0 != isSent) wrong.Add($"{kind} as {role} of '{part}': {seen}");
                if (role < least && !seen.Text.Contains($"needs the role {least.ToString().ToLowerInvariant()}", StringComparison.Ordinal)) wrong.Add($"{kind} as {role} of '{part}' does not name the role: {seen}");

                _rig.Server.Calls.Clear();
                var (other, missing) = (await SendAsync(tab, kind, "dev"), await SendAsync(tab, kind, "none"));
                if (other.Error != (role < least ? ControlPlaneError.Forbidden : ControlPlaneError.NotFound) || other != missing || _rig.Server.Calls.Count > 0) wrong.Add($"{kind} as {role} of '{part}', of what is not seen: {other}, of what does not exist: {missing}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Send_OperatorOfOnePartAndViewerOfAll_CommandsInThePart()
    {
        using var tab = _rig.Open(new AccessGrants(AccessRole.Viewer, [(AccessRole.Operator, ScopedRig.Rule("namespace=prod"))]));
        var jobs = tab.ServiceProvider.GetRequiredService<JobOperations>();

        Assert.Equal("", jobs.WhyNot(OperationKind.Rerun, "prod-job"));
        Assert.NotEqual(ControlPlaneError.Forbidden, (await SendAsync(tab, OperationKind.Rerun, "prod")).Error);
        Assert.Equal((ControlPlaneError.Forbidden, "Not allowed: This needs the role operator for it; you are viewer there."), await SendAsync(tab, OperationKind.StopExecution, "dev"));
        Assert.Equal("This needs the role operator for it; you are viewer there.", jobs.WhyNot(OperationKind.Rerun, "dev-job"));
    }

    [Fact]
    public async Task Send_OperatorOfOnePartAndViewerOfAnother_SeesBothAndCommandsInTheFirst()
    {
        using var tab = _rig.Open(new AccessGrants(AccessRole.None, [(AccessRole.Operator, ScopedRig.Rule("namespace=prod")), (AccessRole.Viewer, ScopedRig.Rule("namespace=dev"))]));

        Assert.Equal(2, tab.ServiceProvider.GetRequiredService<Replica>().Store.Jobs.Count);
        Assert.NotEqual(ControlPlaneError.Forbidden, (await SendAsync(tab, OperationKind.Rerun, "prod")).Error);
        Assert.Equal(ControlPlaneError.Forbidden, (await SendAsync(tab, OperationKind.Rerun, "dev")).Error);
    }

    [Fact]
    public async Task StopMany_AdminOfAnotherPart_IsHeldToTheLimit()
    {
        using var tab = _rig.Open(new AccessGrants(AccessRole.None, [(AccessRole.Operator, ScopedRig.Rule("namespace=prod")), (AccessRole.Admin, ScopedRig.Rule("namespace=dev"))]));
        SeenTarget[] ids = [.. Enumerable.Repeat(See(tab, FleetKind.Execution, "prod-e"), AccessSettings.DefaultBulkLimit + 1)];

        var refused = await tab.ServiceProvider.GetRequiredService<StopOperations>().StopExecutionsAsync(ids, new("why", $"Stop {ids.Length}"), _ => { }, CancellationToken.None);

        Assert.All(refused, operation => Assert.Contains("needs the role admin for it", operation.Summary, StringComparison.Ordinal));
        Assert.Empty(_rig.Server.Calls);
    }

    [Fact]
    public async Task Acknowledge_RoleForAPart_IsRefused()
    {
        using var tab = _rig.Open(AccessRole.Admin, "namespace=prod");

        Assert.Equal("This needs the role operator for the whole fleet; yours is limited to a part of it.", await tab.ServiceProvider.GetRequiredService<ProblemOperations>().CommentAsync("outage/x", "Ann", "mine"));
        Assert.Empty(_rig.Feed.Asked);
    }

    [Fact]
    public void Grants_OfTheWholeFleet_LeaveNothingToParts()
    {
        var grants = new AccessGrants(AccessRole.Operator, [(AccessRole.Viewer, ScopedRig.Rule("namespace=prod")), (AccessRole.Operator, ScopedRig.Rule("namespace=dev"))]);

        Assert.Equal(new AccessGrants(AccessRole.Operator), grants);
        Assert.False(grants.AreLimited);
        Assert.Null(grants.Scope);
        Assert.Equal(FleetScope.Nothing, new AccessGrants(AccessRole.None).Scope);
    }

    public void Dispose() => _rig.Dispose();

    private static FleetChange[] Fleet(string space, string tier) =>
    [
        FleetChange.Of(new Node { Id = $"{space}-n", Labels = new Dictionary<string, string> { ["tier"] = tier } }),
        FleetChange.Of(new Job { Id = $"{space}-job", Namespace = space, State = "running", Version = 2, Labels = new Dictionary<string, string> { ["team"] = space } }),
        FleetChange.Of(Rollout(space)),
        FleetChange.Of(new Execution { Id = $"{space}-e", JobId = $"{space}-job", NodeId = $"{space}-n", Revision = 1, Actual = new(ExecutionState.Of(KnownExecutionState.Running)) }),
    ];

    private static Deployment Rollout(string space) => new()
    {
        Id = $"{space}-d", JobId = $"{space}-job", State = "in_progress", FromVersion = 1, ToVersion = 2, CanaryNodes = [$"{space}-n"], CanaryPromoted = false, RollbackToVersion = 1,
    };

    private static SeenTarget See(IServiceScope tab, FleetKind kind, string id) => tab.ServiceProvider.GetRequiredService<OperationTargets>().See(kind, id);

    private static async Task<(ControlPlaneError? Error, string Text)> SendAsync(IServiceScope tab, OperationKind kind, string space)
    {
        var (stop, jobs, deployments) = (tab.ServiceProvider.GetRequiredService<StopOperations>(), tab.ServiceProvider.GetRequiredService<JobOperations>(), tab.ServiceProvider.GetRequiredService<DeploymentOperations>());
        var given = new Confirmation("why", $"{space}-job");
        var operation = kind switch
        {
            OperationKind.StopExecution => await stop.StopExecutionAsync(See(tab, FleetKind.Execution, $"{space}-e"), given, CancellationToken.None),
            OperationKind.StopJob => await stop.StopJobAsync(See(tab, FleetKind.Job, $"{space}-job"), given, CancellationToken.None),
            OperationKind.Promote or OperationKind.Pause or OperationKind.Resume => await deployments.SendAsync(kind, See(tab, FleetKind.Deployment, $"{space}-d") is { IsKnown: true } deployment ? deployment : new() { Kind = FleetKind.Deployment, Id = $"{space}-d", Deployment = Rollout(space) }, given, null, CancellationToken.None),
            _ => await jobs.SendAsync(kind, See(tab, FleetKind.Job, $"{space}-job") is { IsKnown: true } job ? job : new() { Kind = FleetKind.Job, Id = $"{space}-job", Job = new() { Id = $"{space}-job", State = "running" } }, given, null, CancellationToken.None),
        };
        return (operation.Failure?.Error, operation.Summary);
    }
}
