using BenchmarkDotNet.Attributes;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Benchmarks.Store;

/// <summary>Pages of 50 with their count, beside LINQ over objects.</summary>
[MemoryDiagnoser]
public class StoreQueries
{
    private readonly FleetStore _store = new();
    private readonly Dictionary<string, Execution> _objects = [];
    private ExecutionQuery _query = ExecutionQuery.All;

    [Params(100_000, 1_000_000)]
    public int Executions { get; set; }

    [Params("", "state=failed", "job=job-0007", "deployment=deploy-0007-1&state=failed", "sort=node", "q=refused")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var fleet = new SampleFleet(Executions);
        _store.Apply(SampleFleet.Catalog());
        for (var i = 0; i < Executions; i++)
        {
            var execution = fleet.Create(i);
            _store.Apply([FleetChange.Of(execution)]);
            _objects[execution.Id] = execution;
        }
        _query = ExecutionQuery.Parse(Query);
    }

    [Benchmark]
    public int Store() => _store.Page(_query, 50).Total;

    [Benchmark(Baseline = true)]
    public int Linq()
    {
        var matches = _objects.Values.Where(e =>
            (_query.States.Count == 0 || _query.States.Contains(e.Actual.State)) && (_query.Jobs.Count == 0 || _query.Jobs.Contains(e.JobId))
            && (_query.Deployments.Count == 0 || _query.Deployments.Contains(e.DeploymentId))
            && (_query.Text.Length == 0 || e.Actual.Message.Contains(_query.Text, StringComparison.OrdinalIgnoreCase))).ToList();
        var page = _query.Sort == ExecutionSort.Node ? matches.OrderBy(e => e.NodeId, StringComparer.Ordinal) : matches.OrderByDescending(e => e.UpdatedAt);
        return matches.Count + page.Take(50).Count(e => e.Revision < 0);
    }
}
