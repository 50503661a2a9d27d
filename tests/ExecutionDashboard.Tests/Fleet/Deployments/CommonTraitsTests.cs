using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

public class CommonTraitsTests
{
    private static IReadOnlyList<CommonTrait> Traits(Deployment deployment, FleetStore store) => CommonTraits.Of(RolloutSummary.Of(deployment, store), store);

    private static Node Edge(int i, string region, string arch, string agent = "1.4.0") => new()
    {
        Id = $"n{i:000}", Connection = "connected", OperatingSystem = "linux", Architecture = arch, AgentVersion = agent,
        Labels = new Dictionary<string, string> { ["region"] = region, ["site"] = $"site-{i}" },
    };

    [Fact]
    public void Of_FailedShareARegion_NamesItAndNotWhatAllHave()
    {
        var nodes = Enumerable.Range(0, 40).Select(i => Edge(i, i < 8 ? "eu" : "us", i % 2 == 0 ? "arm64" : "amd64"));
        var traits = Traits(Rollout(40), StoreOf(nodes, [.. Many(0, 8, "failed"), .. Many(8, 32, "running")]));
        Assert.Equal(new CommonTrait("label region", "eu", 8, 8, 0, 32), Assert.Single(traits));
    }

    [Fact]
    public void Of_TwoTraits_TheClearerFirst()
    {
        var nodes = Enumerable.Range(0, 60).Select(i => Edge(i, i < 15 ? "eu" : "us", i < 10 ? "arm64" : "amd64", i < 30 ? "1.3.0" : "1.4.0"));
        var traits = Traits(Rollout(60), StoreOf(nodes, [.. Many(0, 10, "failed"), .. Many(10, 50, "running")]));
        Assert.Equal(["architecture", "label region", "agent version"], traits.Select(t => t.Name));
    }

    [Fact]
    public void Of_ManyTraits_AtMostFive()
    {
        var nodes = Enumerable.Range(0, 40).Select(i => Edge(i, "eu", "arm64") with { Labels = Enumerable.Range(0, 9).ToDictionary(l => $"l{l}", _ => i < 10 ? "bad" : "good") });
        Assert.Equal(5, Traits(Rollout(40), StoreOf(nodes, [.. Many(0, 10, "failed"), .. Many(10, 30, "running")])).Count);
    }

    [Theory]
    [InlineData(1, 39)]
    [InlineData(0, 40)]
    [InlineData(40, 0)]
    public void Of_TooFewToCompare_NoTrait(int failed, int healthy)
    {
        var nodes = Enumerable.Range(0, 40).Select(i => Edge(i, i < failed ? "eu" : "us", "arm64"));
        Assert.Empty(Traits(Rollout(40), StoreOf(nodes, [.. Many(0, failed, "failed"), .. Many(failed, healthy, "running")])));
    }

    [Fact]
    public void Of_NodesNotKnown_NoTrait() => Assert.Empty(Traits(Rollout(9), StoreOf([.. Many(0, 4, "failed"), .. Many(4, 5, "running")])));
}
