using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using static ExecutionDashboard.Tests.Fleet.Attention.AttentionFleet;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>Failures with a common cause are one problem: a spec, what nodes share, or a node.</summary>
public class CommonCauseTests
{
    private static IEnumerable<Node> Nodes(int count) => Enumerable.Range(0, count).Select(i => Node($"n{i:00}", i % 4 == 0 ? "eu" : "us", architecture: i % 4 == 0 ? "arm64" : "amd64"));

    private static IEnumerable<Execution> On(IEnumerable<int> nodes, string state, string job = "job", int version = 1, string message = "", double at = 0) =>
        nodes.Select(i => Run($"{job}-{version}-{i:00}", $"n{i:00}", state, at, job, version, message: message.Replace("<i>", $"{i}", StringComparison.Ordinal)));

    [Fact]
    public void Update_NearlyAllFailWithOneError_IsTheSpec()
    {
        var fleet = new AttentionFleet().Has(new Job { Id = "job", Name = "ingest" }).Has(Nodes(20)).Has(On(Enumerable.Range(0, 20), "stopped", version: 6, at: -100))
            .Has(On(Enumerable.Range(0, 18), "failed", version: 7, message: "output 10.0.0.<i>: unknown codec \"avr\"", at: 10)).Has(On([18, 19], "running", version: 7, at: 10));

        var problem = fleet.ProblemAt(20);
        Assert.Equal((ProblemCause.SpecFault, "spec-fault/job@7", ProblemSeverity.Critical, 18), (problem.Cause, problem.Id, problem.Severity, problem.Executions));
        Assert.Equal("ingest v7 fails on nearly all nodes with one error: output <address>: unknown codec <text>", problem.Summary);
        Assert.Equal("18 of 20 executions of v7 failed with this error.", problem.Evidence[0].Text);
        Assert.Equal("None of 20 executions of v6 failed with it.", problem.Evidence[2].Text);
        Assert.StartsWith("compare?left=version%3A6%3Ajob", problem.NextSteps[0].Target, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_VersionBeforeFailedWithTheSameError_IsNotTheSpec()
    {
        var fleet = new AttentionFleet().Has(Nodes(20)).Has(On(Enumerable.Range(0, 20), "failed", version: 6, message: "boom", at: -100)).Has(On(Enumerable.Range(0, 20), "failed", version: 7, message: "boom", at: 10));

        Assert.Equal(ProblemCause.Failed, fleet.ProblemAt(20).Cause);
    }

    [Fact]
    public void Update_TwoNodesOfANewVersion_AreNotEnoughToBlameTheSpec()
    {
        var fleet = new AttentionFleet().Has(Nodes(20)).Has(On([0, 1], "failed", version: 7, message: "boom"));

        Assert.Equal(ProblemCause.Failed, fleet.ProblemAt(20).Cause);
    }

    [Fact]
    public void Update_FailuresShareATrait_AreOneCohortWhateverTheJobs()
    {
        var (arm, amd) = (Enumerable.Range(0, 40).Where(i => i % 4 == 0), Enumerable.Range(0, 40).Where(i => i % 4 != 0));
        var fleet = new AttentionFleet().Has(Enumerable.Range(0, 40).Select(i => Node($"n{i:00}", i % 3 == 0 ? "eu" : "us", architecture: i % 4 == 0 ? "arm64" : "amd64")));
        foreach (var job in new[] { "a", "b" }) fleet.Has(On(arm, "failed", job, message: "exec format error")).Has(On(amd, "running", job));
        // Too few to be proof on its own.
        fleet.Has(On([4], "failed", "c", message: "exec format error"));

        var problem = fleet.ProblemAt(20);
        Assert.Equal((ProblemCause.CohortFault, "cohort-fault/architecture=arm64", 21, 10, ""), (problem.Cause, problem.Id, problem.Executions, problem.Nodes, problem.JobId));
        Assert.Equal("3 jobs fail on 10 nodes with architecture arm64, and hardly elsewhere.", problem.Summary);
        Assert.Equal("10 of 10 nodes that failed have architecture arm64, and 0 of 30 that run.", problem.Evidence[0].Text);
    }

    [Fact]
    public void Update_FailuresWithoutACommonTrait_AreOfTheirJob()
    {
        var fleet = new AttentionFleet().Has(Nodes(40)).Has(On([0, 1, 2, 3, 9, 14], "failed", message: "boom")).Has(On(Enumerable.Range(20, 20), "running"));

        Assert.Equal("failed/job@1", fleet.ProblemAt(20).Id);
    }

    [Fact]
    public void Update_ManyJobsFailOnOneNodeAndRunElsewhere_IsTheNode()
    {
        var fleet = new AttentionFleet().Has(Nodes(12));
        foreach (var job in new[] { "a", "b", "c" }) fleet.Has(On([3], "failed", job, message: "disk full")).Has(On(Enumerable.Range(4, 8), "running", job));
        fleet.Has(On([3, 4, 5], "failed", "bad everywhere"));

        var problems = fleet.ProblemsAt(20);
        Assert.Equal(["spec-fault/bad everywhere@1", "node-fault/n03"], problems.Select(p => p.Id));
        Assert.Equal("3 jobs fail on n03 and run elsewhere.", problems[1].Summary);
        Assert.Contains(problems[1].Evidence, e => e.Text == "disk full, 3 times");
        Assert.Equal("nodes/n03", problems[1].NextSteps[0].Target);
    }

    [Fact]
    public void Update_MemberMends_TakesItOutAndTheLastEndsTheProblem()
    {
        var fleet = new AttentionFleet().Has(Nodes(12));
        foreach (var job in new[] { "a", "b", "c" }) fleet.Has(On([3], "failed", job)).Has(On(Enumerable.Range(4, 8), "running", job));
        Assert.Equal(3, fleet.ProblemAt(20).Executions);

        fleet.Has(On([3], "running", "a", at: 30));
        Assert.Equal(["failed/b@1", "failed/c@1"], fleet.ProblemsAt(30).Select(p => p.Id));
        fleet.Has(On([3], "running", "b", at: 40)).Apply(FleetChange.Gone(FleetKind.Execution, "c-1-03"));
        Assert.Empty(fleet.ProblemsAt(40));
    }

    [Fact]
    public void Update_LabelsChange_AsksAgainWhatIsShared()
    {
        var fleet = new AttentionFleet().Has(Nodes(40)).Has(On([0, 4, 8, 12, 16, 20], "failed", message: "boom")).Has(On(Enumerable.Range(0, 40).Where(i => i % 4 != 0), "running"));
        Assert.Equal(ProblemCause.CohortFault, fleet.ProblemAt(20).Cause);

        fleet.Has(Enumerable.Range(0, 40).Select(i => Node($"n{i:00}")));
        Assert.Equal("failed/job@1", fleet.ProblemAt(30).Id);
    }
}
