using Bunit;
using ExecutionDashboard.Components.Pages.NodeDetail;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Pages.NodeDetail;

/// <summary>The pages of nodes, with any data that servers send.</summary>
public sealed class NodePagesTests
{
    private static FleetChange Node(string id, string connection = "connected", string name = "", string message = "", params (string, string)[] labels) => FleetChange.Of(new Node
    {
        Id = id, Name = name, Connection = connection, Message = message, LastHeartbeat = PageRig.Start, Labels = labels.ToDictionary(l => l.Item1, l => l.Item2),
        Resources = new(12.5, 40, 400, 1000, null, null, null), ConnectedSince = PageRig.Start, DisconnectedSince = PageRig.Start,
    });

    [Fact]
    public async Task Node_ThatFallsSilent_SaysSo_AndWhatIsOnItIsLastKnown()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, FleetChange.Of(PageRig.Spec), Node("node-1"), PageRig.Execution("exec-1"), FleetChange.Of(PageRig.Execution("exec-2", KnownExecutionState.Failed).Execution! with { JobId = "job-2" }));
        var board = rig.Render<NodeBoard>(b => b.Add(p => p.Id, "node-1"));
        Assert.Empty(board.FindAll("[data-connection]"));
        Assert.Equal(2, board.FindAll(".node-executions")[0].QuerySelectorAll("tbody tr").Length);
        Assert.Contains("an execution on it is failed", board.Markup, StringComparison.Ordinal);

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        rig.Follow(null, Node("node-1", "disconnected", message: "No heartbeat since noon"));
        board.WaitForAssertion(() => Assert.Contains("No heartbeat since noon", board.Find("[data-connection=disconnected]").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(board.FindAll(".node-executions .last-known"));

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        rig.Follow(null, FleetChange.Gone(FleetKind.Node, "node-1"));
        board.WaitForAssertion(() => Assert.Contains("no longer has this node", board.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_CountersThatAreSent_AreShown_AndNoneThatAreNot()
    {
        await using var rig = new PageRig();
        var node = new Node { Id = "node-1", Connection = "lost", ConnectedSince = PageRig.Start, LastEdgeSequence = 1_234_567, LastOrchestratorSequence = 89, Revision = 4_200, UpdatedAt = PageRig.Start };
        rig.Load(PageRig.Good, FleetChange.Of(node), FleetChange.Of(new Node { Id = "node-2", Connection = "connected", ConnectedSince = PageRig.Start }));
        string[] Names(string id) => [.. rig.Render<NodeBoard>(b => b.Add(p => p.Id, id)).FindAll("dl.pairs dt").Select(dt => dt.TextContent)];

        var board = rig.Render<NodeBoard>(b => b.Add(p => p.Id, "node-1"));
        string Of(string name) => board.FindAll("dl.pairs dt").Single(dt => dt.TextContent == name).NextElementSibling!.TextContent;
        Assert.Equal(("1,234,567", "89", "4,200"), (Of("Messages from it"), Of("Messages to it"), Of("Revision")));
        Assert.Contains("since", Of("Was connected"), StringComparison.Ordinal);
        Assert.Empty(Names("node-2").Intersect(["Messages from it", "Messages to it", "Revision", "Changed", "Was connected"]));

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        rig.Follow(null, FleetChange.Of(node with { LastEdgeSequence = 1_234_568 }));
        board.WaitForAssertion(() => Assert.Equal("1,234,568", Of("Messages from it")));
    }

    [Fact]
    public async Task Node_ThatNobodyKnows_SaysSo_AndLeadsToWhatNamesIt()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, PageRig.Execution("exec-1", node: "ghost"));
        var board = rig.Render<NodeBoard>(b => b.Add(p => p.Id, "ghost"));
        Assert.Contains("Node not found", board.Markup, StringComparison.Ordinal);
        Assert.Contains("1 execution refers", board.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_WithThousandsOfLabels_ShowsSome_AndFindsTheOthers()
    {
        await using var rig = new PageRig();
        (string, string)[] labels = [("token", "hidden-in-here"), ("emoji", "🚢 \"quoted\" <b>"), .. Enumerable.Range(0, 5_000).Select(i => ($"key-{i:0000}", $"value-{i}"))];
        rig.Load(PageRig.Good, Node("a/b c", name: "", labels: labels));
        var board = rig.Render<NodeBoard>(b => b.Add(p => p.Id, "a/b c"));
        Assert.Equal(60, board.FindAll(".label-list a").Count);
        Assert.Contains("🚢 \"quoted\" <b>", board.Find(".label-list a").TextContent, StringComparison.Ordinal);
        await board.InvokeAsync(() => board.Find(".label-search").Input("value-4999"));
        Assert.Contains("value-4999", Assert.Single(board.FindAll(".label-list a")).TextContent, StringComparison.Ordinal);
        await board.InvokeAsync(() => board.Find(".label-search").Input("token"));
        Assert.Contains("token", board.Find(".label-list").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-in-here", board.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_FilteredByConnection_HoldsStill_AndSaysWhatIsNew()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, Node("node-1", "lost"), Node("node-2"), Node("node-3", "lost"));
        rig.Render<MudPopoverProvider>();
        rig.Services.GetRequiredService<NavigationManager>().NavigateTo("nodes?connection=lost&view=list");
        var page = rig.Render<NodesPage>();
        Assert.Equal("2", page.Find(".list-count strong").TextContent);

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        rig.Follow(null, Node("node-2", "lost"), Node("node-1"));
        page.WaitForAssertion(() => Assert.Equal("1 new", page.Find(".new-button").TextContent));
        Assert.Equal("2", page.Find(".list-count strong").TextContent);
        Assert.Empty(page.FindAll(".map-panel"));
    }

    [Fact]
    public async Task Map_Choice_BecomesAFilter_LargeOrSmall()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, [.. Enumerable.Range(0, 50).Select(i => Node($"node-{i:00}"))]);
        rig.Render<MudPopoverProvider>();
        var navigation = rig.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("nodes?sort=name");
        var page = rig.Render<NodesPage>();
        var map = page.FindComponent<NodeMapPanel>();

        await map.InvokeAsync(() => map.Instance.Choose([0, 2], isLast: true));
        page.WaitForAssertion(() => Assert.Contains("2 nodes", page.Find("[data-chosen]").TextContent, StringComparison.Ordinal));
        Assert.EndsWith("nodes?node=node-00&node=node-01", navigation.Uri, StringComparison.Ordinal);
        await map.InvokeAsync(() => map.Instance.Choose([0, 30], isLast: false));
        Assert.Contains("2 nodes", page.Find("[data-chosen]").TextContent, StringComparison.Ordinal);
        await map.InvokeAsync(() => map.Instance.Choose([40, 45], isLast: true));
        page.WaitForAssertion(() => Assert.Equal("35", page.Find("[data-chosen]").GetAttribute("data-chosen")));
        Assert.Contains("?set=", navigation.Uri, StringComparison.Ordinal);

        navigation.NavigateTo("nodes?set=forgotten");
        page.WaitForAssertion(() => Assert.Contains("has expired", page.Find(".notice").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Legend_IsAFilter_AndACellIsDescribed()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, FleetChange.Of(PageRig.Spec), Node("node-1", name: "pump", message: "password=hunter2"), Node("node-2"), PageRig.Execution("exec-1", KnownExecutionState.Failed));
        rig.Render<MudPopoverProvider>();
        var navigation = rig.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("nodes?group=-");
        var page = rig.Render<NodesPage>();
        var map = page.FindComponent<NodeMapPanel>();
        Assert.Equal(["failed1", "no executions1"], page.FindAll(".map-legend button").Select(b => b.TextContent.Replace("\n", "", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal).Trim()));
        // By name: node-2 before pump.
        var lines = map.Instance.Describe(1);
        Assert.Equal(("nodes/node-1", "pump", "1 failed"), (lines[0], lines[1], lines[3]));
        Assert.DoesNotContain("hunter2", lines[2], StringComparison.Ordinal);
        Assert.Empty(map.Instance.Describe(9));

        await page.InvokeAsync(() => page.Find(".map-legend button").Click());
        Assert.EndsWith("nodes?state=failed&group=-", navigation.Uri, StringComparison.Ordinal);
    }
}
