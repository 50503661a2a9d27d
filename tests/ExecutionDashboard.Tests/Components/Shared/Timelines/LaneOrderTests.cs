using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

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
    public void Folded_OneGroup_LeavesItsHeadAndTheOthersAsTheyWere()
    {
        var all = LaneOrder.Of(_store, ExecutionQuery.All, "label:region", LaneSort.Name, NoChanges);

        foreach (var head in all.Where(r => r.IsHead))
        {
            var rows = LaneOrder.Folded(all, FoldedGroups.None.Toggle(head.Head!.Key));

            Assert.Equal(all.Where(r => !head.Head.Nodes.Contains(r.NodeId)).Select(r => (r.NodeId, r.Group)), rows.Select(r => (r.NodeId, r.Group)));
            Assert.Equal([head.Group], rows.Where(r => r.IsFolded).Select(r => r.Group));
        }
        Assert.Same(all, LaneOrder.Folded(all, FoldedGroups.None));
        Assert.Equal(["eu", "us", "🙂 \"eu\"", "without region"], LaneOrder.Folded(all, FoldedGroups.All).Select(r => r.Group));
        Assert.Equal(Ids(""), LaneOrder.Folded(LaneOrder.Of(_store, ExecutionQuery.All, "", LaneSort.Name, NoChanges), FoldedGroups.All).Select(r => r.NodeId));
    }

    [Fact]
    public void Folded_FiveThousandGroups_AreAllThereAndAllFold()
    {
        _store.Apply([.. Enumerable.Range(0, 5_000).Select(i => Node($"m{i}", "", "connected", ("rack", $"rack \"{i}\" 🙂,&=")))]);
        var all = LaneOrder.Of(_store, ExecutionQuery.All, "label:rack", LaneSort.Name, NoChanges);

        Assert.Equal(5_001, LaneOrder.Folded(all, FoldedGroups.All).Count);
        Assert.Equal(5_002, LaneOrder.Folded(all, FoldedGroups.All.Toggle("rack \"17\" 🙂,&=")).Count);
    }

    [Fact]
    public void States_OfAGroup_CountItsNodesByTheirWorst_WorstFirst()
    {
        _store.Apply([Node("n5", "delta", "connected", ("region", "us")), PageRig.Execution("e5", KnownExecutionState.Running, node: "n5"), PageRig.Execution("e6", KnownExecutionState.Degraded, node: "n5")]);
        var groups = LaneOrder.Of(_store, ExecutionQuery.All, "label:region", LaneSort.Name, NoChanges).Where(r => r.IsHead).ToDictionary(r => r.Group, r => r.Head!.States(_store.Worst()));

        Assert.Equal([(KnownExecutionState.Degraded, 2)], groups["us"].Select(s => (s.State.Known, s.Nodes)));
        Assert.Equal([(KnownExecutionState.Failed, 1), (KnownExecutionState.Running, 1)], groups["without region"].Select(s => (s.State.Known, s.Nodes)));
        Assert.Empty(groups["🙂 \"eu\""]);
    }

    [Fact]
    public void LabelKeys_ManyKeysOnManyNodes_LooksAtABoundedNumber()
    {
        var labels = Enumerable.Range(0, 5_000).ToDictionary(i => $"key-{i:d4}", _ => "x");
        var looked = 0;
        _store.Apply([.. Enumerable.Range(0, 2_000).Select(i => FleetChange.Of(new Node { Id = $"many-{i:d4}", Labels = new CountingLabels(labels, () => looked++) }))]);
        looked = 0;

        Assert.Equal(40, LaneOrder.LabelKeys(_store, 40).Count);
        Assert.InRange(looked, 1, 100_000);
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

    private sealed class CountingLabels(Dictionary<string, string> labels, Action onLook) : IReadOnlyDictionary<string, string>
    {
        public string this[string key] => labels[key];
        public IEnumerable<string> Keys => labels.Keys.Select(key =>
        {
            onLook();
            return key;
        });
        public IEnumerable<string> Values => labels.Values;
        public int Count => labels.Count;
        public bool ContainsKey(string key) => labels.ContainsKey(key);
        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value) => labels.TryGetValue(key, out value);
        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => labels.GetEnumerator();
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
