using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Attention.Kept;

/// <summary>
/// The problems of jobs, of rollouts and of the fields of nodes, kept: one is asked about again when something changed that its answer depends on, or when it is due. One
/// thread at a time.
/// </summary>
internal sealed class EntityProblems(FleetStore store, AttentionOptions options)
{
    // Executions that are walked at most at one update for jobs and rollouts of which executions changed; the others wait for the next, in their order.
    private const int MostWalked = 100_000;

    private readonly Dictionary<string, IReadOnlyList<Problem>> _ofJobs = new(StringComparer.Ordinal), _ofDeployments = new(StringComparer.Ordinal);
    private readonly Dictionary<int, IReadOnlyList<NodeFinding>> _ofNodes = [];
    private readonly Deadlines<(bool IsJob, string Id)> _due = new();
    private readonly Deadlines<int> _nodesDue = new();
    private readonly Queue<(bool IsJob, string Id)> _dirty = [], _dirtyByExecutions = [];
    private readonly HashSet<(bool IsJob, string Id)> _isDirty = [];
    private Dictionary<string, Job> _jobs = [];
    private ILookup<string, Deployment> _deploymentsOf = Enumerable.Empty<Deployment>().ToLookup(d => d.JobId);
    private HashSet<Deployment> _deployments = new(ReferenceEqualityComparer.Instance);
    private IReadOnlyList<Job>? _jobsSeen;
    private IReadOnlyList<Deployment>? _deploymentsSeen;
    private Problem? _agents;
    private long _traits = -1;

    /// <summary>Brings the problems to a moment, after the findings.</summary>
    public void Update(Findings findings, DateTimeOffset now)
    {
        if (findings.WasStarted) Clear();
        var nodesMatter = findings.WasStarted || findings.ContactChanged || _traits != store.NodeTraitsEdition;
        if (_traits != store.NodeTraitsEdition) _agents = AgentRules.Of(store, options);
        _traits = store.NodeTraitsEdition;
        MarkDirty(findings, nodesMatter);
        while (_due.TryTake(Ticks(now), out var due)) Mark(due, _dirty);
        UpdateNodes(findings, now);
        while (_dirty.TryDequeue(out var next)) Ask(next, now);
        for (var walked = 0; walked < MostWalked && _dirtyByExecutions.TryDequeue(out var next);) walked += Ask(next, now);
    }

    /// <summary>The problems, in no order.</summary>
    public IEnumerable<Problem> All =>
        _ofJobs.Values.Concat(_ofDeployments.Values).SelectMany(problems => problems)
            .Concat(NodeRules.Together(_ofNodes.OrderBy(node => node.Key).SelectMany(node => node.Value), options)).Concat(_agents is null ? [] : [_agents]);

    private void Clear()
    {
        _ofJobs.Clear();
        _ofDeployments.Clear();
        _ofNodes.Clear();
        _due.Clear();
        _nodesDue.Clear();
        _dirty.Clear();
        _dirtyByExecutions.Clear();
        _isDirty.Clear();
        (_jobsSeen, _deploymentsSeen, _jobs, _traits) = (null, null, [], -1);
        _deployments.Clear();
    }

    private void MarkDirty(Findings findings, bool nodesMatter)
    {
        var jobs = new HashSet<string>(StringComparer.Ordinal);
        if (store.Deployments is var deployments && !ReferenceEquals(deployments, _deploymentsSeen))
        {
            var now = new HashSet<Deployment>(deployments, ReferenceEqualityComparer.Instance);
            jobs.UnionWith(deployments.Where(d => !_deployments.Contains(d)).Concat(_deployments.Where(d => !now.Contains(d))).Select(d => d.JobId));
            foreach (var gone in _deployments.Where(d => !now.Contains(d))) Mark((false, gone.Id), _dirty);
            (_deploymentsSeen, _deployments, _deploymentsOf) = (deployments, now, deployments.ToLookup(d => d.JobId, StringComparer.Ordinal));
        }
        if (store.Jobs is var all && !ReferenceEquals(all, _jobsSeen))
        {
            var now = all.ToDictionary(job => job.Id, StringComparer.Ordinal);
            jobs.UnionWith(all.Where(job => !ReferenceEquals(_jobs.GetValueOrDefault(job.Id), job)).Select(job => job.Id));
            jobs.UnionWith(_jobs.Keys.Where(id => !now.ContainsKey(id)));
            // Without any job, none is known to be gone.
            if (_jobs.Count == 0 != (now.Count == 0)) jobs.UnionWith(deployments.Select(d => d.JobId));
            (_jobsSeen, _jobs) = (all, now);
        }
        if (nodesMatter) jobs.UnionWith(all.Where(job => JobRules.DependsOnNodes(job, store)).Select(job => job.Id));
        Mark(jobs, _dirty);
        Mark(findings.ChangedJobs.Where(number => number > 0).Select(store.JobId), _dirtyByExecutions);
    }

    private void Mark(IEnumerable<string> jobs, Queue<(bool IsJob, string Id)> queue)
    {
        foreach (var id in jobs)
        {
            Mark((true, id), queue);
            foreach (var deployment in _deploymentsOf[id]) Mark((false, deployment.Id), queue);
        }
    }

    private void Mark((bool IsJob, string Id) entity, Queue<(bool IsJob, string Id)> queue)
    {
        // What waits because executions changed need not wait when it changed itself.
        if (_isDirty.Add(entity) || queue == _dirty) queue.Enqueue(entity);
    }

    private int Ask((bool IsJob, string Id) entity, DateTimeOffset now)
    {
        if (!_isDirty.Remove(entity)) return 0;
        return entity.IsJob ? AskJob(entity.Id, now) : AskDeployment(entity.Id, now);
    }

    private int AskJob(string id, DateTimeOffset now)
    {
        if (store.FindJob(id) is not { } job)
        {
            _ofJobs.Remove(id);
            return 1;
        }
        Keep(_ofJobs, (true, id), JobRules.Of(job, store, options, now, out var next), next);
        return 1 + store.RowsOfJob(id);
    }

    private int AskDeployment(string id, DateTimeOffset now)
    {
        if (store.FindDeployment(id) is not { } deployment)
        {
            _ofDeployments.Remove(id);
            return 1;
        }
        Keep(_ofDeployments, (false, id), RolloutRules.Of(deployment, store, options, now, out var next), next);
        return 1 + (deployment.IsOpen ? store.RowsOfDeployment(id) : 0);
    }

    private void Keep(Dictionary<string, IReadOnlyList<Problem>> kept, (bool IsJob, string Id) entity, IReadOnlyList<Problem> problems, DateTimeOffset? next)
    {
        if (problems.Count > 0) kept[entity.Id] = problems;
        else kept.Remove(entity.Id);
        if (next is { } due) _due.Set(entity, Ticks(due));
    }

    private void UpdateNodes(Findings findings, DateTimeOffset now)
    {
        if (findings.WasStarted)
            for (var number = 1; number < store.NodeNumbers; number++) AskNode(number, now);
        else
            foreach (var number in findings.ChangedNodes) AskNode(number, now);
        while (_nodesDue.TryTake(Ticks(now), out var due)) AskNode(due, now);
    }

    private void AskNode(int number, DateTimeOffset now)
    {
        if (store.FindNode(store.NodeId(number)) is not { } node)
        {
            _ofNodes.Remove(number);
            return;
        }
        var found = NodeRules.Of(node, options, now, out var next, _ofNodes.GetValueOrDefault(number));
        if (found.Count > 0) _ofNodes[number] = found;
        else _ofNodes.Remove(number);
        if (next is { } due) _nodesDue.Set(number, Ticks(due));
    }

    private static long Ticks(DateTimeOffset time) => ExecutionTable.FromTime(time);
}
