using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// The fleet as the log has it. Written by the commit alone; read by any number of subscribers, each at its own pace, which is why the
/// things are kept whole: a snapshot hands them out without building them anew.
/// </summary>
internal sealed class FleetMirror
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<StateReport, StateReport> _reports = [];
    private readonly KeyTable<Tracked<Execution>> _byKey = new();

    public EntityTable<JobSpec> Specs { get; } = new(FleetKind.Spec, s => s.Hash, FleetChange.Of);
    public EntityTable<Job> Jobs { get; } = new(FleetKind.Job, j => j.Id, FleetChange.Of);
    public EntityTable<Node> Nodes { get; } = new(FleetKind.Node, n => n.Id, FleetChange.Of);
    public EntityTable<Deployment> Deployments { get; } = new(FleetKind.Deployment, d => d.Id, FleetChange.Of);
    public EntityTable<Execution> Executions { get; } = new(FleetKind.Execution, e => e.Id, FleetChange.Of);

    public int Count => Specs.Count + Jobs.Count + Nodes.Count + Deployments.Count + Executions.Count;

    /// <summary>Takes in what was stored.</summary>
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

    /// <summary>The execution of a key in the log; null when it is gone.</summary>
    public Tracked<Execution>? ExecutionOf(long key) => _byKey.Find(key);

    /// <summary>A thing as it is now: gone when it is not known.</summary>
    public FleetChange Now(FleetKind kind, string id) => kind switch
    {
        FleetKind.Spec when Specs.Find(id) is { } spec => FleetChange.Of(spec),
        FleetKind.Job when Jobs.Find(id) is { } job => FleetChange.Of(job),
        FleetKind.Node when Nodes.Find(id) is { } node => FleetChange.Of(node),
        FleetKind.Deployment when Deployments.Find(id) is { } deployment => FleetChange.Of(deployment),
        FleetKind.Execution when Executions.Find(id) is { } execution => FleetChange.Of(execution),
        _ => FleetChange.Gone(kind, id),
    };

    /// <summary>Everything, specs before what names them; executions as they came, which is how they lie in memory and what a receiver sorts least.</summary>
    public IEnumerable<FleetChange> All() =>
        Specs.Changes().Concat(Jobs.Changes()).Concat(Nodes.Changes()).Concat(Deployments.Changes()).Concat(_byKey.All().Select(known => FleetChange.Of(known.Value)));

    /// <summary>The same execution with texts that others hold too: a million of them would hold a few names a million times. Writer only.</summary>
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

    private const int SharedAtMost = 500_000;

    /// <summary>The same text as others hold. Writer only.</summary>
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
