using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// The fleet in memory, as the log has it. Written by the committer only, read by any number of subscribers. Entities are stored as objects, so that a snapshot needs
/// no allocation.
/// </summary>
internal sealed class FleetMirror
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<StateReport, StateReport> _reports = [];
    private readonly NodeParts _nodeParts = new();
    private readonly KeyTable<Tracked<Execution>> _byKey = new();

    public EntityTable<JobSpec> Specs { get; } = new(FleetKind.Spec, s => s.Hash, FleetChange.Of);
    public EntityTable<Job> Jobs { get; } = new(FleetKind.Job, j => j.Id, FleetChange.Of);
    public EntityTable<Node> Nodes { get; } = new(FleetKind.Node, n => n.Id, FleetChange.Of);
    public EntityTable<Deployment> Deployments { get; } = new(FleetKind.Deployment, d => d.Id, FleetChange.Of);
    public EntityTable<Execution> Executions { get; } = new(FleetKind.Execution, e => e.Id, FleetChange.Of);

    public int Count => Specs.Count + Jobs.Count + Nodes.Count + Deployments.Count + Executions.Count;

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
            case { Execution: { } execution }: _byKey.Set(place.Key, Executions.Put(execution, place, commit)); break;
        }
    }

    /// <summary>The execution with a key of the log; null when it was removed.</summary>
    public Tracked<Execution>? ExecutionOf(long key) => _byKey.Find(key);

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
        Specs.Changes().Concat(Jobs.Changes()).Concat(Nodes.Changes()).Concat(Deployments.Changes()).Concat(_byKey.All().Select(known => FleetChange.Of(known.Value)));

    /// <summary>The execution with shared strings: a million executions would otherwise hold a few names a million times. Writer only.</summary>
    public Execution Share(Execution execution) => execution with
    {
        JobId = Share(execution.JobId),
        JobType = Share(execution.JobType),
        Namespace = Share(execution.Namespace),
        NodeId = Share(execution.NodeId),
        DeploymentId = Share(execution.DeploymentId),
        SpecHash = Share(execution.SpecHash),
        Desired = Share(execution.Desired),
        Actual = Share(execution.Actual),
    };

    /// <summary>The node with the parts that other nodes have too. Writer only.</summary>
    public Node Share(Node node) => _nodeParts.Share(node, Nodes.Find(node.Id));

    private const int SharedAtMost = 500_000;

    /// <summary>The shared instance of a string. Writer only.</summary>
    public string Share(string text)
    {
        if (text.Length == 0) return "";
        if (_texts.TryGetValue(text, out var shared)) return shared;
        if (_texts.Count < SharedAtMost) _texts[text] = text;
        return text;
    }

    private StateReport Share(StateReport report)
    {
        if (report.Details is not null) return report;
        if (_reports.TryGetValue(report, out var shared)) return shared;
        if (_reports.Count < SharedAtMost / 10) _reports[report] = report;
        return report;
    }

    private void Remove(FleetKind kind, string id)
    {
        switch (kind)
        {
            case FleetKind.Spec: Specs.Remove(id); break;
            case FleetKind.Job: Jobs.Remove(id); break;
            case FleetKind.Node: Nodes.Remove(id); break;
            case FleetKind.Deployment: Deployments.Remove(id); break;
            case FleetKind.Execution when Executions.Remove(id) is { } known: _byKey.Set(known.Key, null); break;
        }
    }
}
