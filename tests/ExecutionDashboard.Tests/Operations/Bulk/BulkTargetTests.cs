using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Operations.Bulk;

namespace ExecutionDashboard.Tests.Operations.Bulk;

/// <summary>The executions that a bulk run of a group is for.</summary>
public sealed class BulkTargetTests
{
    private readonly FleetStore _store = new();

    public BulkTargetTests() => _store.Apply(
    [
        Node("n1", "eu"), Node("n2", "us"), FleetChange.Of(new Job { Id = "j1" }), FleetChange.Of(new Job { Id = "j2" }), FleetChange.Of(new Deployment { Id = "d1", JobId = "j1" }),
        Execution("old", "j1", "n1", "", age: 9), Execution("a", "j1", "n1", "d1"), Execution("b", "j2", "n1", ""), Execution("c", "j1", "n2", "d1"), Execution("d", "j2", "n2", ""),
    ]);

    [Fact]
    public void OfEntities_AreTheCurrentExecutionsOfThese()
    {
        Assert.Equal(["a", "b"], In(BulkTarget.OfNodes(["n1"])));
        Assert.Equal(["a", "c"], In(BulkTarget.OfJobs(["j1"])));
        Assert.Equal(["a", "c"], In(BulkTarget.OfDeployments(["d1"])));
    }

    [Fact]
    public void OfEntities_Without_AreNoneAndNotAll()
    {
        foreach (var target in new[] { BulkTarget.OfNodes([]), BulkTarget.OfJobs([]), BulkTarget.OfDeployments([]), BulkTarget.OfProblems([], _store) }) Assert.Empty(In(target));
        foreach (var ids in new[] { BulkTarget.OfNodes(["gone"]), BulkTarget.OfJobs(["gone"]), BulkTarget.OfDeployments(["gone"]) }) Assert.Empty(In(ids));
    }

    [Theory]
    [InlineData("executions?node=n2&job=j1", "", "", "c")]
    [InlineData("nodes?label=region%3Deu", "j1", "", "a b")]
    [InlineData("deployments/d1", "j1", "d1", "a c")]
    [InlineData("jobs/j2", "j2", "", "b d")]
    // What cannot be read would let everything through.
    [InlineData("executions?filter=stat:failed", "", "", "")]
    [InlineData("executions", "", "", "")]
    [InlineData("nodes", "", "", "")]
    [InlineData("", "", "", "")]
    public void OfProblems_AreThoseOfTheirListElseOfDeploymentOrJob(string address, string job, string deployment, string ids)
    {
        var problem = new Problem { Id = "p", Cause = ProblemCause.Outage, Severity = ProblemSeverity.Warning, Since = DateTimeOffset.UnixEpoch, Summary = "", Address = address, JobId = job, DeploymentId = deployment };
        Assert.Equal(ids, string.Join(' ', In(BulkTarget.OfProblems([problem, problem], _store))));
    }

    private IEnumerable<string> In(BulkTarget target) => target.In(_store).Select(e => e.Id).Order(StringComparer.Ordinal);

    private static FleetChange Node(string id, string region) => FleetChange.Of(new Node { Id = id, Labels = new Dictionary<string, string> { ["region"] = region } });

    private static FleetChange Execution(string id, string job, string node, string deployment, int age = 0) => FleetChange.Of(new Execution
    {
        Id = id, JobId = job, NodeId = node, DeploymentId = deployment, CreatedAt = DateTimeOffset.UnixEpoch.AddDays(100 - age), Actual = new(ExecutionState.Of(KnownExecutionState.Running)), Desired = new(ExecutionState.Of(KnownExecutionState.Running)),
    });
}
