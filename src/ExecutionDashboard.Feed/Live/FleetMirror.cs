using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// The fleet in memory, as the log has it. Written by the committer only, read by any number of subscribers. There are so many executions and nodes that they are kept packed;
/// the rest are objects.
/// </summary>
internal sealed class FleetMirror : ILoadedFleet
{
    public FleetMirror() => Clear();

    /// <summary>What packed entities refer to.</summary>
    public SharedParts Shared { get; private set; }
    public NodePacking NodePacking { get; private set; }
    public ExecutionPacking ExecutionPacking { get; private set; }

    public EntityObjects<JobSpec> Specs { get; private set; }
    public EntityObjects<Job> Jobs { get; private set; }
    public NodeRows Nodes { get; private set; }
    public EntityObjects<Deployment> Deployments { get; private set; }
    public ExecutionRows Executions { get; private set; }

    public int Count => Specs.Count + Jobs.Count + Nodes.Count + Deployments.Count + Executions.Count;

    /// <summary>Empties it. Only before anybody reads it.</summary>
    [MemberNotNull(nameof(Shared), nameof(NodePacking), nameof(ExecutionPacking), nameof(Specs), nameof(Jobs), nameof(Nodes), nameof(Deployments), nameof(Executions))]
    public void Clear()
    {
        Shared = new();
        (NodePacking, ExecutionPacking) = (new(Shared), new(Shared));
        (Specs, Jobs, Deployments) = (new(FleetKind.Spec, s => s.Hash, FleetChange.Of), new(FleetKind.Job, j => j.Id, FleetChange.Of), new(FleetKind.Deployment, d => d.Id, FleetChange.Of));
        (Nodes, Executions) = (new(NodePacking), new(ExecutionPacking));
    }

    /// <summary>Applies a stored change.</summary>
    public void Apply(FleetChange change, Place place, long commit)
    {
        switch (change)
        {
            case { Removed: true }: Remove(change.Kind, change.Id); break;
            case { Spec: { } spec }: Specs.Put(spec, place, commit); break;
            case { Job: { } job }: Jobs.Put(job, place, commit); break;
            case { Node: { } node }: Nodes.Put(node, place, commit); break;
            case { Deployment: { } deployment }: Deployments.Put(deployment, place, commit); break;
            case { Execution: { } execution }: Executions.Put(execution, place, commit); break;
        }
    }

    /// <summary>An entity as it is now; a removal when it is unknown.</summary>
    public FleetChange Now(FleetKind kind, string id) => kind switch
    {
        FleetKind.Spec when Specs.Find(id) is { } spec => FleetChange.Of(spec),
        FleetKind.Job when Jobs.Find(id) is { } job => FleetChange.Of(job),
        FleetKind.Node when Nodes.Find(id) is { } node => FleetChange.Of(node),
        FleetKind.Deployment when Deployments.Find(id) is { } deployment => FleetChange.Of(deployment),
        FleetKind.Execution when Executions.Find(id) is { } execution => FleetChange.Of(execution),
        _ => FleetChange.Gone(kind, id),
    };

    /// <summary>All entities, specs before those that refer to them; executions in their order of arrival, which is their order in memory.</summary>
    public IEnumerable<FleetChange> All() =>
        Specs.Changes().Concat(Jobs.Changes()).Concat(Nodes.Changes()).Concat(Deployments.Changes()).Concat(Executions.Changes());

    /// <summary>The shared instance of a string. Writer only.</summary>
    public string Share(string text) => text.Length == 0 ? "" : Shared.Texts.Share(text);

    private void Remove(FleetKind kind, string id)
    {
        switch (kind)
        {
            case FleetKind.Spec: Specs.Remove(id); break;
            case FleetKind.Job: Jobs.Remove(id); break;
            case FleetKind.Node: Nodes.Remove(id); break;
            case FleetKind.Deployment: Deployments.Remove(id); break;
            case FleetKind.Execution: Executions.Remove(id); break;
        }
    }
}
