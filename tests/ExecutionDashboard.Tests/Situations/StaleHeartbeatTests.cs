using Bunit;
using ExecutionDashboard.Components.Pages.NodeDetail;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Tests.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Situations;

/// <summary>
/// Stale heartbeat: the control plane calls a node connected, and heard of it two hours ago. Others: heard of just now, in twelve minutes by a clock that
/// is ahead, or not reported.
/// </summary>
public sealed class StaleHeartbeatTests : IAsyncDisposable
{
    private readonly PageRig _rig = new();

    public StaleHeartbeatTests() => _rig.Load(
        PageRig.Good, Node("silent", PageRig.Start.AddHours(-2)), Node("heard", PageRig.Start.AddSeconds(-15)), Node("ahead", PageRig.Start.AddMinutes(12)), Node("unreported", null),
        Node("gone", PageRig.Start.AddHours(-2), "disconnected"));

    [Fact]
    public void Counts_TellTheSilentNodeFromTheConnected()
    {
        var counts = _rig.Replica.Store.NodesByConnection;
        Assert.Equal((3, 1, 1), (counts["connected"], counts[FleetStore.StaleConnection], counts["disconnected"]));
        Assert.Equal("silent", Assert.Single(Found("connection=stale")));
        Assert.Equal(["ahead", "heard", "unreported"], Found("connection=connected").Order());
        var link = _rig.Render<OverviewPage>().FindAll(".list-head a").Single(a => a.TextContent == "1 stale heartbeat");
        Assert.Equal(["silent"], Found(link.GetAttribute("href")!.Split('?')[1]));
    }

    [Fact]
    public void Map_DrawsItHollow_AndHasAnEntryForIt()
    {
        var map = new NodeMap(_rig.Replica.Store, new NodeMapView(NodeColor.Connection, "", ""), NodeQuery.All);
        Assert.Equal((1, 3), (map.Colors.Single(c => c.Value == FleetStore.StaleConnection).Count, map.Colors.Single(c => c.Value == "connected").Count));
        Assert.Equal(["gone", "silent"], Enumerable.Range(0, 5).Where(cell => (map.Codes[cell] & NodeMap.Silent) != 0).Select(cell => map.At(cell)!.Node.Id).Order());
    }

    [Fact]
    public void ListAndPage_SayIt()
    {
        _rig.Services.GetRequiredService<NavigationManager>().NavigateTo("nodes?view=list");
        var list = _rig.Render<NodesPage>();
        Assert.Contains("stale heartbeat", list.FindAll("tbody tr").Single(r => r.TextContent.Contains("silent", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Equal("1", list.FindAll("[aria-label=Connections] button").Single(b => b.TextContent.Contains("stale heartbeat", StringComparison.Ordinal)).QuerySelector("b")!.TextContent);

        var notice = _rig.Render<NodeBoard>(b => b.Add(p => p.Id, "silent")).Find("[data-connection=stale]");
        Assert.Contains("expected within 1 min 30 s", notice.TextContent, StringComparison.Ordinal);
        Assert.Empty(_rig.Render<NodeBoard>(b => b.Add(p => p.Id, "heard")).FindAll("[data-connection]"));
        Assert.Contains("not reported", _rig.Render<NodeBoard>(b => b.Add(p => p.Id, "unreported")).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void TimePasses_WithoutAHeartbeat_ItIsMarkedByItself_AndNoLongerWithTheNext()
    {
        _rig.Follow(At(70));
        Assert.Equal(["silent"], Found("connection=stale"));

        // Of the node that was heard of, the last heartbeat is 95 s old by now.
        _rig.Follow(At(80));
        Assert.Equal(["heard", "silent"], Found("connection=stale").Order());

        _rig.Follow(null, Node("heard", PageRig.Start.AddSeconds(79)));
        Assert.Equal(["silent"], Found("connection=stale"));
    }

    [Fact]
    public void ControlPlaneUnreachable_NoHeartbeatCanCome_MarksNobodyElse()
    {
        _rig.Follow(PageRig.Good with { BlindSince = PageRig.Start, Problem = "Connection refused." });
        _rig.Time.Advance(TimeSpan.FromHours(3));
        _rig.Follow(PageRig.Good with { BlindSince = PageRig.Start, Problem = "Still refused." });

        Assert.Equal(["silent"], Found("connection=stale"));
    }

    [Fact]
    public void ServersClockAhead_AgesAreByTheServersClock()
    {
        _rig.Follow(PageRig.Good with { LastSuccessAt = PageRig.Start.AddSeconds(10), ClockSkewSeconds = 3_600 });
        Assert.Equal(["ahead", "heard", "silent"], Found("connection=stale").Order());
    }

    public async ValueTask DisposeAsync() => await _rig.DisposeAsync();

    private IEnumerable<string> Found(string query)
    {
        var store = _rig.Replica.Store;
        return store.NodesOf(store.SelectNodes(NodeQuery.Parse(query)), 0, 10).Select(n => n!.Node.Id);
    }

    private static FeedStatus At(int seconds) => PageRig.Good with { LastSuccessAt = PageRig.Start.AddSeconds(seconds) };

    private static FleetChange Node(string id, DateTimeOffset? heartbeat, string connection = "connected") =>
        FleetChange.Of(new Node { Id = id, Connection = connection, LastHeartbeat = heartbeat });
}
