using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Tests.Operations.Access;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Live.Scopes;

public sealed class ScopedFleetsTests : IDisposable
{
    private readonly ScopedRig _rig = new([.. Fleet("a"), .. Fleet("b")]);

    private ScopedFleets Fleets => _rig.Program.GetRequiredService<ScopedFleets>();

    [Fact]
    public void Tab_OfWhoSeesAll_HasTheProgramsServices()
    {
        using var tab = _rig.Open(new AccessGrants(AccessRole.Viewer));

        foreach (var kind in (Type[])[typeof(Replica), typeof(LiveSignals), typeof(Problems), typeof(OperationLog), typeof(IControlPlane), typeof(IJobLogs), typeof(NodeUseHistory)])
            Assert.Same(_rig.Program.GetRequiredService(kind), tab.ServiceProvider.GetRequiredService(kind));
        Assert.Equal(0, Fleets.Count);
    }

    [Fact]
    public void Tabs_OfOnePart_ShareWhatIsWorkedOut()
    {
        using var one = _rig.Open(AccessRole.Viewer, "namespace=a");
        using var same = _rig.Open(AccessRole.Operator, " namespace=a ");
        using var other = _rig.Open(AccessRole.Viewer, "namespace=b");

        Assert.Same(one.ServiceProvider.GetRequiredService<Replica>(), same.ServiceProvider.GetRequiredService<Replica>());
        Assert.NotSame(one.ServiceProvider.GetRequiredService<Replica>(), other.ServiceProvider.GetRequiredService<Replica>());
        Assert.Equal(2, Fleets.Count);
    }

    [Fact]
    public void Tab_OfNobody_SeesNothing()
    {
        using var tab = _rig.Open(new AccessGrants(AccessRole.None));

        Assert.Equal(0, tab.ServiceProvider.GetRequiredService<Replica>().Store.ExecutionCount);
        Assert.Empty(tab.ServiceProvider.GetRequiredService<Replica>().Store.Jobs);
    }

    [Fact]
    public void Part_FollowsTheWhole_AndIsLoadedAnewWithIt()
    {
        using var tab = _rig.Open(AccessRole.Viewer, "namespace=a");
        var replica = tab.ServiceProvider.GetRequiredService<Replica>();

        _rig.Follow(FleetChange.Of(new Execution { Id = "a-e2", JobId = "a-job", NodeId = "a-n" }), FleetChange.Of(new Execution { Id = "b-e2", JobId = "b-job", NodeId = "b-n" }));
        Assert.Equal(["a-e", "a-e2"], replica.Store.Enumerate(ExecutionQuery.All).Select(e => e.Id).Order());

        _rig.Load([.. Fleet("a")]);
        Assert.Equal(["a-e"], replica.Store.Enumerate(ExecutionQuery.All).Select(e => e.Id));
        Assert.True(replica.Freshness.IsLoaded);
    }

    [Fact]
    public void Part_ThatNobodyUsesForFiveMinutes_IsGone()
    {
        using var stays = _rig.Open(AccessRole.Viewer, "namespace=a");
        stays.ServiceProvider.GetRequiredService<Replica>();
        var tab = _rig.Open(AccessRole.Viewer, "namespace=b");
        tab.ServiceProvider.GetRequiredService<Replica>();
        tab.Dispose();

        _rig.Time.Advance(ScopedFleets.Kept - TimeSpan.FromSeconds(1));
        Assert.Equal(2, Fleets.Count);
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Fleets.Count);
    }

    [Fact]
    public async Task Ask_OfWhatIsNotSeen_IsAnsweredAsOfWhatDoesNotExist()
    {
        using var tab = _rig.Open(AccessRole.Admin, "namespace=a");
        var (server, history, logs, use) = (tab.ServiceProvider.GetRequiredService<IControlPlane>(), tab.ServiceProvider.GetRequiredService<FeedHistoryClient>(), tab.ServiceProvider.GetRequiredService<IJobLogs>(), tab.ServiceProvider.GetRequiredService<NodeUseHistory>());

        foreach (var ask in (Func<string, Task<string>>[])
                 [
                     async x => $"{(await server.GetExecutionAsync(x + "-e")).Failure}", async x => $"{(await server.GetNodeAsync(x + "-n")).Failure}", async x => $"{(await server.GetJobAsync(x + "-job")).Failure}",
                     async x => $"{(await server.GetDeploymentAsync(x + "-d")).Failure}", async x => $"{(await server.ListJobVersionsAsync(x + "-job")).Failure}",
                     async x => $"{(await server.GetJobHistoryAsync(x + "-job")).Failure}", async x => $"{(await server.ListJobEvaluationsAsync(x + "-job")).Failure}", async x => $"{(await server.GetExecutionHistoryAsync(x + "-e")).Failure}",
                     async x => $"{(await server.DiffJobVersionsAsync(x + "-job", 1)).Failure}", async x => $"{(await server.StopExecutionAsync(x + "-e", "")).Failure}", async x => $"{(await server.DeleteJobAsync(x + "-job", false, "")).Failure}",
                     async x => $"{(await server.PromoteAsync(new() { Id = x + "-d", JobId = "a-job" }, "")).Failure}", async x => $"{(await server.PauseAsync(new() { Id = "a-d", JobId = x + "-job" }, "")).Failure}",
                     async x => $"{await history.OfExecutionAsync(x + "-e", default)}", async x => $"{await history.OfDeploymentAsync(x + "-d", default)}", async x => $"{await history.OfCanaryAsync(x + "-d", default, default)}",
                     async x => $"{(await logs.FollowAsync(new(x + "-job"))).Failure}", async x => $"{(await logs.FollowAsync(new("a-job") { NodeId = x + "-n" })).Failure}", async x => $"{await use.OfAsync(x + "-n", default)}",
                 ])
            Assert.Equal(await ask("none"), await ask("b"));
        Assert.Empty(_rig.Server.Calls);
        Assert.Empty(_rig.Feed.Asked);
        Assert.All((string?[])[(await server.GetStatusAsync()).Failure?.Message, (await server.ListJobsAsync()).Failure?.Message, (await server.DiffJobAsync("{}")).Failure?.Message, (await history.AtAsync(default, true, default)).Problem],
            text => Assert.Equal(FleetSight.OfTheWhole, text));
    }

    [Fact]
    public async Task Timeline_OfSharedNodes_HasTheExecutionsThatAreSeen()
    {
        _rig.Follow(FleetChange.Of(new Execution { Id = "b-e2", JobId = "b-job", NodeId = "a-n" }));
        _rig.Feed.Reply = """{"lanes":[{"nodeId":"a-n","leftOut":7,"bars":[{"executionId":"a-e","jobId":"a-job"},{"executionId":"b-e2","jobId":"b-job"},{"executionId":"old","jobId":"gone"}]}]}""";
        using var tab = _rig.Open(AccessRole.Viewer, "namespace=a");

        var (timeline, _) = await tab.ServiceProvider.GetRequiredService<FeedHistoryClient>().OfNodesAsync(["a-n", "b-n"], default, default, default);

        Assert.DoesNotContain("b-n", Assert.Single(_rig.Feed.Asked), StringComparison.Ordinal);
        var lane = Assert.Single(timeline!.Lanes);
        Assert.Equal((0, "a-e"), (lane.LeftOut, Assert.Single(lane.Bars).ExecutionId));
    }

    [Fact]
    public void Operations_OfOthers_AreThoseOfWhatIsSeen()
    {
        var log = _rig.Program.GetRequiredService<OperationLog>();
        foreach (var target in (string[])["a-e", "b-e", "a-job", "b-job"]) log.Begin(OperationKind.StopJob, new(ExecutionDashboard.Fleet.Audit.AuditTarget.Execution, target), "", "Bob");
        using var tab = _rig.Open(AccessRole.Viewer, "namespace=a");

        var seen = tab.ServiceProvider.GetRequiredService<OperationLog>();

        Assert.Equal(["a-e", "a-job"], seen.All.Select(o => o.TargetId).Order());
        Assert.Null(seen.Of("b-job"));
        Assert.Equal("Bob", seen.Of("a-job")!.By);
    }

    public void Dispose() => _rig.Dispose();

    private static FleetChange[] Fleet(string name) =>
    [
        FleetChange.Of(new Node { Id = $"{name}-n" }), FleetChange.Of(new Job { Id = $"{name}-job", Namespace = name }), FleetChange.Of(new Deployment { Id = $"{name}-d", JobId = $"{name}-job" }),
        FleetChange.Of(new Execution { Id = $"{name}-e", JobId = $"{name}-job", NodeId = $"{name}-n" }),
    ];
}
