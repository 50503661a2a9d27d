using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Attention;

/// <summary>Jobs that burn their objective.</summary>
public sealed class ConvergenceRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_JobThatBurnsItsObjective_IsAProblemWithItsNumbers()
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(new Job { Id = "job-1", Name = "ingest" })]);

        var problem = Assert.Single(ConvergenceRules.Of([new("job-1", TimeSpan.FromSeconds(90), 0.95, 40, 37, 2, Noon), new("gone", TimeSpan.FromSeconds(90), 0.95, 40, 37, 2, Noon)], store));

        Assert.Equal(("convergence-slow/job-1", ProblemCause.ConvergenceSlow, Noon, "job-1"), (problem.Id, problem.Cause, problem.Since, problem.JobId));
        Assert.StartsWith("ingest: 92.5 % of its changes of the last 24 hours became real within ", problem.Summary, StringComparison.Ordinal);
        Assert.EndsWith("; 95 % should.", problem.Summary, StringComparison.Ordinal);
        Assert.Equal(2, problem.Evidence.Count);
        Assert.Empty(ConvergenceRules.Of(null, store));
    }
}
