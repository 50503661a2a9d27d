using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Tests.Simulator;

/// <summary>Scenarios in which nodes fall silent.</summary>
public class BreakdownTests
{
    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void RegionFallsOver_IsDisconnectedLostAndBack_AndNobodyElseIs(string generation)
    {
        var fleet = SimulatedFleet.Of("region-falls-over", generation);
        var region = fleet.World.Nodes.FindAll(n => n.Label("region") == "ap-south");
        var others = fleet.World.Nodes.Except(region).ToList();
        Assert.Equal(12, region.Count);
        fleet.Until(() => region.TrueForAll(n => n.Connection == Connection.Disconnected));
        Assert.InRange(fleet.Elapsed, 19, 22);
        fleet.Until(() => region.TrueForAll(n => n.Connection == Connection.Lost));
        Assert.InRange(fleet.Elapsed, 44, 48);
        Assert.All(region, n => Assert.All(n.Current, e => Assert.True(e.IsTerminal)));
        fleet.Until(() => region.TrueForAll(n => n.Connection == Connection.Connected && n.Current.TrueForAll(e => e.Actual == ActualState.Running)));
        Assert.InRange(fleet.Elapsed, 70, 120);
        Assert.All(others, n => Assert.Equal((Connection.Connected, 1), (n.Connection, n.Revision)));
        fleet.Until(() => region.TrueForAll(n => n.Connection == Connection.Disconnected));
        Assert.InRange(fleet.Elapsed, 198, 204);
    }

    [Fact]
    public void NodeFlaps_ConnectsAgainAndAgain()
    {
        var fleet = SimulatedFleet.Of("node-flaps", "deployment");
        var connects = 0;
        var before = Connection.Connected;
        var node = fleet.World.Nodes.First(n => n.Label("region") == "ap-south");
        for (var i = 0; i < 1000; i++)
        {
            fleet.Pass(0.1);
            if (node.Connection == Connection.Connected && before != Connection.Connected) connects++;
            before = node.Connection;
        }
        Assert.InRange(connects, 3, 4);
        Assert.All(fleet.World.Nodes.Where(n => n != node), n => Assert.Equal(Connection.Connected, n.Connection));
    }
}
