using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using static ExecutionDashboard.Tests.Fleet.Attention.AttentionFleet;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>Nodes without contact: one by one, and many at once.</summary>
public class NodeContactTests
{
    private static IEnumerable<Node> Region(string region, int count, string connection = "connected", double since = -3600, double step = 1) =>
        Enumerable.Range(0, count).Select(i => Node($"{region}-{i:00}", region, connection, since + (connection == "connected" ? 0 : i * step)));

    [Fact]
    public void Update_OneNodeWithoutContact_IsItsProblemUntilItConnects()
    {
        var fleet = new AttentionFleet().Has(Region("eu", 10)).Has(Node("eu-03", connection: "disconnected", since: 7));

        var problem = fleet.ProblemAt(7);
        Assert.Equal((ProblemCause.NodeUnreachable, "node-unreachable/eu-03", At(7), "nodes/eu-03"), (problem.Cause, problem.Id, problem.Since, problem.Address));
        Assert.Equal("eu-03 is disconnected.", problem.Summary);
        Assert.Contains(problem.NextSteps, step => step.Target.StartsWith("timeline?node=eu-03&from=2026-05-04T13%3A55%3A07", StringComparison.Ordinal));

        fleet.Has(Node("eu-03", since: 20));
        Assert.Empty(fleet.ProblemsAt(20));
    }

    [Fact]
    public void Update_RegionFalls_IsOneProblemWithWhatWaitsThere()
    {
        var fleet = new AttentionFleet().Has(Region("eu", 38)).Has(Region("us", 40)).Has(Enumerable.Range(0, 38).Select(i => Run($"e{i}", $"eu-{i:00}", "running")));
        Assert.Empty(fleet.ProblemsAt(0));

        fleet.Has(Region("eu", 38, "disconnected", 100)).Has(Run("e1", "eu-01", "pending", 90), Run("e2", "eu-02", "running", 90, desired: "stopped"));
        var problem = fleet.ProblemAt(200);
        Assert.Equal((ProblemCause.Outage, "outage/region=eu", ProblemSeverity.Critical, At(100), 38, 38), (problem.Cause, problem.Id, problem.Severity, problem.Since, problem.Nodes, problem.Executions));
        Assert.Equal("38 nodes with region=eu lost contact together.", problem.Summary);
        Assert.Equal("38 of the 38 nodes with region=eu are unreachable.", problem.Evidence[0].Text);
        Assert.Equal("They lost contact within 37 s.", problem.Evidence[1].Text);
        Assert.Contains(problem.Evidence, e => e.Text == "1 execution waits for these nodes.");
        Assert.Contains(problem.Evidence, e => e.Text == "1 execution was asked to stop there and may go on running.");
        Assert.Equal("nodes?connection=disconnected&connection=lost&label=region%3Deu", problem.Address);
        Assert.True(fleet.Found[0].Concerns(FleetKind.Node, "eu-37"));
        Assert.True(fleet.Found[0].Concerns(FleetKind.Execution, "e1"));

        fleet.Has(Region("eu", 38)).Has(Run("e1", "eu-01", "running", 210), Run("e2", "eu-02", "stopped", 210, desired: "stopped"));
        Assert.Empty(fleet.ProblemsAt(220));
    }

    [Fact]
    public void Update_TwoRegionsAtDifferentTimes_AreTwoOutages()
    {
        var fleet = new AttentionFleet().Has(Region("eu", 20, "disconnected", 100)).Has(Region("us", 20, "lost", 5000)).Has(Region("ap", 40));

        Assert.Equal(["outage/region=eu", "outage/region=us"], fleet.ProblemsAt(6000).Select(p => p.Id));
    }

    [Fact]
    public void Update_NodesThatFellLongBefore_AreNotOfTheOutage()
    {
        var fleet = new AttentionFleet().Has(Region("eu", 20, "disconnected", 1000)).Has(Region("us", 40)).Has(Node("eu-05", connection: "disconnected", since: -50_000));

        Assert.Equal(["outage/region=eu", "node-unreachable/eu-05"], fleet.ProblemsAt(2000).Select(p => p.Id));
    }

    [Fact]
    public void Update_ARegionInTwoWaves_IsOneOutage()
    {
        var fleet = new AttentionFleet().Has(Region("us", 60)).Has(Region("eu", 40)).Has(Region("eu", 30, "disconnected", 5000)).Has(Region("eu", 14, "disconnected", 100));

        var problem = fleet.ProblemAt(6000);
        Assert.Equal(("outage/region=eu", At(100), "30 nodes with region=eu lost contact in 2 waves."), (problem.Id, problem.Since, problem.Summary));
        Assert.Equal("They lost contact in 2 waves, all within 1 h 22 min.", problem.Evidence[1].Text);
    }

    [Fact]
    public void Update_HalfTheFleet_IsNotBlamedOnALabel()
    {
        var fleet = new AttentionFleet().Has(Region("eu", 20, "disconnected", 100, 0.1)).Has(Region("us", 20, "disconnected", 101, 0.1)).Has(Region("ap", 2));

        Assert.Equal("outage/fleet", fleet.ProblemAt(200).Id);
    }

    [Fact]
    public void Update_PartOfARegionOnly_IsStillItsOutage()
    {
        var fleet = new AttentionFleet().Has(Region("eu", 60)).Has(Region("us", 60)).Has(Region("eu", 12, "disconnected", 100));

        Assert.Equal("outage/region=eu", fleet.ProblemAt(200).Id);
    }

    [Fact]
    public void Update_NodesWithNothingInCommon_AreEachTheirOwnUpToTen()
    {
        var fleet = new AttentionFleet().Has(Region("eu", 40)).Has(Region("us", 40)).Has(Region("ap", 40));
        fleet.Has(Enumerable.Range(0, 4).SelectMany(i => new[] { "eu", "us" }.Select(r => Node($"{r}-{i:00}", r, "disconnected", i))));
        Assert.Equal(8, fleet.ProblemsAt(500).Count);

        fleet.Has(Enumerable.Range(0, 4).Select(i => Node($"ap-{i:00}", "ap", "disconnected", i)));
        var problem = fleet.ProblemAt(600);
        Assert.Equal(("node-unreachable/fleet", "12 nodes are unreachable.", 12), (problem.Id, problem.Summary, problem.Nodes));

        // Around the limit they stay one; when few are left they are each their own again.
        fleet.Has(Enumerable.Range(0, 4).Select(i => Node($"ap-{i:00}", "ap", since: 600)));
        Assert.Equal(("node-unreachable/fleet", 8), fleet.ProblemAt(700) is var fewer ? (fewer.Id, fewer.Nodes) : default);
        fleet.Has(Enumerable.Range(0, 3).Select(i => Node($"eu-{i:00}", "eu", since: 700)));
        Assert.Equal(5, fleet.ProblemsAt(800).Count);
    }

    [Fact]
    public void Update_NodeThatConnectsAgainAndAgain_FlapsUntilItHoldsStill()
    {
        var fleet = new AttentionFleet().Has(Node("n1", since: 0)).Has(Run("e1", "n1", "running"));
        for (var i = 1; i < 4; i++)
        {
            Assert.Empty(fleet.ProblemsAt(i * 60 - 1));
            fleet.Has(Node("n1", connection: "disconnected", since: i * 60 - 20)).Has(Node("n1", since: i * 60));
        }

        var problem = fleet.ProblemAt(190);
        Assert.Equal((ProblemCause.FlappingNode, Start, "n1 connects again and again."), (problem.Cause, problem.Since, problem.Summary));
        Assert.Equal("n1 connected 4 times within 3 min.", problem.Evidence[0].Text);
        Assert.Single(fleet.ProblemsAt(900));
        Assert.Empty(fleet.ProblemsAt(901));
    }

    [Fact]
    public void Update_FailuresOfAJobOnAnUnreachableNodeAndOnOthers_AreOneProblem()
    {
        var fleet = new AttentionFleet().Has(AttentionFleet.Node("n1"), AttentionFleet.Node("n2", connection: "disconnected", since: -600))
            .Has(AttentionFleet.Run("e1", "n1", "failed", at: -900), AttentionFleet.Run("e2", "n2", "failed", at: -900));

        var problems = fleet.ProblemsAt(600);

        Assert.Equal(problems.Count, problems.Select(p => p.Id).Distinct().Count());
        Assert.Equal(2, Assert.Single(problems, p => p.Cause == ProblemCause.Failed).Executions);
    }

    [Fact]
    public void Update_LostExecutions_AreOfTheirNode()
    {
        var fleet = new AttentionFleet().Has(Node("n1", connection: "lost", since: 10)).Has(Run("e1", "n1", "lost", 3610));

        Assert.Equal((ProblemCause.NodeUnreachable, 1), fleet.ProblemAt(4000) is var problem ? (problem.Cause, problem.Executions) : default);
    }

    [Fact]
    public void Update_NodeThatIsBack_HasTimeToRunAgainWhatWasLost()
    {
        var fleet = new AttentionFleet().Has(Node("n1", since: 100)).Has(Run("e1", "n1", "lost", 50));

        Assert.Empty(fleet.ProblemsAt(129));
        Assert.Equal(ProblemCause.Failed, fleet.ProblemAt(130).Cause);
    }

    [Fact]
    public void Update_FailedSinceItsNodeIsGone_IsOfTheNode()
    {
        var fleet = new AttentionFleet().Has(Node("n1", connection: "disconnected", since: 10)).Has(Run("e1", "n1", "failed", 12, message: "node disconnected"));

        Assert.Equal((ProblemCause.NodeUnreachable, 1), fleet.ProblemAt(20) is var problem ? (problem.Cause, problem.Executions) : default);
    }
}
