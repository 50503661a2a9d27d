using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>
/// An Expanso control plane (or an edge node in local mode), with both API generations in one model. Methods never throw for errors of server or network; only
/// <see cref="OperationCanceledException"/> for the given token.
/// </summary>
public interface IControlPlane
{
    /// <summary>The address without user info and token.</summary>
    string Address { get; }

    /// <summary>What is known about the server's commands.</summary>
    Capabilities Capabilities { get; }

    /// <summary>What is known about the commands of the server that has an id.</summary>
    Capabilities CapabilitiesOf(string id) => Capabilities;

    /// <summary>Statistics of the server. <see cref="ControlPlaneError.NotOffered"/> without <c>/status</c>.</summary>
    Task<ControlPlaneResult<ServerStatus>> GetStatusAsync(CancellationToken cancel = default);

    /// <summary>One page of executions.</summary>
    Task<ControlPlaneResult<FleetPage<Execution>>> ListExecutionsAsync(ExecutionListRequest request, CancellationToken cancel = default);

    /// <summary>One page of nodes, by name.</summary>
    Task<ControlPlaneResult<FleetPage<Node>>> ListNodesAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default);

    /// <summary>One page of jobs. In the rollout generation <see cref="FleetPage{T}.Deployments"/> has those made from <c>job.status.rollout</c>.</summary>
    Task<ControlPlaneResult<FleetPage<Job>>> ListJobsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default);

    /// <summary>One page of deployments. <see cref="ControlPlaneError.NotOffered"/> where the server does not list them.</summary>
    Task<ControlPlaneResult<FleetPage<Deployment>>> ListDeploymentsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default);

    /// <summary>One execution with its original JSON.</summary>
    Task<ControlPlaneResult<Reading<Execution>>> GetExecutionAsync(string id, CancellationToken cancel = default);

    /// <summary>One node with its original JSON.</summary>
    Task<ControlPlaneResult<Reading<Node>>> GetNodeAsync(string id, CancellationToken cancel = default);

    /// <summary>Statistics of all nodes. <see cref="ControlPlaneError.NotOffered"/> when not supported.</summary>
    Task<ControlPlaneResult<NodeStats>> GetNodeStatsAsync(CancellationToken cancel = default);

    /// <summary>
    /// Resource usage of every node over time, by node id: servers reply for all nodes at once and keep about the last 30 minutes.
    /// <see cref="ControlPlaneError.NotOffered"/> when not supported; the server is then not asked again for a minute.
    /// </summary>
    /// <param name="metric">The resource.</param>
    /// <param name="from">Start, UTC.</param>
    /// <param name="to">End, UTC.</param>
    /// <param name="step">Interval, at least a second.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<ControlPlaneResult<MetricSeries>> GetNodeMetricAsync(
        NodeMetric metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancel = default);

    /// <summary>One job with its original JSON.</summary>
    Task<ControlPlaneResult<Reading<Job>>> GetJobAsync(string id, CancellationToken cancel = default);

    /// <summary>One deployment with its original JSON. An id made by <see cref="Deployment.IdOf"/> is read from its job.</summary>
    Task<ControlPlaneResult<Reading<Deployment>>> GetDeploymentAsync(string id, CancellationToken cancel = default);

    /// <summary>The versions of a job, newest first.</summary>
    Task<ControlPlaneResult<IReadOnlyList<JobVersion>>> ListJobVersionsAsync(string jobId, CancellationToken cancel = default);

    /// <summary>History of an execution, by sequence number; at most <paramref name="limit"/> events.</summary>
    Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetExecutionHistoryAsync(string id, int limit = 1000, CancellationToken cancel = default);

    /// <summary>
    /// History of a job, by sequence number; at most <paramref name="limit"/> events, and none before <paramref name="since"/> if the server can filter them.
    /// </summary>
    Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetJobHistoryAsync(
        string jobId, int limit = 1000, DateTimeOffset? since = null, CancellationToken cancel = default);

    /// <summary>Evaluations of a job, newest first. <see cref="ControlPlaneError.NotOffered"/> when not supported.</summary>
    Task<ControlPlaneResult<IReadOnlyList<Evaluation>>> ListJobEvaluationsAsync(string jobId, int limit = 200, CancellationToken cancel = default);

    /// <summary>The server's own diff of two versions of a job; null <paramref name="to"/> for the current one.</summary>
    Task<ControlPlaneResult<ServerDiff>> DiffJobVersionsAsync(string jobId, int from, int? to = null, CancellationToken cancel = default);

    /// <summary>The server's own diff of a spec and the job with its name; nothing is stored.</summary>
    /// <param name="spec">The spec, JSON text.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<ControlPlaneResult<ServerDiff>> DiffJobAsync(string spec, CancellationToken cancel = default);

    /// <summary>Creates a job, or updates the one with the same name.</summary>
    /// <param name="spec">The spec, JSON text.</param>
    /// <param name="dryRun">Whether to only check the spec.</param>
    /// <param name="force">Whether to create a version even if nothing changed.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<ControlPlaneResult<JobPut>> PutJobAsync(string spec, bool dryRun = false, bool force = false, CancellationToken cancel = default);

    /// <summary>Stops one execution. A success means that the command was accepted.</summary>
    Task<ControlPlaneResult<Accepted>> StopExecutionAsync(string id, string reason, CancellationToken cancel = default);

    /// <summary>Stops a job on every node.</summary>
    Task<ControlPlaneResult<Accepted>> StopJobAsync(string jobId, string reason, CancellationToken cancel = default);

    /// <summary>Restarts every execution of a job in a new rollout.</summary>
    Task<ControlPlaneResult<Accepted>> RerunJobAsync(string jobId, CancellationToken cancel = default);

    /// <summary>Rolls a job back to a version; null for the previous one.</summary>
    Task<ControlPlaneResult<Accepted>> RollbackJobAsync(string jobId, int? version, string reason, bool dryRun = false, CancellationToken cancel = default);

    /// <summary>Deletes a job. Without <paramref name="force"/> it must have ended.</summary>
    Task<ControlPlaneResult<Accepted>> DeleteJobAsync(string jobId, bool force, string reason, CancellationToken cancel = default);

    /// <summary>Promotes the canary of a deployment.</summary>
    Task<ControlPlaneResult<Accepted>> PromoteAsync(Deployment deployment, string reason, CancellationToken cancel = default);

    /// <summary>Pauses a deployment, with the route of its generation.</summary>
    Task<ControlPlaneResult<Accepted>> PauseAsync(Deployment deployment, string reason, CancellationToken cancel = default);

    /// <summary>Resumes a paused deployment, with the route of its generation.</summary>
    Task<ControlPlaneResult<Accepted>> ResumeAsync(Deployment deployment, string reason, CancellationToken cancel = default);

    /// <summary>Rolls a deployment back; null version for the previous one.</summary>
    Task<ControlPlaneResult<Accepted>> RollbackAsync(Deployment deployment, int? version, string reason, CancellationToken cancel = default);
}

/// <summary>Filters of a list of executions. Null or empty values are left out.</summary>
public sealed record ExecutionListRequest
{
    /// <summary>Only of this job.</summary>
    public string JobId { get; init; } = "";
    /// <summary>Only on these nodes.</summary>
    public IReadOnlyList<string> NodeIds { get; init; } = [];
    /// <summary>Only in these states, as the server names them.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
    /// <summary><c>updated_at</c> or <c>created_at</c>; empty is the server's default.</summary>
    public string OrderBy { get; init; } = "";
    /// <summary>Newest first.</summary>
    public bool Descending { get; init; } = true;
    /// <summary>Rows a page, 1–1000.</summary>
    public int Limit { get; init; } = 1000;
    /// <summary>Token of the page; empty for the first.</summary>
    public string PageToken { get; init; } = "";
}

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record FleetPage<T>
{
    /// <summary>The objects that could be read, in the server's order.</summary>
    public IReadOnlyList<T> Items { get; init; } = [];
    /// <summary>The distinct specs that they refer to (by <c>SpecHash</c>), including those returned before.</summary>
    public IReadOnlyList<JobSpec> Specs { get; init; } = [];
    /// <summary>Deployments made from jobs (rollout generation).</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];
    /// <summary>Token of the next page; empty at the end.</summary>
    public string NextToken { get; init; } = "";
    /// <summary>Number of objects that could not be read. While there are any, a missing object need not have been removed.</summary>
    public int LeftOut { get; init; }
    /// <summary>What could not be read: one line each, at most 20.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
    /// <summary>The server's time (<c>Date</c> header), UTC; null when not sent.</summary>
    public DateTimeOffset? ServerTime { get; init; }
}

/// <summary>An object with its original JSON.</summary>
/// <typeparam name="T">The thing.</typeparam>
/// <param name="Value">As read.</param>
/// <param name="Raw">The original JSON with unknown fields, not masked.</param>
/// <param name="Spec">Its spec; null without one.</param>
public sealed record Reading<T>(T Value, string Raw, JobSpec? Spec);

/// <summary>One version of a job.</summary>
/// <param name="Version">The number.</param>
/// <param name="Spec">Its spec; null when not sent.</param>
/// <param name="CreatedAt">When it was created, UTC; null when not sent.</param>
/// <param name="State">State as the server names it; may be empty.</param>
public sealed record JobVersion(int Version, JobSpec? Spec, DateTimeOffset? CreatedAt, string State)
{
    /// <summary>Its author, if the server sends it (<c>created_by</c>); published servers do not.</summary>
    public string CreatedBy { get; init; } = "";
}

/// <summary>An event of the server's history.</summary>
public sealed record HistoryEvent
{
    /// <summary>Sequence number, increasing over the whole server; 0 when not sent.</summary>
    public long Sequence { get; init; }
    /// <summary>Its time, UTC; null when not sent.</summary>
    public DateTimeOffset? At { get; init; }
    /// <summary>Its message.</summary>
    public string Message { get; init; } = "";
    /// <summary>The job.</summary>
    public string JobId { get; init; } = "";
    /// <summary>The execution; empty for events of the job itself.</summary>
    public string ExecutionId { get; init; } = "";
    /// <summary>The job's version; 0 when not sent.</summary>
    public int JobVersion { get; init; }
    /// <summary>Details (<c>old_state</c>, <c>new_state</c>, <c>node_id</c>, <c>error_code</c>, …).</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}

/// <summary>Statistics of <c>/status</c>; null where not sent.</summary>
public sealed record ServerStatus
{
    /// <summary>Version of the server.</summary>
    public string Version { get; init; } = "";
    /// <summary>When the server started, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>Number of nodes.</summary>
    public long? Nodes { get; init; }
    /// <summary>Number of jobs.</summary>
    public long? Jobs { get; init; }
    /// <summary>Number of executions.</summary>
    public long? Executions { get; init; }
    /// <summary>Executions by state as the server names it.</summary>
    public IReadOnlyDictionary<string, long> ExecutionsByState { get; init; } = new Dictionary<string, long>();
    /// <summary>When it was counted, UTC.</summary>
    public DateTimeOffset? CollectedAt { get; init; }
}

/// <summary>An accepted command; not its result.</summary>
/// <param name="Message">The server's message; may be empty.</param>
/// <param name="Warnings">Its warnings.</param>
public sealed record Accepted(string Message, IReadOnlyList<string> Warnings)
{
    /// <summary>The resulting version of the job; null when not sent.</summary>
    public int? ToVersion { get; init; }
}
