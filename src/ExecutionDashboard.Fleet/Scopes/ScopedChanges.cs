using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Scopes;

/// <summary>
/// Turns the changes of a whole fleet into the changes of what a scope sees, so that the seen part is a fleet of its own: every query on it is limited without knowing. A change of something
/// that is not seen costs two look-ups. One thread at a time.
/// </summary>
/// <param name="scope">What is seen.</param>
public sealed class ScopedChanges(FleetScope scope)
{
    private readonly Dictionary<string, ulong> _jobs = new(StringComparer.Ordinal), _nodes = new(StringComparer.Ordinal);
    // Executions that are seen, by node: a node that no rule names is seen because of them.
    private readonly Dictionary<string, int> _onNode = new(StringComparer.Ordinal);
    // Specs that something seen refers to and that have not come yet.
    private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);

    /// <summary>All that is seen of a fleet. Forgets what it knew.</summary>
    public IReadOnlyList<FleetChange> All(FleetStore whole)
    {
        _jobs.Clear();
        _nodes.Clear();
        _onNode.Clear();
        _awaited.Clear();
        foreach (var node in whole.Nodes) Know(_nodes, node.Id, scope.RulesOf(node), scope.RulesOf((Node?)null));
        foreach (var job in whole.Jobs) Know(_jobs, job.Id, scope.RulesOf(job), 0);
        var executions = new List<FleetChange>();
        if (_jobs.Count > 0)
            foreach (var execution in whole.Enumerate(new ExecutionQuery { Jobs = [.. _jobs.Keys] }))
            {
                if (!Sees(execution)) continue;
                executions.Add(FleetChange.Of(execution));
                if (execution.NodeId.Length > 0) _onNode[execution.NodeId] = _onNode.GetValueOrDefault(execution.NodeId) + 1;
            }
        var things = new List<FleetChange>();
        foreach (var job in whole.Jobs)
            if (Shown(job) is { } shown) things.Add(FleetChange.Of(shown));
        foreach (var node in whole.Nodes)
            if (SeesNode(node.Id)) things.Add(FleetChange.Of(node));
        foreach (var deployment in whole.Deployments)
            if (Shown(deployment) is { } shown) things.Add(FleetChange.Of(shown));
        things.AddRange(executions);
        return [.. SpecsFor(things, whole, null), .. things];
    }

    /// <summary>What changes of the seen part.</summary>
    /// <param name="whole">The fleet, with the changes.</param>
    /// <param name="seen">The seen part, without them.</param>
    /// <param name="changes">The changes, at most one per kind and id.</param>
    public IReadOnlyList<FleetChange> Next(FleetStore whole, FleetStore seen, IReadOnlyList<FleetChange> changes)
    {
        var next = new Due(whole, seen);
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case FleetKind.Spec:
                    if (_awaited.Remove(change.Id) || seen.FindSpec(change.Id) is not null) next.Specs.Add(change);
                    break;
                case FleetKind.Job:
                    next.Jobs.Add(change.Id);
                    if (Know(_jobs, change.Id, scope.RulesOf(whole.FindJob(change.Id)), 0)) next.AddOf(new ExecutionQuery { Jobs = [change.Id] }, change.Id);
                    break;
                case FleetKind.Node:
                    next.Nodes.Add(change.Id);
                    if (Know(_nodes, change.Id, scope.RulesOf(whole.FindNode(change.Id)), scope.RulesOf((Node?)null))) next.AddOf(new ExecutionQuery { Nodes = [change.Id] }, null);
                    break;
                case FleetKind.Deployment:
                    next.Deployments.Add(change.Id);
                    break;
                default:
                    break;
            }
        }
        var executions = new List<FleetChange>();
        foreach (var change in changes)
            if (change.Kind == FleetKind.Execution && !next.Executions.Contains(change.Id)) Take(change.Id, change.Execution, next, executions);
        foreach (var id in next.Executions) Take(id, whole.FindExecution(id), next, executions);
        return next.IsEmpty && executions.Count == 0 ? [] : Ordered(next, executions);
    }

    private List<FleetChange> Ordered(Due next, List<FleetChange> executions)
    {
        var things = new List<FleetChange>();
        foreach (var id in next.Jobs) Add(things, next.Whole.FindJob(id) is { } job && Shown(job) is { } shown ? FleetChange.Of(shown) : null, FleetKind.Job, id, next.Seen.FindJob(id) is not null);
        foreach (var id in next.Nodes) Add(things, SeesNode(id) && next.Whole.FindNode(id) is { } node ? FleetChange.Of(node) : null, FleetKind.Node, id, next.Seen.FindNode(id) is not null);
        foreach (var id in next.Deployments)
            Add(things, next.Whole.FindDeployment(id) is { } deployment && Shown(deployment) is { } shown ? FleetChange.Of(shown) : null, FleetKind.Deployment, id, next.Seen.FindDeployment(id) is not null);
        things.AddRange(executions);
        return [.. next.Specs, .. SpecsFor(things, next.Whole, next.Seen), .. things];
    }

    private static void Add(List<FleetChange> things, FleetChange? now, FleetKind kind, string id, bool wasSeen)
    {
        if (now is not null) things.Add(now);
        else if (wasSeen) things.Add(FleetChange.Gone(kind, id));
    }

    private void Take(string id, Execution? now, Due next, List<FleetChange> changes)
    {
        var isSeen = now is not null && Sees(now);
        var wasSeen = next.Seen.RowOf(id) >= 0;
        if (!isSeen && !wasSeen) return;
        var before = wasSeen ? next.Seen.FindExecution(id)?.NodeId : null;
        var after = isSeen ? now!.NodeId : null;
        if (before != after)
        {
            Count(before, -1, next);
            Count(after, 1, next);
        }
        changes.Add(isSeen ? FleetChange.Of(now!) : FleetChange.Gone(FleetKind.Execution, id));
    }

    private void Count(string? node, int by, Due next)
    {
        if (string.IsNullOrEmpty(node)) return;
        var count = _onNode.GetValueOrDefault(node) + by;
        if (count > 0) _onNode[node] = count;
        else _onNode.Remove(node);
        if (count == 0 || (count == 1 && by > 0)) next.Nodes.Add(node);
    }

    private bool Sees(Execution execution) => _jobs.TryGetValue(execution.JobId, out var rules) && (rules & RulesOfNode(execution.NodeId)) != 0;

    // What is not known is no node that a rule names; so is most of a fleet.
    private ulong RulesOfNode(string id) => _nodes.TryGetValue(id, out var rules) ? rules : scope.RulesOf((Node?)null);

    private bool SeesNode(string id) => _onNode.ContainsKey(id) || (RulesOfNode(id) & scope.ShownNodeRules) != 0;

    private Job? Shown(Job job) => !_jobs.TryGetValue(job.Id, out var rules) ? null : IsWhole(rules) ? job : job with { Message = "", Details = null };

    // The control plane counts all nodes, of which this one sees some.
    private Deployment? Shown(Deployment deployment) => !_jobs.TryGetValue(deployment.JobId, out var rules) ? null : IsWhole(rules) ? deployment : deployment with
    {
        Message = "", CanaryNodes = [.. deployment.CanaryNodes.Where(SeesNode)], CurrentWave = null, TotalWaves = null, TotalNodes = null, UpdatedNodes = null, FailedNodes = null,
    };

    private bool IsWhole(ulong rules) => (rules & ~scope.NodeRules) != 0;

    private IEnumerable<FleetChange> SpecsFor(IEnumerable<FleetChange> things, FleetStore whole, FleetStore? seen)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var thing in things)
        {
            var hash = thing.Execution?.SpecHash ?? thing.Job?.SpecHash ?? "";
            if (hash.Length == 0 || seen?.FindSpec(hash) is not null || !found.Add(hash)) continue;
            if (whole.FindSpec(hash) is { } spec) yield return FleetChange.Of(spec);
            else _awaited.Add(hash);
        }
    }

    private static bool Know(Dictionary<string, ulong> known, string id, ulong rules, ulong unless)
    {
        var before = known.TryGetValue(id, out var held) ? held : unless;
        if (rules == unless) known.Remove(id);
        else known[id] = rules;
        return before != rules;
    }

    /// <summary>What has to be looked at again.</summary>
    private sealed class Due(FleetStore whole, FleetStore seen)
    {
        public FleetStore Whole => whole;
        public FleetStore Seen => seen;
        public List<FleetChange> Specs { get; } = [];
        public HashSet<string> Jobs { get; } = new(StringComparer.Ordinal);
        public HashSet<string> Nodes { get; } = new(StringComparer.Ordinal);
        public HashSet<string> Deployments { get; } = new(StringComparer.Ordinal);
        public HashSet<string> Executions { get; } = new(StringComparer.Ordinal);
        public bool IsEmpty => Specs.Count + Jobs.Count + Nodes.Count + Deployments.Count == 0;

        /// <summary>Executions whose job or node is matched by other rules than before, and the job's deployments.</summary>
        public void AddOf(ExecutionQuery query, string? job)
        {
            foreach (var execution in whole.Enumerate(query)) Executions.Add(execution.Id);
            foreach (var execution in seen.Enumerate(query)) Executions.Add(execution.Id);
            if (job is null) return;
            foreach (var deployment in whole.Deployments)
                if (deployment.JobId == job) Deployments.Add(deployment.Id);
            foreach (var deployment in seen.Deployments)
                if (deployment.JobId == job) Deployments.Add(deployment.Id);
        }
    }
}
