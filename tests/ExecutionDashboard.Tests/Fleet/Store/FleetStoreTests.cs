using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

public class FleetStoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_OfExecutionsRemovedAndReplacedByMany_AreNullAndNotTheNewOnes()
    {
        // Enough removals that rows are used again.
        var store = new FleetStore();
        store.Apply([.. Enumerable.Range(0, 10_000).Select(i => FleetChange.Of(Make($"old-{i}")))]);
        var selection = store.Select(ExecutionQuery.All);
        store.Apply([.. Enumerable.Range(0, 9_999).Select(i => FleetChange.Gone(FleetKind.Execution, $"old-{i}"))]);
        store.Apply([.. Enumerable.Range(0, 9_000).Select(i => FleetChange.Of(Make($"new-{i}")))]);
        store.Refresh(selection);
        Assert.Equal(10_000, selection.Count);
        Assert.Equal(9_000, selection.NewCount);
        Assert.Equal(9_001, selection.MatchingNow);
        Assert.Equal("old-9999", Assert.Single(store.Rows(selection, 0, 10_000), e => e is not null)!.Id);
        Assert.Equal(9_001, store.Page(ExecutionQuery.Parse("job=job-a"), 10).Total);
        Assert.Equal(9_001, store.Enumerate(ExecutionQuery.Parse("job=job-a&sort=id")).DistinctBy(e => e.Id).Count());
        Assert.Equal(9_001, store.CountsOfJob("job-a", ExecutionScope.All).Total);
    }

    [Fact]
    public void Page_ServerClockGoesBack_StaysInTheServersOrder()
    {
        var store = new FleetStore();
        int[] seconds = [.. Enumerable.Range(0, 3000).Select(i => i * 7919 % 3000)];
        store.Apply([.. seconds.Select(s => FleetChange.Of(Make($"e{s}") with { UpdatedAt = Start.AddSeconds(s / 2) }))]);
        var ids = store.Enumerate(ExecutionQuery.All).Select(e => e.Id);
        Assert.Equal(seconds.OrderByDescending(s => s / 2).ThenByDescending(s => $"e{s}", StringComparer.Ordinal).Select(s => $"e{s}"), ids);
        Assert.Equal(seconds.OrderBy(s => s / 2).ThenBy(s => $"e{s}", StringComparer.Ordinal).Select(s => $"e{s}"), store.Enumerate(ExecutionQuery.Parse("sort=updated")).Select(e => e.Id));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("%%%")]
    [InlineData("LTANMQ")]
    [InlineData("LTAKOTk5CmFiYw")]
    public void Page_CursorThatCannotBeRead_StartsAtTheFirstPage(string cursor)
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(Make("a")), FleetChange.Of(Make("b"))]);
        Assert.Equal(["b", "a"], store.Page(ExecutionQuery.All, 5, cursor).Items.Select(e => e.Id));
    }

    [Fact]
    public void Page_CursorOfAnotherOrder_StartsAtTheFirstPage()
    {
        var store = new FleetStore();
        store.Apply([.. "abcd".Select(c => FleetChange.Of(Make(c.ToString())))]);
        var next = store.Page(ExecutionQuery.All, 2).Next;
        Assert.Equal("a", store.Page(ExecutionQuery.Parse("sort=id"), 2, next).Items[0].Id);
    }

    [Fact]
    public void LastKnown_NodeComesAfterItsExecutionsAndChanges_IsKept()
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(Make("a") with { NodeId = "n" }), FleetChange.Of(Make("b") with { NodeId = "n", Actual = Report("stopped") })]);
        Assert.Equal(0, store.Counts(ExecutionScope.All).LastKnown);
        store.Apply([FleetChange.Of(new Node { Id = "n", Connection = "lost" })]);
        Assert.Equal(1, store.Counts(ExecutionScope.All).LastKnown);
        Assert.Equal(1, store.CountsOfNode("n", ExecutionScope.All).LastKnown);
        Assert.Equal(1, store.CountsOfJob("job-a", ExecutionScope.All).LastKnown);
        Assert.Equal(1, store.CountsOfDeployment("job-a@0", ExecutionScope.All).LastKnown);
        store.Apply([FleetChange.Of(Make("b") with { NodeId = "n" })]);
        Assert.Equal(2, store.Counts(ExecutionScope.All).LastKnown);
        store.Apply([FleetChange.Of(new Node { Id = "n", Connection = "connected" })]);
        Assert.Equal(0, store.Counts(ExecutionScope.All).LastKnown);
        store.Apply([FleetChange.Of(new Node { Id = "n", Connection = "lost" }), FleetChange.Gone(FleetKind.Node, "n")]);
        Assert.Equal(0, store.Counts(ExecutionScope.All).LastKnown);
    }

    [Fact]
    public void AnyChanged_NodeRenamed_SeesItsRowsOnly()
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(Make("a") with { NodeId = "n" }), FleetChange.Of(Make("b") with { NodeId = "m" })]);
        var selection = store.Select(ExecutionQuery.Parse("sort=id"));
        var version = store.Version;
        store.Apply([FleetChange.Of(new Node { Id = "n", Name = "edge" })]);
        Assert.True(store.AnyChanged(selection, 0, 1, version));
        Assert.False(store.AnyChanged(selection, 1, 1, version));
    }

    [Fact]
    public void Refresh_SelectionOfAnotherStore_IsSelectedAnew()
    {
        var (before, after) = (new FleetStore(), new FleetStore());
        before.Apply([FleetChange.Of(Make("a"))]);
        after.Apply([FleetChange.Of(Make("b")), FleetChange.Of(Make("c"))]);
        var selection = before.Select(ExecutionQuery.Parse("sort=id"));
        Assert.Equal(["b", "c"], after.Rows(selection, 0, 10).Select(e => e!.Id));
        after.Refresh(selection);
        Assert.Equal((2, 0, 2), (selection.Count, selection.NewCount, selection.MatchingNow));
    }

    [Fact]
    public void Chain_WithLinksBothWays_IsOldestFirstAndEndsAtLoopsAndGaps()
    {
        var store = new FleetStore();
        store.Apply(
        [
            FleetChange.Of(Make("a") with { PreviousId = "gone", NextId = "b" }), FleetChange.Of(Make("b") with { PreviousId = "a", NextId = "c" }),
            FleetChange.Of(Make("c") with { PreviousId = "b", NextId = "a" }), FleetChange.Of(Make("self") with { PreviousId = "self", NextId = "self" }),
        ]);
        Assert.Equal(["a", "b", "c"], store.Chain("b").Select(e => e.Id));
        Assert.Equal(["b", "c"], store.Chain("c", 1).Select(e => e.Id).Where(id => id != "a"));
        Assert.Equal(["self"], store.Chain("self").Select(e => e.Id));
        Assert.Empty(store.Chain("unknown"));
    }

    [Fact]
    public void Catalog_ListsAndFinds_AreTheSameUntilSomethingChanges()
    {
        var store = new FleetStore();
        store.Apply(
        [
            FleetChange.Of(new Node { Id = "1", Name = "zeta" }), FleetChange.Of(new Node { Id = "2", Name = "Alpha" }), FleetChange.Of(new Job { Id = "j", Name = "x" }),
            FleetChange.Of(new Deployment { Id = "d1", CreatedAt = Start }), FleetChange.Of(new Deployment { Id = "d2", CreatedAt = Start.AddHours(1) }), FleetChange.Of(new Deployment { Id = "d0" }),
            FleetChange.Of(new JobSpec { Hash = "h", Json = "{}" }),
        ]);
        Assert.Equal(["2", "1"], store.Nodes.Select(n => n.Id));
        Assert.Equal(["d2", "d1", "d0"], store.Deployments.Select(d => d.Id));
        Assert.Equal("{}", store.FindSpec("h")!.Json);
        var (nodes, version) = (store.Nodes, store.Version);
        store.Apply([FleetChange.Of(new Node { Id = "1", Name = "zeta" }), FleetChange.Of(Make("a")), FleetChange.Gone(FleetKind.Node, "unknown")]);
        Assert.Same(nodes, store.Nodes);
        Assert.Equal(version + 1, store.Version);
        store.Apply([FleetChange.Gone(FleetKind.Node, "1")]);
        Assert.Equal(["2"], store.Nodes.Select(n => n.Id));
        Assert.Null(store.FindNode("1"));
    }

    [Fact]
    public void Nodes_HeartbeatRenameAndArrival_AreListedAsTheyAreInOrder()
    {
        var store = new FleetStore();
        store.Apply([.. "dbca".Select(c => FleetChange.Of(new Node { Id = $"id-{c}", Name = c.ToString() }))]);
        Assert.Equal("abcd", string.Concat(store.Nodes.Select(n => n.Name)));
        store.Apply([FleetChange.Of(new Node { Id = "id-b", Name = "b", Revision = 2 })]);
        Assert.Equal(["a0", "b2", "c0", "d0"], store.Nodes.Select(n => $"{n.Name}{n.Revision}"));
        store.Apply([FleetChange.Of(new Node { Id = "id-a", Name = "z" }), FleetChange.Of(new Node { Id = "id-e", Name = "bb" })]);
        Assert.Equal(["b", "bb", "c", "d", "z"], store.Nodes.Select(n => n.Name));
    }

    [Fact]
    public void Apply_ChangeWithoutIdOrEntity_IsLeftOut()
    {
        var store = new FleetStore();
        store.Apply([new FleetChange { Id = "" }, new FleetChange { Id = null! }, new FleetChange { Id = "x" }, new FleetChange { Id = "x", Kind = FleetKind.Node }, new FleetChange { Id = "x", Kind = (FleetKind)99 }]);
        Assert.Equal(0, store.Version);
    }

    [Fact]
    public void Refresh_MoreChangesThanTheJournalHolds_CountsExactly()
    {
        var store = new FleetStore();
        store.Apply([.. Enumerable.Range(0, 5000).Select(i => FleetChange.Of(Make($"e{i}")))]);
        var selection = store.Select(ExecutionQuery.Parse("state=running"));
        for (var round = 0; round < 60; round++)
            store.Apply([.. Enumerable.Range(0, 5000).Select(i => FleetChange.Of(Make($"e{i + round}") with { Revision = round + 1, Actual = Report((i + round) % 3 == 0 ? "failed" : "running") }))]);
        store.Refresh(selection);
        Assert.Equal(store.Count(selection.Query), selection.MatchingNow);
        Assert.Equal(39, selection.NewCount);
    }

    private static StateReport Report(string state) => new(ExecutionState.Parse(state));

    private static Execution Make(string id) => new()
    {
        Id = id, JobId = "job-a", NodeId = "node-a", Actual = Report("running"), Desired = Report("running"), UpdatedAt = Start, CreatedAt = Start,
    };
}
