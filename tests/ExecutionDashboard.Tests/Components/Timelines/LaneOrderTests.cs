using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components.Timelines;

public sealed class LaneOrderTests
{
    private static readonly Dictionary<string, int> NoChanges = [];

    private readonly FleetStore _store = new();

    public LaneOrderTests() => _store.Apply(
    [
        Node("n1", "alpha", "connected", ("region", "eu")), Node("n2", "beta", "lost", ("region", "us")), Node("n3", "gamma", "connected"), Node("n4", "", "", ("region", "🙂 \"eu\"")),
        PageRig.Execution("e1", KnownExecutionState.Running, node: "n1"), PageRig.Execution("e2", KnownExecutionState.Failed, node: "n3"),
        PageRig.Execution("e3", KnownExecutionState.Degraded, node: "n2"), PageRig.Execution("e4", KnownExecutionState.Running, node: "ghost"),
    ]);

    [Fact]
    public void Of_NoFilter_ShowsEveryNode_ThoseTheControlPlaneDoesNotListLast() =>
        Assert.Equal(["n1", "n2", "n3", "n4", "ghost"], Ids(""));

    [Fact]
    public void Of_Filter_ShowsNodesWithAMatch()
    {
        Assert.Equal(["n3"], Ids("", new ExecutionQuery { States = [ExecutionState.Of(KnownExecutionState.Failed)] }));
        Assert.Equal(["n1"], Ids("", new ExecutionQuery { Labels = ["region=eu"] }));
        Assert.Empty(Ids("", new ExecutionQuery { Labels = ["(("] }));
    }

    [Fact]
    public void Of_ByState_WorstComesFirst()
    {
        Assert.Equal(["n3", "n2", "n1", "ghost", "n4"], Ids("", sort: LaneSort.State));
        var rows = LaneOrder.Of(_store, ExecutionQuery.All, LaneOrder.ByState, LaneSort.Name, NoChanges);
        Assert.Equal([("failed", 1), ("degraded", 1), ("running", 2), ("no executions", 1)], rows.Where(r => r.IsHead).Select(r => (r.Group, r.Count)));
    }

    [Fact]
    public void Of_AnExecutionThatWasFollowed_DoesNotCountAnyMore()
    {
        _store.Apply([FleetChange.Of(PageRig.Execution("e2", KnownExecutionState.Failed, node: "n3").Execution! with { NextId = "e5" }), PageRig.Execution("e5", KnownExecutionState.Running, node: "n3")]);

        Assert.Equal("n2", Ids("", sort: LaneSort.State)[0]);
    }

    [Fact]
    public void Of_ByChanges_MostComesFirst() =>
        Assert.Equal("n2", Ids("", sort: LaneSort.Changes, changes: new() { ["n2"] = 5, ["n1"] = 1 })[0]);

    [Fact]
    public void Of_GroupedByLabel_HeadsSayHowMany_ThoseWithoutItComeLast()
    {
        var rows = LaneOrder.Of(_store, ExecutionQuery.All, "label:region", LaneSort.Name, NoChanges);

        Assert.Equal([("eu", 1), ("us", 1), ("🙂 \"eu\"", 1), ("without region", 2)], rows.Where(r => r.IsHead).Select(r => (r.Group, r.Count)));
        Assert.Equal("without region", rows.Last(r => r.IsHead).Group);
        Assert.Equal(["lost"], LaneOrder.Of(_store, new ExecutionQuery { Nodes = ["n2"] }, LaneOrder.ByConnection, LaneSort.Name, NoChanges).Where(r => r.IsHead).Select(r => r.Group));
    }

    [Fact]
    public void LabelKeys_ManyKeys_AreBounded()
    {
        _store.Apply([Node("many", "many", "connected", [.. Enumerable.Range(0, 5_000).Select(i => ($"key-{i}", "x"))])]);

        Assert.Equal("region", LaneOrder.LabelKeys(_store, 40)[0]);
        Assert.Equal(40, LaneOrder.LabelKeys(_store, 40).Count);
    }

    private List<string> Ids(string group, ExecutionQuery? query = null, LaneSort sort = LaneSort.Name, Dictionary<string, int>? changes = null) =>
        [.. LaneOrder.Of(_store, query ?? ExecutionQuery.All, group, sort, changes ?? NoChanges).Select(r => r.NodeId)];

    private static FleetChange Node(string id, string name, string connection, params (string Key, string Value)[] labels) =>
        FleetChange.Of(new Node { Id = id, Name = name, Connection = connection, Labels = labels.ToDictionary(l => l.Key, l => l.Value) });
}
