using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Live.Past;

/// <summary>
/// The control plane for those who look at the past: it knows only now, so it is asked for nothing but what does not change (versions of a job and their differences) and for what it kept with its time.
/// No command reaches it.
/// </summary>
/// <param name="server">The control plane, as far as the viewer sees it.</param>
/// <param name="sight">What is seen.</param>
public sealed class PastControlPlane(IControlPlane server, FleetSight sight) : IControlPlane
{
    private static readonly ControlPlaneFailure NotRecorded = new(ControlPlaneError.NotOffered, FleetSight.NotRecorded), Off = new(ControlPlaneError.Forbidden, FleetSight.CommandsOff);

    /// <inheritdoc/>
    public string Address => server.Address;

    /// <inheritdoc/>
    public Capabilities Capabilities => server.Capabilities;

    /// <inheritdoc/>
    public Capabilities CapabilitiesOf(string id) => server.CapabilitiesOf(id);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerStatus>> GetStatusAsync(CancellationToken cancel = default) => Not<ServerStatus>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Execution>>> ListExecutionsAsync(ExecutionListRequest request, CancellationToken cancel = default) => Not<FleetPage<Execution>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Node>>> ListNodesAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => Not<FleetPage<Node>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Job>>> ListJobsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => Not<FleetPage<Job>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Deployment>>> ListDeploymentsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => Not<FleetPage<Deployment>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Execution>>> GetExecutionAsync(string id, CancellationToken cancel = default) => Not<Reading<Execution>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Node>>> GetNodeAsync(string id, CancellationToken cancel = default) => Not<Reading<Node>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<NodeStats>> GetNodeStatsAsync(CancellationToken cancel = default) => Not<NodeStats>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<MetricSeries>> GetNodeMetricAsync(NodeMetric metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancel = default) => Not<MetricSeries>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Job>>> GetJobAsync(string id, CancellationToken cancel = default) => Not<Reading<Job>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Deployment>>> GetDeploymentAsync(string id, CancellationToken cancel = default) => Not<Reading<Deployment>>();

    /// <summary>The versions that there were at the moment, as far as the server says when they came.</summary>
    public async Task<ControlPlaneResult<IReadOnlyList<JobVersion>>> ListJobVersionsAsync(string jobId, CancellationToken cancel = default)
    {
        var versions = await server.ListJobVersionsAsync(jobId, cancel);
        // Their states are those of now.
        return versions.Succeeded ? versions.Value.Where(version => !(version.CreatedAt > sight.At)).Select(version => version with { State = "" }).ToList() : versions;
    }

    /// <inheritdoc/>
    public async Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetExecutionHistoryAsync(string id, int limit = 1000, CancellationToken cancel = default) => UpTo(await server.GetExecutionHistoryAsync(id, limit, cancel));

    /// <inheritdoc/>
    public async Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetJobHistoryAsync(string jobId, int limit = 1000, DateTimeOffset? since = null, CancellationToken cancel = default) =>
        UpTo(await server.GetJobHistoryAsync(jobId, limit, since, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<Evaluation>>> ListJobEvaluationsAsync(string jobId, int limit = 200, CancellationToken cancel = default) => Not<IReadOnlyList<Evaluation>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerDiff>> DiffJobVersionsAsync(string jobId, int from, int? to = null, CancellationToken cancel = default) => to is null ? Not<ServerDiff>() : server.DiffJobVersionsAsync(jobId, from, to, cancel);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerDiff>> DiffJobAsync(string spec, CancellationToken cancel = default) => Not<ServerDiff>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<JobPut>> PutJobAsync(string spec, bool dryRun = false, bool force = false, CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<JobPut>>(Off);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> StopExecutionAsync(string id, string reason, CancellationToken cancel = default) => Refused();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> StopJobAsync(string jobId, string reason, CancellationToken cancel = default) => Refused();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RerunJobAsync(string jobId, CancellationToken cancel = default) => Refused();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RollbackJobAsync(string jobId, int? version, string reason, bool dryRun = false, CancellationToken cancel = default) => Refused();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> DeleteJobAsync(string jobId, bool force, string reason, CancellationToken cancel = default) => Refused();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> PromoteAsync(Deployment deployment, string reason, CancellationToken cancel = default) => Refused();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> PauseAsync(Deployment deployment, string reason, CancellationToken cancel = default) => Refused();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> ResumeAsync(Deployment deployment, string reason, CancellationToken cancel = default) => Refused();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RollbackAsync(Deployment deployment, int? version, string reason, CancellationToken cancel = default) => Refused();

    private ControlPlaneResult<IReadOnlyList<HistoryEvent>> UpTo(ControlPlaneResult<IReadOnlyList<HistoryEvent>> events) =>
        events.Succeeded ? events.Value.Where(happened => happened.At <= sight.At).ToList() : events;

    private static Task<ControlPlaneResult<T>> Not<T>() => Task.FromResult<ControlPlaneResult<T>>(NotRecorded);

    private static Task<ControlPlaneResult<Accepted>> Refused() => Task.FromResult<ControlPlaneResult<Accepted>>(Off);
}

/// <summary>Logs for those who look at the past: they are read from running jobs, and are not recorded.</summary>
public sealed class PastJobLogs : IJobLogs
{
    /// <inheritdoc/>
    public Task<ControlPlaneResult<LogStream>> FollowAsync(LogRequest request, CancellationToken cancel = default) =>
        Task.FromResult<ControlPlaneResult<LogStream>>(new ControlPlaneFailure(ControlPlaneError.Forbidden, FleetSight.NotRecorded));
}
