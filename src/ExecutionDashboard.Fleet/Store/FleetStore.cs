using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store;

/// <summary>
/// The fleet in memory: one writer applies changes, any number of readers ask without a lock. Counts are kept, not computed. No text in it holds a secret but
/// <see cref="JobSpec.Json"/>, so no question about the fleet can be asked about one.
/// </summary>
/// <remarks>
/// Every answer is of one state of the store: a reader that the writer overtook reads again. A list of changes is applied in steps of at
/// most <see cref="StepChanges"/>, each with its own version, so that readers get through during a first load.
/// </remarks>
public sealed partial class FleetStore
{
    /// <summary>Most links of a chain each way.</summary>
    public const int ChainLimit = 50;

    /// <summary>Most changes that are applied in one step.</summary>
    public const int StepChanges = 256;

    private readonly ReadGate _gate = new();
    private readonly ExecutionTable _table;
    private readonly Catalog _catalog = new();
    private readonly RankCache _ranks = new();
    private readonly FleetMask _mask;
    private long _version;
    private NamesInUse _namespaces = new(-1, []), _types = new(-1, []);

    /// <summary>A store that holds nothing.</summary>
    /// <param name="observations">What was seen of the fleet before; from now on this store adds to it.</param>
    public FleetStore(FleetObservations? observations = null)
    {
        Observations = observations ?? new();
        _table = new(Observations);
        _mask = new(_catalog);
    }

    /// <summary>What was seen to happen, as far as no snapshot tells it.</summary>
    public FleetObservations Observations { get; }

    /// <summary>Grows with every <see cref="Apply"/> that changed something.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Executions held.</summary>
    public int ExecutionCount => _table.LiveRows.Count;

    /// <summary>
    /// Applies changes in order. Only one thread may call it at a time. What is given is taken as the newest truth, whatever its revision
    /// says; what equals the held changes nothing. A change without an id or without its entity is left out.
    /// </summary>
    /// <returns>The changes as they are held: secrets hidden, ids and the JSON of specs as given.</returns>
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

    /// <summary>All nodes, by display name. The same list until one of them changes.</summary>
    public IReadOnlyList<Node> Nodes => _catalog.Nodes.All();
    /// <summary>All jobs, by display name. The same list until one of them changes.</summary>
    public IReadOnlyList<Job> Jobs => _catalog.Jobs.All();
    /// <summary>All deployments, newest first. The same list until one of them changes.</summary>
    public IReadOnlyList<Deployment> Deployments => _catalog.Deployments.All();
    /// <summary>Namespaces that executions name, sorted.</summary>
    public IReadOnlyList<string> Namespaces => InUse(_table.Namespaces, ref _namespaces);
    /// <summary>Kinds of work that executions name, sorted.</summary>
    public IReadOnlyList<string> Types => InUse(_table.Types, ref _types);

    /// <summary>Counts of the whole fleet; kept, not counted.</summary>
    public StateCounts Counts(ExecutionScope scope) => _gate.Read(() => _table.Fleet.Snapshot(_table.States, scope));
    /// <summary>Counts of a job; <see cref="StateCounts.Empty"/> when none.</summary>
    public StateCounts CountsOfJob(string jobId, ExecutionScope scope) => CountsOf(_table.Jobs, jobId, scope);
    /// <summary>
    /// Counts of a deployment: of the executions that name it, and, for a deployment made from a rollout (<see cref="Deployment.IdOf"/>), of
    /// those of its job and version that name none.
    /// </summary>
    public StateCounts CountsOfDeployment(string deploymentId, ExecutionScope scope) => CountsOf(_table.Deployments, deploymentId, scope);
    /// <summary>Grows when an execution of a deployment changed, came or went; 0 while it has none.</summary>
    public long DeploymentChangedAt(string deploymentId) => _table.Deployments.Find(deploymentId)?.ChangedAt ?? 0;
    /// <summary>Counts of a node.</summary>
    public StateCounts CountsOfNode(string nodeId, ExecutionScope scope) => CountsOf(_table.Nodes, nodeId, scope);

    /// <summary>
    /// The executions before and after one in its chain, oldest first, itself included; at most <paramref name="limit"/> each way. Links that
    /// are missing or loop end it. Empty when there is no such execution.
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
