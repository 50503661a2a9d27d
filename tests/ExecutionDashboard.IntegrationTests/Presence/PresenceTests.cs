using ExecutionDashboard.Fleet;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Feed;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Presence;

namespace ExecutionDashboard.IntegrationTests.Presence;

/// <summary>Operators at two dashboards of one feed see each other's open dialogs, over its hub.</summary>
public sealed class PresenceTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FleetServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FleetServer.StartAsync();
        _server.Put("e1", "running");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TwoDashboards_SeeEachOthersDialogsUntilTheyAreClosedOrTheTabOrTheDashboardIsGone()
    {
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder.Path);
        await using var first = await DashboardOnFeed.StartAsync(feed.Address);
        var second = await DashboardOnFeed.StartAsync(feed.Address);
        CommandPresence ann = first.Tab("Ann"), ben = second.Tab("Ben"), somebody = second.Tab(""), nobody = first.Tab("Vic", AccessRole.None);

        var open = ann.Open(OperationKind.StopExecution, FleetKind.Execution, "e1");
        await SeesAsync(ben, "Ann: StopExecution");
        // One that starts later is told, too.
        await using (var third = await DashboardOnFeed.StartAsync(feed.Address)) await SeesAsync(third.Tab("Cem"), "Ann: StopExecution");
        open.Dispose();
        await SeesAsync(ben, "");

        ben.Open(OperationKind.StopExecution, FleetKind.Execution, "e1");
        somebody.Open(OperationKind.StopExecution, FleetKind.Execution, "e1");
        await SeesAsync(ann, "Ben: StopExecution, : StopExecution");
        Assert.Empty(nobody.Others(FleetKind.Execution, "e1"));
        ben.Dispose();
        await SeesAsync(ann, ": StopExecution");

        await second.DisposeAsync();
        await SeesAsync(ann, "");
    }

    [Fact]
    public async Task Tab_Connected_TheFeedAsksTheControlPlaneAtOnceAndOften()
    {
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder.Path, new() { ["ControlPlane:PollInterval"] = "01:00:00", ["ControlPlane:SweepInterval"] = "01:00:00", ["ControlPlane:ShortestPollInterval"] = "00:00:00.1" });
        await using var dashboard = await DashboardOnFeed.StartAsync(feed.Address);
        foreach (var state in (string[])["failed", "running", "degraded"])
        {
            _server.Put("e1", state);
            dashboard.Tabs.Set(this, connected: true);
            await Eventually.HoldsAsync(() => Task.FromResult(dashboard.Replica.Store.FindExecution("e1")?.Actual.State.Name == state ? null : $"e1 is not known to be {state}"));
        }
    }

    [Fact]
    public async Task Feed_GoneAndBack_WhatOthersDoIsUnknownAndThenToldAgain()
    {
        var feed = await FeedHost.StartAsync(_server.Address, _folder.Path);
        await using var first = await DashboardOnFeed.StartAsync(feed.Address);
        await using var second = await DashboardOnFeed.StartAsync(feed.Address);
        CommandPresence ann = first.Tab("Ann"), dan = first.Tab("Dan"), ben = second.Tab("Ben");
        ann.Open(OperationKind.StopExecution, FleetKind.Execution, "e1");
        await SeesAsync(ben, "Ann: StopExecution");

        await feed.DisposeAsync();
        await SeesAsync(ben, "");
        // Tabs of one dashboard need no feed for that.
        await SeesAsync(dan, "Ann: StopExecution");

        await using var again = await FeedHost.StartAsync(_server.Address, _folder.Path);
        first.MoveTo(again.Address);
        second.MoveTo(again.Address);
        await SeesAsync(ben, "Ann: StopExecution");
    }

    private static Task SeesAsync(CommandPresence who, string what) => Eventually.HoldsAsync(() =>
    {
        var seen = string.Join(", ", who.Others(FleetKind.Execution, "e1").Select(c => $"{c.By}: {c.Command}"));
        return Task.FromResult(seen == what ? null : $"'{seen}' is seen");
    }, pause: TimeSpan.FromMilliseconds(20));
}
