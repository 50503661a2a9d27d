using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Operations.Risk;

namespace ExecutionDashboard.Operations.Bulk;

/// <summary>Which executions a run is for: a filtered list, or selected rows.</summary>
/// <param name="Query">The filters; null for a selection.</param>
/// <param name="Ids">The selected executions; null for a filtered list.</param>
public sealed record BulkTarget(ExecutionQuery? Query, IReadOnlyList<string>? Ids)
{
    /// <summary>The newest execution of each job on some nodes.</summary>
    public static BulkTarget OfNodes(IReadOnlyList<string> ids) => OfAny(ids, new() { Scope = ExecutionScope.Current, Nodes = ids });

    /// <summary>The newest execution of some jobs on each node.</summary>
    public static BulkTarget OfJobs(IReadOnlyList<string> ids) => OfAny(ids, new() { Scope = ExecutionScope.Current, Jobs = ids });

    /// <summary>The executions that some deployments placed and that nothing has replaced.</summary>
    public static BulkTarget OfDeployments(IReadOnlyList<string> ids) => OfAny(ids, new() { Scope = ExecutionScope.Current, Deployments = ids });

    /// <summary>
    /// The newest executions that problems concern: of the list that a problem has of what it concerns, executions or nodes, else of its deployment, else of its job. What concerns none of these has none.
    /// </summary>
    public static BulkTarget OfProblems(IEnumerable<Problem> problems, FleetStore store)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var problem in problems)
        {
            var listed = problem.Address.Split('?')[0] switch
            {
                "executions" => ExecutionQuery.Parse(QueryText.QueryOf(problem.Address)),
                "nodes" => OfNodes(NodesOf(problem.Address, store)).Query,
                _ when problem.DeploymentId.Length > 0 => OfDeployments([problem.DeploymentId]).Query,
                _ when problem.JobId.Length > 0 => OfJobs([problem.JobId]).Query,
                _ => null,
            };
            // A filter that cannot be read would let through more than the problem concerns.
            if (listed is { NotUnderstood.Count: 0, IsUnfiltered: false }) ids.UnionWith(store.Enumerate(listed with { Scope = ExecutionScope.Current }).Select(e => e.Id));
        }
        return new(null, [.. ids]);
    }

    // No ids are no condition, and would be all executions.
    private static BulkTarget OfAny(IReadOnlyList<string> ids, ExecutionQuery query) => ids.Count == 0 ? new(null, []) : new(query, null);

    private static IReadOnlyList<string> NodesOf(string address, FleetStore store)
    {
        var query = NodeQuery.Parse(QueryText.QueryOf(address));
        if (query.IsUnfiltered || query.NotUnderstood.Count > 0) return [];
        var selection = store.SelectNodes(query);
        return [.. store.NodesOf(selection, 0, selection.Count).OfType<NodeSummary>().Select(n => n.Node.Id)];
    }

    /// <summary>The executions as they are now.</summary>
    public IEnumerable<Execution> In(FleetStore store) => Query is { } query ? store.Enumerate(query) : (Ids ?? []).Select(store.FindExecution).OfType<Execution>();
}

/// <summary>What a run would do now.</summary>
public sealed record BulkPreview
{
    /// <summary>Most lines per group; the rest is one line.</summary>
    public const int Lines = 5;

    /// <summary>What it does.</summary>
    public required BulkAction Action { get; init; }
    /// <summary>Executions of the list or selection, whatever their state.</summary>
    public int Found { get; init; }
    /// <summary>What is sent: one request for each.</summary>
    public IReadOnlyList<BulkItem> Items { get; init; } = [];
    /// <summary>Executions that it affects.</summary>
    public int Executions { get; init; }
    /// <summary>Of these, those that are not in the list or selection, because a whole job is affected.</summary>
    public int Others { get; init; }
    /// <summary>Nodes that it affects.</summary>
    public int Nodes { get; init; }
    /// <summary>Jobs that it affects.</summary>
    public int Jobs { get; init; }
    /// <summary>Found, but over already.</summary>
    public int Ended { get; init; }
    /// <summary>Found, and stopping already.</summary>
    public int Stopping { get; init; }
    /// <summary>Found, but replaced by a newer execution: history.</summary>
    public int Replaced { get; init; }
    /// <summary>Affected executions on nodes that are not connected: their state is the last known, and they obey when the node is back.</summary>
    public int OnOfflineNodes { get; init; }
    /// <summary>Affected executions by state, most first.</summary>
    public IReadOnlyList<(ExecutionState State, int Count)> ByState { get; init; } = [];
    /// <summary>Affected executions by node, most first, by name.</summary>
    public IReadOnlyList<(string Name, int Count)> ByNode { get; init; } = [];
    /// <summary>Affected executions by job, most first, by name.</summary>
    public IReadOnlyList<(string Name, int Count)> ByJob { get; init; } = [];

    /// <summary>A part of the filters that cannot be read, and so narrows nothing; empty without one.</summary>
    public string NotUnderstood { get; init; } = "";

    /// <summary>What is typed to confirm it: <c>Stop 1,234</c>.</summary>
    public string Phrase => Confirmation.Phrase(Action == BulkAction.RerunJobs ? "Rerun" : "Stop", Items.Count);

    /// <summary>Looks at what there is now.</summary>
    public static BulkPreview Of(BulkAction action, BulkTarget target, FleetStore store)
    {
        var found = target.In(store).ToList();
        var live = found.Where(IsLive).ToList();
        List<BulkItem> items;
        List<Execution> affected;
        if (action == BulkAction.StopExecutions)
        {
            affected = live;
            items = [.. live.Select(e => new BulkItem { Id = e.Id, JobId = e.JobId, NodeId = e.NodeId })];
        }
        else
        {
            var jobs = found.Select(e => e.JobId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Where(id => IsOpen(action, store.FindJob(id))).ToList();
            affected = jobs.Count == 0 ? [] : [.. store.Enumerate(new ExecutionQuery { Jobs = jobs, Scope = ExecutionScope.Current }).Where(IsLive)];
            items = [.. jobs.Select(id => new BulkItem { Id = id, JobId = id })];
        }
        var asked = found.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Action = action, NotUnderstood = target.Query is { NotUnderstood: [var odd, ..] } ? odd.Key == "filter" ? odd.Value : $"{odd.Key}={odd.Value}" : "", Found = found.Count, Items = items, Executions = affected.Count, Others = affected.Count(e => !asked.Contains(e.Id)),
            Nodes = affected.Where(e => e.NodeId.Length > 0).Select(e => e.NodeId).Distinct(StringComparer.Ordinal).Count(), Jobs = affected.Select(e => e.JobId).Distinct(StringComparer.Ordinal).Count(),
            Ended = found.Count(e => e.Actual.State.IsTerminal), Stopping = found.Count(e => !e.Actual.State.IsTerminal && !IsLive(e)), Replaced = found.Count(e => e.ReplacedBy is not null),
            OnOfflineNodes = affected.Count(e => store.FindNode(e.NodeId) is { IsConnected: false }),
            ByState = [.. affected.GroupBy(e => e.Actual.State).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2)],
            ByNode = Grouped(affected, e => e.NodeId, id => id.Length == 0 ? "no node yet" : store.FindNode(id)?.DisplayName ?? id),
            ByJob = Grouped(affected, e => e.JobId, id => store.FindJob(id)?.DisplayName ?? id),
        };
    }

    /// <summary>What is other than in an earlier preview, as a sentence; empty when nothing that matters is.</summary>
    public string ChangesSince(BulkPreview before)
    {
        var (was, now) = (before.Items.Select(i => i.Id).ToHashSet(StringComparer.Ordinal), Items.Select(i => i.Id).ToHashSet(StringComparer.Ordinal));
        var (more, fewer) = (now.Count(id => !was.Contains(id)), was.Count(id => !now.Contains(id)));
        var noun = Action == BulkAction.StopExecutions ? "execution" : "job";
        List<string> changes = [];
        if (more > 0) changes.Add($"{more} more {noun}{(more == 1 ? "" : "s")}");
        if (fewer > 0) changes.Add($"{fewer} {noun}{(fewer == 1 ? "" : "s")} fewer");
        if (changes.Count == 0 && Executions != before.Executions) changes.Add($"{Executions} executions are affected, not {before.Executions}");
        if (Nodes > before.Nodes) changes.Add($"{Nodes} nodes, not {before.Nodes}");
        return changes.Count == 0 ? "" : $"It changed meanwhile: {string.Join(", ", changes)}.";
    }

    private static bool IsLive(Execution e) => !e.Actual.State.IsTerminal && e.Desired.State.Known != KnownExecutionState.Stopped && e.Actual.State.Known != KnownExecutionState.Stopping;

    private static bool IsOpen(BulkAction action, Job? job) => job is not null && job.State != "deleted" && (action == BulkAction.RerunJobs || job.State is not ("stopped" or "stopping"));

    private static List<(string, int)> Grouped(IEnumerable<Execution> executions, Func<Execution, string> of, Func<string, string> name) =>
        [.. executions.GroupBy(of, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => name(g.Key), NaturalOrder.Instance).Select(g => (name(g.Key), g.Count()))];
}
