using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using static ExecutionDashboard.Tests.Fleet.Nodes.NodeFleet;

namespace ExecutionDashboard.Tests.Fleet.Nodes;

public class NodeQueryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("state=failed&state=none&connection=lost&connection=disconnected&job=job-1&version=3&version=0&label=region%3Deu&agent=2.1.0&os=linux&arch=arm64&load=full&q=%F0%9F%9A%A2&node=a%2Fb&sort=-cpu")]
    [InlineData("sort=-name")]
    public void Url_RoundTrips(string url)
    {
        var query = NodeQuery.Parse("?" + url);
        Assert.Equal(url, query.ToUrl());
        Assert.Equal(query, NodeQuery.Parse(query.ToUrl()));
    }

    [Theory]
    [InlineData("load=heavy&version=x&sort=colour&nonsense&=&%zz")]
    public void Parse_WhatMakesNoSense_IsLeftOut(string url) => Assert.Equal(NodeQuery.All, NodeQuery.Parse(url) with { NotUnderstood = [] });

    [Theory]
    [InlineData("", "a,b,c,d")]
    [InlineData("connection=LOST", "c")]
    [InlineData("label=region%3Deu", "a,b")]
    [InlineData("label=region%3Deu&label=!gpu", "b")]
    [InlineData("label=not an expression", "")]
    [InlineData("state=failed", "b")]
    [InlineData("state=none", "d")]
    [InlineData("state=running&state=none", "a,d")]
    [InlineData("job=job-1", "a,b,c")]
    [InlineData("job=job-1&version=2", "a")]
    [InlineData("job=job-1&version=0", "d")]
    [InlineData("job=no-such-job", "")]
    [InlineData("job=no-such-job&version=0", "a,b,c,d")]
    [InlineData("load=full", "a")]
    [InlineData("load=unknown", "c,d")]
    [InlineData("agent=2.10.0", "d")]
    [InlineData("q=EU", "a,b")]
    [InlineData("node=d&node=a&node=zz", "a,d")]
    [InlineData("sort=-agent", "d,a,b,c")]
    [InlineData("sort=executions", "b,c,a,d")]
    [InlineData("sort=-cpu", "a,b,c,d")]
    [InlineData("sort=connection", "c,d,a,b")]
    [InlineData("sort=-name", "d,c,b,a")]
    [InlineData("version=2", "a")]
    [InlineData("filter=agent:>2.9", "d")]
    [InlineData("filter=agent:<2.10 -label:gpu", "b,c")]
    [InlineData("filter=job:job-* version:>=2", "a")]
    [InlineData("filter=-job:job-1", "d")]
    [InlineData("filter=-connection:connected,lost", "d")]
    [InlineData("filter=no:execution", "d")]
    [InlineData("filter=has:problem", "")]
    public void SelectNodes_FindsInOrder(string url, string expected)
    {
        var store = Of(
            Node("d", "disconnected", agent: "2.10.0"), Node("c", "lost"), Node("b", labels: "region=eu", cpu: 60), Node("a", labels: "region=eu,gpu=t4", cpu: 95, agent: "2.9.0"),
            // The failed one on a was replaced: that is over.
            Execution("a1", "a", "failed", version: 1, next: "a2"), Execution("a2", "a", "running", version: 2, seconds: 5),
            Execution("b1", "b", "running"), Execution("b2", "b", "failed", job: "job-2"), Execution("c1", "c", "lost"));

        Assert.Equal(expected, string.Join(',', Find(store, url)));
    }

    [Fact]
    public void Selection_StandsStill_AndCountsWhatCameAndLeft()
    {
        var store = Of(Node("a", "lost"), Node("b", "lost"), Node("c"));
        var selection = store.SelectNodes(NodeQuery.Parse("connection=lost"));
        store.Apply([Node("a", "connected"), Node("c", "lost"), Node("d", "lost")]);
        store.Refresh(selection);

        Assert.Equal((2, 2, 3), (selection.Count, selection.NewCount, selection.MatchingNow));
        Assert.Equal([false, true], store.NodesOf(selection, 0, 10).Select(n => n!.Matches));
        store.Apply([Node("a", "lost"), Node("c"), FleetChange.Gone(FleetKind.Node, "b")]);
        store.Refresh(selection);

        Assert.Equal((2, 1, 2), (selection.Count, selection.NewCount, selection.MatchingNow));
        Assert.Equal(["a", "gone"], Ids(store, selection));
    }

    [Fact]
    public void AnyChanged_OnlyForTheNodesAskedFor()
    {
        var store = Of(Node("a"), Node("b"), Execution("b1", "b"));
        var selection = store.SelectNodes(NodeQuery.All);
        store.Apply([Execution("b1", "b", "failed")]);
        Assert.False(store.AnyChanged(selection, 0, 1, selection.Mark));
        Assert.True(store.AnyChanged(selection, 0, 2, selection.Mark));
        store.Refresh(selection);
        Assert.False(store.AnyChanged(selection, 0, 2, selection.Mark));
    }

    [Fact]
    public void Summary_OfAnExecutionThatIsReplacedOrMovesOrGoes_FollowsIt()
    {
        var store = Of(Node("a"), Node("b"), Execution("1", "a", "failed"));
        Assert.Equal(("failed", 1), Worst("a"));
        store.Apply([Execution("2", "a"), Execution("1", "a", "failed", next: "2")]);
        Assert.Equal(("running", 1), Worst("a"));
        store.Apply([Execution("2", "b")]);
        Assert.Equal((("", 0), ("running", 1)), (Worst("a"), Worst("b")));
        store.Apply([FleetChange.Gone(FleetKind.Execution, "2"), Execution("1", "a", "failed")]);
        Assert.Equal((("failed", 1), ("", 0)), (Worst("a"), Worst("b")));

        (string, int) Worst(string id) => store.FindSummary(id) is { } s ? (s.Worst.Name, s.Current.Total) : ("no node", 0);
    }
}
