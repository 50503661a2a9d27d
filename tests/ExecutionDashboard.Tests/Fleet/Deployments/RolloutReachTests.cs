using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class RolloutReachTests
{
    private static RolloutReach Reach(Deployment deployment, params Execution[] executions)
    {
        var store = StoreOf(executions);
        return RolloutReach.Of(RolloutSummary.Of(deployment, store), store);
    }

    private static Execution[] Canaries => [.. Many(0, 3, "running")];

    [Fact]
    public void Of_TotalNotSent_RestIsUnknownAndTheOldOnesAreCounted()
    {
        var reach = Reach(Rollout(null, "in_progress", "n000", "n001", "n002"), [.. Canaries, .. Many(10, 12, "running", -600, "before", 6)]);
        Assert.Null(reach.Rest);
        Assert.Equal("12 nodes run an older version now (v6).", reach.OthersInWords);
    }

    [Fact]
    public void Of_TotalSent_RestIsWhatFollowsTheCanaries() => Assert.Equal(21, Reach(Rollout(24, "in_progress", "n000", "n001", "n002"), Canaries).Rest);

    [Fact]
    public void Others_NodesReachedStoppedOrReplaced_AreNotAmongThem()
    {
        var reach = Reach(
            Rollout(null), On("a", "running"), On("a", "running", -600, deployment: "before", version: 6), On("b", "stopped", -600, deployment: "before", version: 6),
            On("c", "running", -600, deployment: "before", version: 6), On("d", "running", -600, deployment: "first", version: 2), On("e", "running", 60, deployment: "next", version: 8));
        Assert.Equal([(2, 1), (6, 1), (8, 1)], reach.Others.Select(other => (other.Key, other.Value)));
        Assert.Equal("3 nodes run other versions now (v2, v6, v8).", reach.OthersInWords);
    }

    [Fact]
    public void Others_VersionNotSent_NothingIsSaid() => Assert.Equal("", Reach(Rollout(null) with { ToVersion = null }, On("c", "running", -600, deployment: "before", version: 6)).OthersInWords);

    [Fact]
    public void Others_OneNodeOfANewerVersion_IsAnother() =>
        Assert.Equal("1 node runs another version now (v8).", Reach(Rollout(null), On("e", "running", 60, deployment: "next", version: 8)).OthersInWords);
}
