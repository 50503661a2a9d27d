namespace ExecutionDashboard.Fleet;

/// <summary>
/// The fleet in memory: one writer applies changes, any number of readers ask without a lock. Counts are kept, not computed.
/// </summary>
public sealed class FleetStore
{
    /// <summary>Grows with every <see cref="Apply"/> that changed something.</summary>
    public long Version => throw new NotImplementedException();

    /// <summary>Executions held.</summary>
    public int ExecutionCount => throw new NotImplementedException();

    /// <summary>Applies changes in order. Only one thread may call it at a time.</summary>
    public void Apply(IReadOnlyList<FleetChange> changes) => throw new NotImplementedException();

    /// <summary>An execution by id, null when there is none.</summary>
    public Execution? FindExecution(string id) => throw new NotImplementedException();
    /// <summary>A node by id.</summary>
    public Node? FindNode(string id) => throw new NotImplementedException();
    /// <summary>A job by id.</summary>
    public Job? FindJob(string id) => throw new NotImplementedException();
    /// <summary>A deployment by id.</summary>
    public Deployment? FindDeployment(string id) => throw new NotImplementedException();
    /// <summary>A spec by hash.</summary>
    public JobSpec? FindSpec(string hash) => throw new NotImplementedException();

    /// <summary>All nodes, by display name. The same list until one of them changes.</summary>
    public IReadOnlyList<Node> Nodes => throw new NotImplementedException();
    /// <summary>All jobs, by display name. The same list until one of them changes.</summary>
    public IReadOnlyList<Job> Jobs => throw new NotImplementedException();
    /// <summary>All deployments, newest first. The same list until one of them changes.</summary>
    public IReadOnlyList<Deployment> Deployments => throw new NotImplementedException();
    /// <summary>Namespaces that executions name, sorted.</summary>
    public IReadOnlyList<string> Namespaces => throw new NotImplementedException();
    /// <summary>Kinds of work that executions name, sorted.</summary>
    public IReadOnlyList<string> Types => throw new NotImplementedException();

    /// <summary>Counts of the whole fleet.</summary>
    public StateCounts Counts => throw new NotImplementedException();
    /// <summary>Counts of a job; <see cref="StateCounts.Empty"/> when none.</summary>
    public StateCounts CountsOfJob(string jobId) => throw new NotImplementedException();
    /// <summary>Counts of a deployment (by execution's deployment id, or by job and version for a deployment made from a rollout).</summary>
    public StateCounts CountsOfDeployment(string deploymentId) => throw new NotImplementedException();
    /// <summary>Counts of a node.</summary>
    public StateCounts CountsOfNode(string nodeId) => throw new NotImplementedException();

    /// <summary>How many executions match.</summary>
    public int Count(ExecutionQuery query) => throw new NotImplementedException();
    /// <summary>A page with the exact count. A cursor that cannot be read starts at the first page.</summary>
    public ExecutionPage Page(ExecutionQuery query, int size, string? after = null) => throw new NotImplementedException();
    /// <summary>Every match in the query's order, page by page: rows that change meanwhile may be missed or come twice only when their sort key moved.</summary>
    public IEnumerable<Execution> Enumerate(ExecutionQuery query) => throw new NotImplementedException();

    /// <summary>Holds the result of a query still for a viewer.</summary>
    public ExecutionSelection Select(ExecutionQuery query) => throw new NotImplementedException();
    /// <summary>Rows of a selection as they are now; null in place of one that is gone. Outside of the selection: fewer rows.</summary>
    public IReadOnlyList<Execution?> Rows(ExecutionSelection selection, int start, int count) => throw new NotImplementedException();
    /// <summary>Brings the counts of a selection to the present. Cost: the changes since its version.</summary>
    public void Refresh(ExecutionSelection selection) => throw new NotImplementedException();
    /// <summary>Whether one of the rows at <paramref name="start"/>… changed after <paramref name="sinceVersion"/>. Cost: the rows asked for.</summary>
    public bool AnyChanged(ExecutionSelection selection, int start, int count, long sinceVersion) => throw new NotImplementedException();

    /// <summary>
    /// The executions before and after one in its chain, oldest first, itself included; at most <paramref name="limit"/> each way. Links that
    /// are missing or loop end it.
    /// </summary>
    public IReadOnlyList<Execution> Chain(string id, int limit = 50) => throw new NotImplementedException();
}
