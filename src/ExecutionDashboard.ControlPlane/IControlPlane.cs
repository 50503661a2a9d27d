using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>
/// An Expanso control plane (or an edge node in local mode) in the model's own terms: both API generations read as one. No method throws
/// for what the server or the network does; only <see cref="OperationCanceledException"/> for the given token gets out.
/// </summary>
public interface IControlPlane
{
    /// <summary>The address asked, for people: no user info, no token.</summary>
    string Address { get; }

    /// <summary>What this server has been learned to offer; starts as "not known yet".</summary>
    Capabilities Capabilities { get; }

    /// <summary>Counters of the server. <see cref="ControlPlaneError.NotOffered"/> where it has no <c>/status</c>.</summary>
    Task<ControlPlaneResult<ServerStatus>> GetStatusAsync(CancellationToken cancel = default);

    /// <summary>One page of executions.</summary>
    Task<ControlPlaneResult<FleetPage<Execution>>> ListExecutionsAsync(ExecutionListRequest request, CancellationToken cancel = default);

    /// <summary>One page of nodes, by name.</summary>
    Task<ControlPlaneResult<FleetPage<Node>>> ListNodesAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default);

    /// <summary>One page of jobs. In the rollout generation <see cref="FleetPage{T}.Deployments"/> has those made from <c>job.status.rollout</c>.</summary>
    Task<ControlPlaneResult<FleetPage<Job>>> ListJobsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default);

    /// <summary>One page of deployments. <see cref="ControlPlaneError.NotOffered"/> where the server does not list them.</summary>
    Task<ControlPlaneResult<FleetPage<Deployment>>> ListDeploymentsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default);

    /// <summary>One execution with its JSON as it came.</summary>
    Task<ControlPlaneResult<Reading<Execution>>> GetExecutionAsync(string id, CancellationToken cancel = default);

    /// <summary>One node with its JSON as it came.</summary>
    Task<ControlPlaneResult<Reading<Node>>> GetNodeAsync(string id, CancellationToken cancel = default);

    /// <summary>Counters of all nodes. <see cref="ControlPlaneError.NotOffered"/> where the server has none.</summary>
    Task<ControlPlaneResult<NodeStats>> GetNodeStatsAsync(CancellationToken cancel = default);

    /// <summary>
    /// Resource use of every node over time, by node id: servers answer for all nodes at once. About the last 30 minutes are kept.
    /// <see cref="ControlPlaneError.NotOffered"/> where the server keeps none; it is then not asked again for a minute.
    /// </summary>
    /// <param name="metric">Which resource.</param>
    /// <param name="from">Start, UTC.</param>
    /// <param name="to">End, UTC.</param>
    /// <param name="step">Time between two points, at least a second.</param>
    /// <param name="cancel">Ends the call.</param>
    Task<ControlPlaneResult<MetricSeries>> GetNodeMetricAsync(
        NodeMetric metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancel = default);

    /// <summary>One job with its JSON as it came.</summary>
    Task<ControlPlaneResult<Reading<Job>>> GetJobAsync(string id, CancellationToken cancel = default);

    /// <summary>One deployment with its JSON as it came. An id made by <see cref="Deployment.IdOf"/> is read from its job.</summary>
    Task<ControlPlaneResult<Reading<Deployment>>> GetDeploymentAsync(string id, CancellationToken cancel = default);

    /// <summary>The versions of a job, newest first.</summary>
    Task<ControlPlaneResult<IReadOnlyList<JobVersion>>> ListJobVersionsAsync(string jobId, CancellationToken cancel = default);

    /// <summary>History of an execution, by sequence number; at most <paramref name="limit"/> events.</summary>
    Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetExecutionHistoryAsync(string id, int limit = 1000, CancellationToken cancel = default);

    /// <summary>History of a job, by sequence number; at most <paramref name="limit"/> events, none before <paramref name="since"/> where the server can leave them out.</summary>
    Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetJobHistoryAsync(
        string jobId, int limit = 1000, DateTimeOffset? since = null, CancellationToken cancel = default);

    /// <summary>Scheduler decisions about a job, newest first. <see cref="ControlPlaneError.NotOffered"/> where the server does not list it.</summary>
    Task<ControlPlaneResult<IReadOnlyList<Evaluation>>> ListJobEvaluationsAsync(string jobId, int limit = 200, CancellationToken cancel = default);

    /// <summary>The server's own words on what differs between two versions of a job; null <paramref name="to"/> is the present one.</summary>
    Task<ControlPlaneResult<ServerDiff>> DiffJobVersionsAsync(string jobId, int from, int? to = null, CancellationToken cancel = default);

    /// <summary>The server's own words on what a spec would change of the job of its name; nothing is kept.</summary>
    /// <param name="spec">The spec, JSON text.</param>
    /// <param name="cancel">Ends the call.</param>
    Task<ControlPlaneResult<ServerDiff>> DiffJobAsync(string spec, CancellationToken cancel = default);

    /// <summary>Creates a job, or updates the one of the same name.</summary>
    /// <param name="spec">The spec, JSON text.</param>
    /// <param name="dryRun">The server tells what would come of it and keeps nothing.</param>
    /// <param name="force">A new version even where nothing differs.</param>
    /// <param name="cancel">Ends the call.</param>
    Task<ControlPlaneResult<JobPut>> PutJobAsync(string spec, bool dryRun = false, bool force = false, CancellationToken cancel = default);

    /// <summary>Asks the server to stop one execution. A success means accepted, not stopped.</summary>
    Task<ControlPlaneResult<Accepted>> StopExecutionAsync(string id, string reason, CancellationToken cancel = default);

    /// <summary>Asks the server to stop a job on every node.</summary>
    Task<ControlPlaneResult<Accepted>> StopJobAsync(string jobId, string reason, CancellationToken cancel = default);

    /// <summary>Asks the server to start every execution of a job again, as a new rollout.</summary>
    Task<ControlPlaneResult<Accepted>> RerunJobAsync(string jobId, CancellationToken cancel = default);

    /// <summary>Asks the server to go back to a version of a job; null is the one before.</summary>
    Task<ControlPlaneResult<Accepted>> RollbackJobAsync(string jobId, int? version, string reason, bool dryRun = false, CancellationToken cancel = default);

    /// <summary>Asks the server to delete a job. Without <paramref name="force"/> it takes only one that has ended.</summary>
    Task<ControlPlaneResult<Accepted>> DeleteJobAsync(string jobId, bool force, string reason, CancellationToken cancel = default);

    /// <summary>Asks the server to promote the canary of a deployment.</summary>
    Task<ControlPlaneResult<Accepted>> PromoteAsync(Deployment deployment, string reason, CancellationToken cancel = default);

    /// <summary>Asks the server to hold a deployment where it is, by the route of its generation.</summary>
    Task<ControlPlaneResult<Accepted>> PauseAsync(Deployment deployment, string reason, CancellationToken cancel = default);

    /// <summary>Asks the server to go on with a paused deployment, by the route of its generation.</summary>
    Task<ControlPlaneResult<Accepted>> ResumeAsync(Deployment deployment, string reason, CancellationToken cancel = default);

    /// <summary>Asks the server to roll a deployment back; null version is the one before.</summary>
    Task<ControlPlaneResult<Accepted>> RollbackAsync(Deployment deployment, int? version, string reason, CancellationToken cancel = default);
}

/// <summary>Which executions to list. Null or empty leaves a filter out.</summary>
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
    /// <summary>Where to go on; empty is the first page.</summary>
    public string PageToken { get; init; } = "";
}

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record FleetPage<T>
{
    /// <summary>The things that could be read, in the server's order.</summary>
    public IReadOnlyList<T> Items { get; init; } = [];
    /// <summary>Every distinct spec that they name (an execution's or job's <c>SpecHash</c>), whether it was handed out before or not.</summary>
    public IReadOnlyList<JobSpec> Specs { get; init; } = [];
    /// <summary>Deployments made from jobs (rollout generation).</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];
    /// <summary>Where to go on; empty at the end.</summary>
    public string NextToken { get; init; } = "";
    /// <summary>Things of the page that could not be read and are not in <see cref="Items"/>: while there are any, a thing that is missing need not be gone.</summary>
    public int LeftOut { get; init; }
    /// <summary>What could not be read, for people: one line each, at most 20.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
    /// <summary>The server's clock when it answered (<c>Date</c> header), UTC; null when not sent.</summary>
    public DateTimeOffset? ServerTime { get; init; }
}

/// <summary>One thing with the JSON it was read from.</summary>
/// <typeparam name="T">The thing.</typeparam>
/// <param name="Value">As read.</param>
/// <param name="Raw">As it came: JSON text, unknown fields included, not masked.</param>
/// <param name="Spec">The spec in it, when it had one.</param>
public sealed record Reading<T>(T Value, string Raw, JobSpec? Spec);

/// <summary>One version of a job.</summary>
/// <param name="Version">The number.</param>
/// <param name="Spec">Its spec; null when not sent.</param>
/// <param name="CreatedAt">When it was made, UTC; null when not sent.</param>
/// <param name="State">State as the server names it; may be empty.</param>
public sealed record JobVersion(int Version, JobSpec? Spec, DateTimeOffset? CreatedAt, string State)
{
    /// <summary>Who made it, where a server tells (<c>created_by</c>); published ones do not.</summary>
    public string CreatedBy { get; init; } = "";
}

/// <summary>An event of the server's history.</summary>
public sealed record HistoryEvent
{
    /// <summary>Number that grows over the whole server; 0 when not sent.</summary>
    public long Sequence { get; init; }
    /// <summary>When, UTC; null when not sent.</summary>
    public DateTimeOffset? At { get; init; }
    /// <summary>The line for people.</summary>
    public string Message { get; init; } = "";
    /// <summary>The job.</summary>
    public string JobId { get; init; } = "";
    /// <summary>The execution; empty for events of the job.</summary>
    public string ExecutionId { get; init; } = "";
    /// <summary>The job's version; 0 when not sent.</summary>
    public int JobVersion { get; init; }
    /// <summary>More, by name (<c>old_state</c>, <c>new_state</c>, <c>node_id</c>, <c>error_code</c>, …).</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}

/// <summary>Counters of <c>/status</c>; null where not sent.</summary>
public sealed record ServerStatus
{
    /// <summary>Version of the server.</summary>
    public string Version { get; init; } = "";
    /// <summary>When the server started, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>Nodes in all.</summary>
    public long? Nodes { get; init; }
    /// <summary>Jobs in all.</summary>
    public long? Jobs { get; init; }
    /// <summary>Executions in all.</summary>
    public long? Executions { get; init; }
    /// <summary>Executions by state as the server names it.</summary>
    public IReadOnlyDictionary<string, long> ExecutionsByState { get; init; } = new Dictionary<string, long>();
    /// <summary>When it was counted, UTC.</summary>
    public DateTimeOffset? CollectedAt { get; init; }
}

/// <summary>A command that the server took: an acceptance, not a result.</summary>
/// <param name="Message">What the server said; may be empty.</param>
/// <param name="Warnings">Its warnings.</param>
public sealed record Accepted(string Message, IReadOnlyList<string> Warnings)
{
    /// <summary>The job's version that it leads to; null when not sent.</summary>
    public int? ToVersion { get; init; }
}
