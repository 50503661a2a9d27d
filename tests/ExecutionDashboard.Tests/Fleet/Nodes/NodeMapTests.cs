using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using static ExecutionDashboard.Tests.Fleet.Nodes.NodeFleet;

namespace ExecutionDashboard.Tests.Fleet.Nodes;

public class NodeMapTests
{
    private static readonly NodeMapView ByConnection = new(NodeColor.Connection, "", "region");

    [Fact]
    public void Groups_ByLabel_HoldTheirNodesByName_ThoseWithoutItLast()
    {
        var map = new NodeMap(Of(Node("1", labels: "region=us"), Node("2", labels: "region=eu", name: "z"), Node("3", labels: "region=eu", name: "a"), Node("4")), ByConnection, NodeQuery.All);
        Assert.Equal([new("eu", 2), new("us", 1), new("", 1)], map.Groups);
        Assert.Equal(["3", "2", "1", "4"], Enumerable.Range(0, 4).Select(i => map.At(i)!.Node.Id));
        Assert.Null(map.At(4));
        Assert.Null(map.At(-1));
    }

    [Fact]
    public void Groups_OfVeryManyValues_EndInOne()
    {
        var map = new NodeMap(Of([.. Enumerable.Range(0, 250).Select(i => Node($"n{i:000}", labels: $"region=r{i}"))]), ByConnection, NodeQuery.All);
        Assert.Equal((201, "50 other values", 50), (map.Groups.Count, map.Groups[^1].Name, map.Groups[^1].Count));
        Assert.Equal("r2", map.Groups[2].Name);
        Assert.Equal(250, map.Codes.Length);
    }

    [Fact]
    public void Follow_GivesOnlyTheCellsThatChanged_AndKeepsTheCounts()
    {
        var store = Of(Node("a"), Node("b"), Node("c", "lost"));
        var map = new NodeMap(store, ByConnection, NodeQuery.All);
        Assert.Equal([("lost", 1), ("connected", 2)], Counts(map));
        Assert.Empty(map.Follow());

        store.Apply([Node("b", "disconnected"), Node("a", cpu: 12)]);
        Assert.Equal([1], map.Follow());
        Assert.Equal([("lost", 1), ("disconnected", 1), ("connected", 1)], Counts(map));
        Assert.Equal(1 | NodeMap.Silent, map.Codes[1]);
        Assert.False(map.IsOutdated);
        store.Apply([Node("d")]);
        Assert.True(map.IsOutdated);
    }

    [Fact]
    public void Query_DimsTheOthers_AndTheLegendCountsWithoutItsOwnPart()
    {
        var store = Of(Node("a", labels: "region=eu"), Node("b", "lost", labels: "region=eu"), Node("c", "lost", labels: "region=us"));
        var map = new NodeMap(store, ByConnection, NodeQuery.All with { Connections = ["lost"], Labels = ["region=eu"] });
        Assert.Equal([true, false, true], map.Codes.Select(c => (c & NodeMap.Dimmed) != 0));
        Assert.Equal([("lost", 1), ("connected", 1)], Counts(map));
    }

    [Fact]
    public void Colors_OfAJobsVersions_NewestFirst()
    {
        var store = Of(
            FleetChange.Of(new Job { Id = "job-1", Version = 3 }), Node("a"), Node("b"), Node("c"), Execution("1", "a", version: 3), Execution("2", "b", version: 2, next: "4"),
            Execution("4", "b", version: 1, seconds: 9));
        var map = new NodeMap(store, new(NodeColor.Version, "job-1", ""), NodeQuery.All);
        Assert.Equal([("3", 1), ("1", 1), ("0", 1)], Counts(map));
        store.Apply([Execution("5", "c", version: 4)]);
        Assert.Equal([2], map.Follow());
        Assert.Equal([("3", 1), ("1", 1), ("4", 1)], Counts(map));
    }

    [Fact]
    public void Colors_OfMoreValuesThanThereAre_ShareOne()
    {
        var map = new NodeMap(Of([.. Enumerable.Range(0, 60).Select(i => Node($"n{i}", $"odd-{i}"))]), ByConnection, NodeQuery.All);
        Assert.Equal((null, 34), (map.Colors[^1].Value, map.Colors[^1].Count));
        Assert.Equal(60, map.Colors.Sum(c => c.Count));
    }

    [Fact]
    public void Ids_OfRanges_LeaveOutWhatLiesOutside_AndNameEachOnce()
    {
        var map = new NodeMap(Of(Node("a"), Node("b"), Node("c")), ByConnection, NodeQuery.All);
        Assert.Equal(["a", "c"], map.Ids([-5, 1, 2, 900, 7]));
        Assert.Equal(["a", "b", "c"], map.Ids([0, 2, 0, 3, 0, 900]));
    }

    [Theory]
    [InlineData(NodeColor.Connection, "lost", "connection=lost")]
    [InlineData(NodeColor.State, "", "state=none")]
    [InlineData(NodeColor.State, "failed", "state=failed")]
    [InlineData(NodeColor.Load, "full", "load=full")]
    [InlineData(NodeColor.Agent, "2.1", "agent=2.1")]
    [InlineData(NodeColor.Version, "0", "job=j&version=0")]
    public void Toggle_IsAFilter_AndItsOwnOpposite(NodeColor color, string value, string url)
    {
        var view = new NodeMapView(color, "j", "");
        var query = NodeColoring.Toggle(NodeQuery.All, view, value)!;
        Assert.Equal(url, query.ToUrl());
        Assert.True(NodeColoring.IsOn(query, view, value));
        Assert.Equal(NodeQuery.All, NodeColoring.Toggle(query, view, value));
        Assert.Null(NodeColoring.Toggle(query, view, null));
    }

    [Fact]
    public void Facets_CountValues_AndNameWhatIsWorthGroupingBy()
    {
        var facets = Of(Node("a", labels: "region=eu,site=1", agent: "2.9"), Node("b", labels: "region=us,site=2", agent: "2.10"), Node("c", labels: "region=eu,site=3,only=x", agent: "2.9")).NodeFacets;
        Assert.Equal(["2.10", "2.9"], facets.Agents.Select(a => a.Value));
        Assert.Equal(["region", "site"], facets.Groupable(3).Select(l => l.Key));
        Assert.Equal(new FacetValue("eu", 2), facets.Labels.First(l => l.Key == "region").Values[0]);
    }

    private static IEnumerable<(string?, int)> Counts(NodeMap map) => map.Colors.Where(c => c.Count > 0).Select(c => (c.Value, c.Count));
}
