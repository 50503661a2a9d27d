using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Components.Shared.Lists;

/// <summary>Counts of filters are shared, and renewed once a second.</summary>
public sealed class FilteredCountsTests
{
    [Fact]
    public void Of_FleetMoves_IsCountedAnewOnceASecond()
    {
        var (time, store) = (new FakeTimeProvider(), new FleetStore());
        var counts = new FilteredCounts(time);
        var query = new ExecutionQuery { Text = "node" };
        store.Apply([PageRig.Execution("a", node: "node-1")]);
        Assert.Equal(1, counts.Of(store, query).Total);
        store.Apply([PageRig.Execution("b", node: "node-2"), PageRig.Execution("c", node: "other")]);

        Assert.Same(counts.Of(store, query), counts.Of(store, new ExecutionQuery { Text = "node" }));
        Assert.Equal(1, counts.Of(store, query).Total);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, counts.Of(store, query).Total);
    }

    [Fact]
    public void Of_NodesUnderASearch_CountsTheirConnections()
    {
        var store = new FleetStore();
        store.Apply([.. new[] { ("edge-1", "connected"), ("edge-2", "lost"), ("core-1", "lost") }.Select(n => FleetChange.Of(new Node { Id = n.Item1, Connection = n.Item2 }))]);

        var counts = new FilteredCounts(new FakeTimeProvider()).Of(store, new NodeQuery { Text = "edge" });

        Assert.Equal((1, 1), (counts["connected"], counts["lost"]));
    }
}
