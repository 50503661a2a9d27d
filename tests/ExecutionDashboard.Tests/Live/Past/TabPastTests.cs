using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Tests.Operations.Access;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Live.Past;

/// <summary>A tab that shows the past, with the services as the program registers them.</summary>
public sealed class TabPastTests : IDisposable
{
    private readonly KeptPast _log = new();
    private readonly ScopedRig _rig;

    public TabPastTests()
    {
        _log.Add(
            FleetChange.Of(new Node { Id = "a-n" }), FleetChange.Of(new Job { Id = "a-job", Namespace = "a" }), FleetChange.Of(new Job { Id = "b-job", Namespace = "b" }),
            Execution("a-e", "a-job", KnownExecutionState.Running), Execution("b-e", "b-job", KnownExecutionState.Running), Execution("a-e", "a-job", KnownExecutionState.Failed));
        _rig = new ScopedRig(services => services.AddSingleton<IPastFeed>(_log), Execution("now", "a-job", KnownExecutionState.Running));
        _rig.Time.SetUtcNow(KeptPast.Start.AddDays(1));
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Open_AMoment_ShowsTheFleetOfThenAndMoves()
    {
        using var tab = await OpenAsync(5);
        var (past, replica) = (tab.ServiceProvider.GetRequiredService<VisibleFleet>().Past!, tab.ServiceProvider.GetRequiredService<Replica>());
        Assert.Equal("a-e running, b-e running", States(replica));
        Assert.Equal((KeptPast.Seen(5), FreshnessKind.Live, true), (replica.ServerTime, replica.Freshness.Kind, replica.Freshness.IsLoaded));
        Assert.Equal(KeptPast.Seen(5), tab.ServiceProvider.GetRequiredService<PageTime>().GetUtcNow());
        var store = replica.Store;

        await past.GoAsync(KeptPast.Seen(6));
        Assert.Equal("a-e failed, b-e running", States(replica));
        Assert.NotSame(store, replica.Store);

        var (before, _) = await past.StepAsync(isForward: false, null, "");
        Assert.Equal(KeptPast.Seen(5), before);
        Assert.Equal("No later change is near.", (await past.StepAsync(isForward: true, null, "")).Problem);
        // What is live is not touched.
        Assert.Equal("now running", States(_rig.Program.GetRequiredService<Replica>()));
        Assert.Null(_rig.Program.GetRequiredService<FleetSight>().At);
    }

    [Fact]
    public async Task Open_BeforeTheLog_SaysSoAndShowsNothing()
    {
        using var tab = await OpenAsync(at: KeptPast.Start.AddMinutes(-1));
        var past = tab.ServiceProvider.GetRequiredService<VisibleFleet>().Past!;

        Assert.Equal((null, "Nothing is known of this moment: the change log begins later.", KeptPast.Start), (past.Now.Shown, past.Now.Problem, past.Now.KnownSince));
        Assert.False(tab.ServiceProvider.GetRequiredService<Replica>().Freshness.IsLoaded);

        await past.GoAsync(KeptPast.Seen(4));
        await past.GoAsync(KeptPast.Start.AddMinutes(-1));
        // What is shown stays, and what it is of, too.
        Assert.Equal((KeptPast.Seen(4), KeptPast.Seen(4)), (past.At, past.Now.Shown!.At));
        Assert.NotEmpty(past.Now.Problem);
    }

    [Fact]
    public async Task Commands_InThePast_AreOffWithTheReasonAndReachNobody()
    {
        using var tab = await OpenAsync(5);
        var services = tab.ServiceProvider;
        var (rights, server) = (services.GetRequiredService<CommandRights>(), services.GetRequiredService<IControlPlane>());

        Assert.Equal(FleetSight.CommandsOff, rights.WhyNot(OperationKind.StopExecution, "a-e"));
        Assert.Equal(FleetSight.CommandsOff, rights.WhyNot(AccessRole.Operator));
        Assert.Equal(FleetSight.CommandsOff, services.GetRequiredService<StopOperations>().WhyNot(1));
        Assert.Equal(FleetSight.CommandsOff, await rights.WhyNotAsync(AccessRole.Operator, default));
        Assert.Equal(FleetSight.CommandsOff, (await server.StopJobAsync("a-job", "")).Failure?.Message);
        foreach (var told in (string?[])[(await server.GetExecutionAsync("a-e")).Failure?.Message, (await server.GetNodeAsync("a-n")).Failure?.Message, (await server.GetJobAsync("a-job")).Failure?.Message,
                     (await services.GetRequiredService<IJobLogs>().FollowAsync(new("a-job"))).Failure?.Message])
            Assert.Equal(FleetSight.NotRecorded, told);
        Assert.Empty(_rig.Server.Calls);
    }

    [Fact]
    public async Task History_OfThePast_EndsAtTheMoment()
    {
        _rig.Feed.Reply = $$"""{"items":[{"id":"a-e","to":"running","at":"{{KeptPast.Seen(4):O}}"},{"id":"a-e","to":"failed","at":"{{KeptPast.Seen(6):O}}"}]}""";
        using var tab = await OpenAsync(5);

        var (history, _) = await tab.ServiceProvider.GetRequiredService<FeedHistoryClient>().OfExecutionAsync("a-e", default);

        Assert.Equal("running", Assert.Single(history!.Items).To);
    }

    [Fact]
    public async Task Open_WhoSeesAPart_SeesThePartOfThen()
    {
        using var tab = await OpenAsync(6, new AccessGrants(AccessRole.None, [(AccessRole.Viewer, ScopedRig.Rule("namespace=a"))]));
        var past = tab.ServiceProvider.GetRequiredService<VisibleFleet>().Past!;

        Assert.Equal("a-e failed", States(tab.ServiceProvider.GetRequiredService<Replica>()));
        Assert.Equal(["a-job"], tab.ServiceProvider.GetRequiredService<Replica>().Store.Jobs.Select(job => job.Id));
        // Not even the time of what is not seen is told.
        Assert.Null((await past.StepAsync(isForward: false, null, "")).At);
        Assert.Null((await past.StepAsync(isForward: false, FleetKind.Execution, "b-e")).At);
        Assert.Equal(KeptPast.Seen(4), (await past.StepAsync(isForward: false, FleetKind.Execution, "a-e")).At);
    }

    [Fact]
    public async Task Dispose_Tab_GivesItsFleetUp()
    {
        using (await OpenAsync(5)) Assert.Equal(1, _rig.Program.GetRequiredService<PastStores>().Count);

        _rig.Time.Advance(PastStores.Kept);
        Assert.Equal(0, _rig.Program.GetRequiredService<PastStores>().Count);
    }

    [Fact]
    public async Task Open_WhileTheFleetIsLoaded_TellsItsNumbers()
    {
        _log.Gate = new();
        using var tab = _rig.Open(new AccessGrants(AccessRole.Admin));
        tab.ServiceProvider.GetRequiredService<ViewedMoment>().Read(MomentAddress.Text(KeptPast.Seen(6)));
        var past = tab.ServiceProvider.GetRequiredService<VisibleFleet>().Past!;
        var counted = new TaskCompletionSource();
        past.Changed += () =>
        {
            if (past.Now.Counts is not null) counted.TrySetResult();
        };
        if (past.Now.Counts is null) await counted.Task;

        Assert.Null(past.Now.Shown);
        Assert.Equal("failed 1, running 1", string.Join(", ", past.Now.Counts!.Executions.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}")));
        _log.Gate.SetResult();
        await past.Ready;
        Assert.Equal("a-e failed, b-e running", States(tab.ServiceProvider.GetRequiredService<Replica>()));
    }

    [Fact]
    public async Task Open_WhoSeesAPart_IsToldNoNumbersOfTheWhole()
    {
        using var tab = await OpenAsync(6, new AccessGrants(AccessRole.None, [(AccessRole.Viewer, ScopedRig.Rule("namespace=a"))]));

        Assert.Equal((null, 0), (tab.ServiceProvider.GetRequiredService<VisibleFleet>().Past!.Now.Counts, _log.Counted));
    }

    [Fact]
    public async Task PutAside_Tab_SaysSoAndGivesItsFleetUp()
    {
        using var tab = await OpenAsync(5);
        var past = tab.ServiceProvider.GetRequiredService<VisibleFleet>().Past!;
        var told = 0;
        past.Changed += () => told++;

        ((IPastViewer)past).PutAside();
        Assert.True(past.Now.IsAside);
        Assert.Equal(1, told);
        await past.GoAsync(KeptPast.Seen(6));
        Assert.Equal(KeptPast.Seen(5), past.At);
    }

    [Fact]
    public async Task LastUsed_OfATab_IsWhenAPersonDidSomethingUnlessItIsHiddenOrLost()
    {
        using var tab = await OpenAsync(5);
        var past = tab.ServiceProvider.GetRequiredService<VisibleFleet>().Past!;
        var opened = _rig.Time.GetUtcNow();
        Assert.Equal(opened, past.LastUsed);

        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(opened, past.LastUsed);
        past.Use();
        Assert.Equal(opened.AddMinutes(1), past.LastUsed);
        past.SetVisible(false);
        Assert.Equal(DateTimeOffset.MinValue, past.LastUsed);
        past.SetConnected(false);
        Assert.Equal(DateTimeOffset.MaxValue, past.LastUsed);
        past.SetConnected(true);
        past.SetVisible(true);
        Assert.Equal(opened.AddMinutes(1), past.LastUsed);
    }

    [Theory]
    [InlineData("", "put-aside?returnUrl=%2F")]
    [InlineData("executions?state=failed&at=2026-11-01T10:04:00Z", "put-aside?returnUrl=%2Fexecutions%3Fstate%3Dfailed%26at%3D2026-11-01T10%3A04%3A00Z")]
    public void PutAside_Address_LeadsBack(string address, string expected) => Assert.Equal(expected, MomentAddress.PutAside(address));

    [Theory]
    [InlineData("2026-11-01T10:04:00Z", "2026-11-01T10:04:00Z", "")]
    [InlineData("-2h", "2026-11-02T08:00:00Z", "")]
    [InlineData("now", null, "")]
    [InlineData("2027-01-01", null, "")]
    [InlineData("", null, "")]
    [InlineData("yesterday", null, "yesterday")]
    public void Read_MomentOfAnAddress_IsATimeOrSaid(string text, string? at, string unread)
    {
        using var tab = _rig.Program.CreateScope();
        var viewed = tab.ServiceProvider.GetRequiredService<ViewedMoment>();

        viewed.Read(text);

        Assert.Equal((at, unread), (viewed.At is { } moment ? MomentAddress.Text(moment) : null, viewed.Unread));
    }

    [Theory]
    [InlineData("executions?state=failed#x", "executions?state=failed&at=2026-11-01T10:04:00Z#x")]
    [InlineData("executions?at=-2h&state=failed", "executions?state=failed&at=2026-11-01T10:04:00Z")]
    [InlineData("", "?at=2026-11-01T10:04:00Z")]
    public void With_AnyAddress_HasTheMomentOnce(string address, string with)
    {
        Assert.Equal(with, MomentAddress.With(address, KeptPast.Seen(5)));
        Assert.Equal(KeptPast.Seen(5), MomentAddress.TimeIn(with));
        Assert.Equal("", MomentAddress.In(MomentAddress.Without(with)));
    }

    private Task<IServiceScope> OpenAsync(int change, AccessGrants? grants = null) => OpenAsync(grants, KeptPast.Seen(change));

    private async Task<IServiceScope> OpenAsync(AccessGrants? grants = null, DateTimeOffset at = default)
    {
        var tab = _rig.Open(grants ?? new AccessGrants(AccessRole.Admin));
        tab.ServiceProvider.GetRequiredService<ViewedMoment>().Read(MomentAddress.Text(at));
        await tab.ServiceProvider.GetRequiredService<VisibleFleet>().Past!.Ready;
        return tab;
    }

    private static string States(Replica replica) => string.Join(", ", replica.Store.Enumerate(ExecutionQuery.All).OrderBy(e => e.Id, StringComparer.Ordinal).Select(e => $"{e.Id} {e.Actual.State.Name}"));

    private static FleetChange Execution(string id, string job, KnownExecutionState state) => FleetChange.Of(new Execution
    {
        Id = id, JobId = job, NodeId = "a-n", Namespace = job[..1], Actual = new(ExecutionState.Of(state)), Desired = new(ExecutionState.Of(KnownExecutionState.Running)), UpdatedAt = KeptPast.Start, CreatedAt = KeptPast.Start,
    });
}
