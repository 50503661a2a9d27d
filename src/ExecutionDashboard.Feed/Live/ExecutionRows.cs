using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Live;

/// <summary>The executions, packed, by their keys in the log, which are consecutive from 1.</summary>
internal sealed class ExecutionRows(ExecutionPacking packing) : PackedRows<Execution>(FleetKind.Execution, e => e.Id, FleetChange.Of, packing)
{
    /// <summary>The execution with a key of the log; null when it was removed.</summary>
    public Tracked<Execution>? OfKey(long key) => InSlot(key);

    /// <summary>The executions of a job.</summary>
    public IEnumerable<Tracked<Execution>> OfJob(string job) => Having((_, packed) => packing.JobOf(packed) == job);

    /// <summary>The executions that a deployment created.</summary>
    public IEnumerable<Tracked<Execution>> OfDeployment(string deployment) => Having((_, packed) => packing.DeploymentOf(packed) == deployment);

    /// <summary>The deployments that executions name, each once.</summary>
    public IReadOnlyCollection<string> Deployments()
    {
        var deployments = new HashSet<string>(StringComparer.Ordinal);
        foreach (var _ in Having((_, packed) => deployments.Add(packing.DeploymentOf(packed)))) { }
        return deployments;
    }

    protected override long SlotFor(Execution value, Place place) => place.Key;

    protected override long SlotFor(PackedRow row) => row.Place.Key;
}
