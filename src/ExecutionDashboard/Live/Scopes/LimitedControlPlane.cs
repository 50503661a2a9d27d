using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live.Scopes;

/// <summary>
/// The control plane for people who see a part of the fleet. What is not seen is not asked for: the answer is the same whether it exists or not. What is said of a job on all its nodes is given
/// only to who sees all of them. Lists of everything are not given.
/// </summary>
/// <param name="server">The control plane.</param>
/// <param name="sight">What is seen.</param>
public sealed class LimitedControlPlane(IControlPlane server, FleetSight sight) : IControlPlane
{
    /// <summary>The answer for what is not seen.</summary>
    public static ControlPlaneFailure NotFound { get; } = new(ControlPlaneError.NotFound, FleetSight.None);

    /// <summary>The answer for what is about more nodes than are seen.</summary>
    public static ControlPlaneFailure Forbidden { get; } = new(ControlPlaneError.Forbidden, FleetSight.InPart);

    private static readonly ControlPlaneFailure OfTheWhole = new(ControlPlaneError.Forbidden, FleetSight.OfTheWhole);

    /// <inheritdoc/>
    public string Address => server.Address;

    /// <inheritdoc/>
    public Capabilities Capabilities => server.Capabilities;

    /// <inheritdoc/>
    public Capabilities CapabilitiesOf(string id) => server.CapabilitiesOf(id);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerStatus>> GetStatusAsync(CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<ServerStatus>>(OfTheWhole);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Execution>>> ListExecutionsAsync(ExecutionListRequest request, CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<FleetPage<Execution>>>(OfTheWhole);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Node>>> ListNodesAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<FleetPage<Node>>>(OfTheWhole);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Job>>> ListJobsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<FleetPage<Job>>>(OfTheWhole);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Deployment>>> ListDeploymentsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<FleetPage<Deployment>>>(OfTheWhole);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Execution>>> GetExecutionAsync(string id, CancellationToken cancel = default) => If(sight.SeesExecution(id), () => server.GetExecutionAsync(id, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Node>>> GetNodeAsync(string id, CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<Reading<Node>>>(sight.SeesNode(id) ? OfTheWhole : NotFound);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<NodeStats>> GetNodeStatsAsync(CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<NodeStats>>(OfTheWhole);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<MetricSeries>> GetNodeMetricAsync(NodeMetric metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancel = default) =>
        Task.FromResult<ControlPlaneResult<MetricSeries>>(OfTheWhole);

    /// <inheritdoc/>
    public async Task<ControlPlaneResult<Reading<Job>>> GetJobAsync(string id, CancellationToken cancel = default)
    {
        if (!sight.SeesJob(id)) return NotFound;
        var job = await server.GetJobAsync(id, cancel);
        // Its spec is the same on all nodes; the rest of the answer counts them.
        return sight.SeesWholeJob(id) || !job.Succeeded ? job : job.Value with { Value = job.Value.Value with { Message = "", Details = null }, Raw = "" };
    }

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Deployment>>> GetDeploymentAsync(string id, CancellationToken cancel = default) =>
        IfWhole(sight.SeesDeployment(id), sight.SeesWholeDeployment(id), () => server.GetDeploymentAsync(id, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<JobVersion>>> ListJobVersionsAsync(string jobId, CancellationToken cancel = default) => If(sight.SeesJob(jobId), () => server.ListJobVersionsAsync(jobId, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetExecutionHistoryAsync(string id, int limit = 1000, CancellationToken cancel = default) =>
        If(sight.SeesExecution(id), () => server.GetExecutionHistoryAsync(id, limit, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetJobHistoryAsync(string jobId, int limit = 1000, DateTimeOffset? since = null, CancellationToken cancel = default) =>
        IfWhole(sight.SeesJob(jobId), sight.SeesWholeJob(jobId), () => server.GetJobHistoryAsync(jobId, limit, since, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<Evaluation>>> ListJobEvaluationsAsync(string jobId, int limit = 200, CancellationToken cancel = default) =>
        IfWhole(sight.SeesJob(jobId), sight.SeesWholeJob(jobId), () => server.ListJobEvaluationsAsync(jobId, limit, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerDiff>> DiffJobVersionsAsync(string jobId, int from, int? to = null, CancellationToken cancel = default) =>
        If(sight.SeesJob(jobId), () => server.DiffJobVersionsAsync(jobId, from, to, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerDiff>> DiffJobAsync(string spec, CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<ServerDiff>>(OfTheWhole);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<JobPut>> PutJobAsync(string spec, bool dryRun = false, bool force = false, CancellationToken cancel = default) => Task.FromResult<ControlPlaneResult<JobPut>>(OfTheWhole);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> StopExecutionAsync(string id, string reason, CancellationToken cancel = default) => If(sight.SeesExecution(id), () => server.StopExecutionAsync(id, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> StopJobAsync(string jobId, string reason, CancellationToken cancel = default) => OfJob(jobId, () => server.StopJobAsync(jobId, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RerunJobAsync(string jobId, CancellationToken cancel = default) => OfJob(jobId, () => server.RerunJobAsync(jobId, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RollbackJobAsync(string jobId, int? version, string reason, bool dryRun = false, CancellationToken cancel = default) =>
        OfJob(jobId, () => server.RollbackJobAsync(jobId, version, reason, dryRun, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> DeleteJobAsync(string jobId, bool force, string reason, CancellationToken cancel = default) => OfJob(jobId, () => server.DeleteJobAsync(jobId, force, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> PromoteAsync(Deployment deployment, string reason, CancellationToken cancel = default) => OfDeployment(deployment, () => server.PromoteAsync(deployment, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> PauseAsync(Deployment deployment, string reason, CancellationToken cancel = default) => OfDeployment(deployment, () => server.PauseAsync(deployment, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> ResumeAsync(Deployment deployment, string reason, CancellationToken cancel = default) => OfDeployment(deployment, () => server.ResumeAsync(deployment, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RollbackAsync(Deployment deployment, int? version, string reason, CancellationToken cancel = default) =>
        OfDeployment(deployment, () => server.RollbackAsync(deployment, version, reason, cancel));

    private Task<ControlPlaneResult<Accepted>> OfJob(string id, Func<Task<ControlPlaneResult<Accepted>>> send) => IfWhole(sight.SeesJob(id), sight.SeesWholeJob(id), send);

    // A deployment is sent by its job too: neither may be another than is seen.
    private Task<ControlPlaneResult<Accepted>> OfDeployment(Deployment deployment, Func<Task<ControlPlaneResult<Accepted>>> send) =>
        IfWhole(sight.SeesDeployment(deployment.Id) && sight.SeesJob(deployment.JobId), sight.SeesWholeDeployment(deployment.Id) && sight.SeesWholeJob(deployment.JobId), send);

    private static Task<ControlPlaneResult<T>> If<T>(bool isSeen, Func<Task<ControlPlaneResult<T>>> ask) => isSeen ? ask() : Task.FromResult<ControlPlaneResult<T>>(NotFound);

    private static Task<ControlPlaneResult<T>> IfWhole<T>(bool isSeen, bool isWhole, Func<Task<ControlPlaneResult<T>>> ask) => isSeen && !isWhole ? Task.FromResult<ControlPlaneResult<T>>(Forbidden) : If(isSeen, ask);
}
