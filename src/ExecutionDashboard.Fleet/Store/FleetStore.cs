using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store;

/// <summary>
/// The fleet in memory: one writer applies changes, any number of readers query without a lock. Counts are maintained, not computed. Only <see cref="JobSpec.Json"/>
/// contains secrets; all other texts are masked, so no query can reveal one.
/// </summary>
/// <remarks>
/// Each result is from one state of the store: a read that the writer overtook runs again. Changes are applied in steps of at most
/// <see cref="StepChanges"/>, each with its own version, so that readers are not blocked during a first load.
/// </remarks>
public sealed partial class FleetStore
{
    /// <summary>Most executions of a chain in each direction.</summary>
    public const int ChainLimit = 50;

    /// <summary>Most changes per step.</summary>
    public const int StepChanges = 256;

    private readonly ReadGate _gate = new();
    private readonly ExecutionTable _table;
    private readonly Catalog _catalog = new();
    private readonly RankCache _ranks = new();
    private readonly NodeParts _nodeParts = new();
    private readonly FleetMask _mask;
    private long _version;
    private NamesInUse _namespaces = new(-1, []), _types = new(-1, []);

    /// <summary>An empty store.</summary>
    /// <param name="observations">What was seen of the fleet before; from now on this store adds to it.</param>
    public FleetStore(FleetObservations? observations = null)
    {
        Observations = observations ?? new();
        _table = new(Observations);
        _mask = new(_catalog);
    }

    /// <summary>What was seen to happen, as far as no snapshot tells it.</summary>
    public FleetObservations Observations { get; }

    /// <summary>The control planes that it shows as one fleet.</summary>
    public FleetPlanes Planes { get => _catalog.Planes; init => _catalog.Planes = _table.Ids.Planes = value; }

    /// <summary>Increases with every <see cref="Apply"/> that changed something.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Number of executions.</summary>
    public int ExecutionCount => _table.LiveRows.Count;

    /// <summary>
    /// Applies changes in order. Only one thread may call it at a time. Changes always win, whatever their revision; equal values change nothing. Changes without an
    /// id or entity are ignored.
    /// </summary>
    /// <returns>The changes as stored: secrets masked, ids and the JSON of specs unchanged.</returns>
    public IReadOnlyList<FleetChange> Apply(IReadOnlyList<FleetChange> changes)
    {
        changes = _mask.Of(changes);
        for (var from = 0; from < changes.Count; from += StepChanges)
        {
            var to = Math.Min(from + StepChanges, changes.Count);
            _gate.Enter();
            try
            {
                var version = _version + 1;
                var changed = false;
                for (var i = from; i < to; i++) changed |= ApplyOne(changes[i], version);
                if (changed) Volatile.Write(ref _version, version);
            }
            finally
            {
                _gate.Exit();
            }
        }
        return changes;
    }

    /// <summary>An execution by id, null when there is none.</summary>
    public Execution? FindExecution(string id) => _gate.Read(() => _table.Find(id) is var row && row >= 0 ? _table.Read(row) : null);
    /// <summary>A node by id.</summary>
    public Node? FindNode(string id) => _catalog.Nodes.Find(id);
    /// <summary>A job by id.</summary>
    public Job? FindJob(string id) => _catalog.Jobs.Find(id);
    /// <summary>A deployment by id.</summary>
    public Deployment? FindDeployment(string id) => _catalog.Deployments.Find(id);
    /// <summary>A spec by hash.</summary>
    public JobSpec? FindSpec(string hash) => _catalog.Specs.Find(hash);

    /// <summary>All nodes, by display name. The same list object until one changes.</summary>
    public IReadOnlyList<Node> Nodes => _catalog.Nodes.All();
    /// <summary>All jobs, by display name. The same list object until one changes.</summary>
    public IReadOnlyList<Job> Jobs => _catalog.Jobs.All();
    /// <summary>All deployments, newest first. The same list object until one changes.</summary>
    public IReadOnlyList<Deployment> Deployments => _catalog.Deployments.All();
    /// <summary>All specs, by hash. The same list object until one changes.</summary>
    public IReadOnlyList<JobSpec> Specs => _catalog.Specs.All();
    /// <summary>Namespaces of the executions, sorted.</summary>
    public IReadOnlyList<string> Namespaces => InUse(_table.Namespaces, ref _namespaces);
    /// <summary>Job types of the executions, sorted.</summary>
    public IReadOnlyList<string> Types => InUse(_table.Types, ref _types);

    /// <summary>Executions of the whole fleet by state; maintained, not counted.</summary>
    public StateCounts Counts(ExecutionScope scope) => _gate.Read(() => _table.Fleet.Snapshot(_table.States, scope));
    /// <summary>Executions of a job by state; <see cref="StateCounts.Empty"/> without any.</summary>
    public StateCounts CountsOfJob(string jobId, ExecutionScope scope) => CountsOf(_table.Jobs, jobId, scope);
    /// <summary>
    /// Executions of a deployment by state. For a deployment made from a rollout (<see cref="Deployment.IdOf"/>): those of its job and version that name no
    /// deployment.
    /// </summary>
    public StateCounts CountsOfDeployment(string deploymentId, ExecutionScope scope) => CountsOf(_table.Deployments, deploymentId, scope);
    /// <summary>Increases when an execution of a deployment changes, is added or removed; 0 without any.</summary>
    public long DeploymentChangedAt(string deploymentId) => _table.Deployments.Find(deploymentId)?.ChangedAt ?? 0;
    /// <summary>Executions of a node by state.</summary>
    public StateCounts CountsOfNode(string nodeId, ExecutionScope scope) => CountsOf(_table.Nodes, nodeId, scope);

    /// <summary>
    /// The chain of an execution, oldest first, itself included; at most <paramref name="limit"/> in each direction. It ends at missing or repeated links. Empty when
    /// there is no such execution.
    /// </summary>
    public IReadOnlyList<Execution> Chain(string id, int limit = ChainLimit) => _gate.Read<IReadOnlyList<Execution>>(() =>
    {
        var start = _table.Find(id);
        if (start < 0) return [];
        var seen = new HashSet<int> { start };
        var chain = new List<Execution>();
        Follow(_table.Previous, start, limit, seen, chain);
        chain.Reverse();
        chain.Add(_table.Read(start));
        Follow(_table.Next, start, limit, seen, chain);
        return chain;
    });

    private void Follow(SparseColumn<UInt128> link, int row, int limit, HashSet<int> seen, List<Execution> chain)
    {
        for (var steps = 0; steps < limit; steps++)
        {
            row = _table.Find(link[row]);
            if (row < 0 || !seen.Add(row)) return;
            chain.Add(_table.Read(row));
        }
    }

    private StateCounts CountsOf(GroupTable groups, string id, ExecutionScope scope) =>
        _gate.Read(() => groups.Find(id)?.Tally.Snapshot(_table.States, scope) ?? StateCounts.Empty);

    private string[] InUse(NameTable names, ref NamesInUse kept)
    {
        var held = Volatile.Read(ref kept);
        if (held.Edition == names.Edition) return held.Names;
        held = _gate.Read(() => new NamesInUse(names.Edition, names.InUse()));
        Volatile.Write(ref kept, held);
        return held.Names;
    }

    private sealed record NamesInUse(int Edition, string[] Names);
}
