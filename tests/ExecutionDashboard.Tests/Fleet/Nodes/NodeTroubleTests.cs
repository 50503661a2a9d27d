using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Timelines;
using static ExecutionDashboard.Tests.Fleet.Nodes.NodeFleet;

namespace ExecutionDashboard.Tests.Fleet.Nodes;

public class NodeTroubleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_ARegionThatFellOver_NamesTheRegion()
    {
        var store = Of([.. Enumerable.Range(0, 30).Select(i => Node($"n{i}", i % 3 == 0 ? "lost" : "connected", $"region={(i % 3 == 0 ? "eu" : "us")},site={i}"))]);
        var trouble = NodeTrouble.Of(store);
        Assert.Equal((10, 30), (trouble.Troubled, trouble.Nodes));
        var trait = Assert.Single(trouble.Traits);
        Assert.Equal(("label region", "eu", 10, 0), (trait.Name, trait.Value, trait.FailedWith, trait.HealthyWith));
        Assert.True(CommonTraits.Has(store.FindNode("n0")!, trait));
        Assert.False(CommonTraits.Has(store.FindNode("n1")!, trait));
    }

    [Fact]
    public void WhyOf_SaysWhatIsWrong()
    {
        var store = Of(Node("a", "lost"), Node("b"), Node("c"), Execution("1", "c", "degraded"));
        Assert.Equal(["it is lost", "", "an execution on it is degraded"], store.Nodes.Select(n => NodeTrouble.WhyOf(n, store)));
    }

    [Fact]
    public void Connecting_CountsWithinTheStretch()
    {
        StateSpan[] spans =
        [
            new("connected", Noon.AddHours(-5), Noon.AddMinutes(-90)), new("disconnected", Noon.AddMinutes(-90), Noon.AddMinutes(-50)),
            new("connecting", Noon.AddMinutes(-50), Noon.AddMinutes(-49)), new("connected", Noon.AddMinutes(-49), Noon.AddMinutes(-10)),
            new("disconnected", Noon.AddMinutes(-10), null),
        ];
        Assert.Equal(new Connecting(1, 1, TimeSpan.FromMinutes(21)), Connecting.Of(spans, Noon.AddHours(-1), Noon));
        Assert.Equal(new Connecting(0, 0, TimeSpan.Zero), Connecting.Of([], Noon.AddHours(-1), Noon));
    }
}
