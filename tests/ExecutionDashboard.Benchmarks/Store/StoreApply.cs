using BenchmarkDotNet.Attributes;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Benchmarks.Store;

/// <summary>Applying 100,000 changes of executions in batches, beside a dictionary of objects that keeps nothing else.</summary>
public class StoreApply
{
    private const int Executions = 1_000_000, Changes = 100_000, BatchChanges = 1000;

    private readonly FleetStore _store = new();
    private readonly Dictionary<string, Execution> _objects = [];
    private readonly List<FleetChange[][]> _sides = [];
    private int _side;

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
        // Two sets that differ, applied in turn: each application changes every row it names.
        for (var side = 0; side < 2; side++)
            _sides.Add([.. Enumerable.Range(0, Changes).Select(i => FleetChange.Of(fleet.Change(_objects[fleet.Id(i * 9)]))).Chunk(BatchChanges)]);
    }

    [Benchmark(OperationsPerInvoke = Changes)]
    public void Store()
    {
        foreach (var batch in _sides[_side ^= 1]) _store.Apply(batch);
    }

    [Benchmark(OperationsPerInvoke = Changes, Baseline = true)]
    public void Dictionary()
    {
        foreach (var batch in _sides[_side ^= 1])
            foreach (var change in batch) _objects[change.Id] = change.Execution!;
    }
}
