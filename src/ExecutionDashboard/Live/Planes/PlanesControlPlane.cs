using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;

namespace ExecutionDashboard.Live.Planes;

/// <summary>
/// Several control planes as one. What is asked or ordered about an id goes to the plane in it, with the id that this one has, and to no other; the answer has the dashboard's ids. The JSON of
/// an object is as the control plane sent it. Lists are not given: the feeds have them.
/// </summary>
public sealed class PlanesControlPlane : IControlPlane
{
    private static readonly ControlPlaneFailure NotFound = new(ControlPlaneError.NotFound, "None of the control planes has this id.");
    private static readonly ControlPlaneFailure OfNone = new(ControlPlaneError.NotOffered, "This is about one control plane, and the dashboard shows several.");

    private readonly FleetPlanes _planes;
    private readonly Dictionary<string, IControlPlane> _servers;

    /// <param name="planes">The planes.</param>
    /// <param name="servers">The control plane of each, by its name.</param>
    public PlanesControlPlane(FleetPlanes planes, IReadOnlyDictionary<string, IControlPlane> servers)
    {
        _planes = planes;
        _servers = new(servers, StringComparer.Ordinal);
        foreach (var server in _servers.Values) server.Capabilities.Learned += Learn;
        Learn();
    }

    /// <inheritdoc/>
    public string Address => string.Join(", ", _servers.Values.Select(server => server.Address));

    /// <summary>What any of them offers.</summary>
    public Capabilities Capabilities { get; } = new();

    /// <inheritdoc/>
    public Capabilities CapabilitiesOf(string id) => ServerOf(id)?.Capabilities ?? Capabilities;

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerStatus>> GetStatusAsync(CancellationToken cancel = default) => No<ServerStatus>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Execution>>> ListExecutionsAsync(ExecutionListRequest request, CancellationToken cancel = default) => No<FleetPage<Execution>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Node>>> ListNodesAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => No<FleetPage<Node>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Job>>> ListJobsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => No<FleetPage<Job>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<FleetPage<Deployment>>> ListDeploymentsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) => No<FleetPage<Deployment>>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Execution>>> GetExecutionAsync(string id, CancellationToken cancel = default) =>
        At(id, (server, own) => server.GetExecutionAsync(own, cancel), (plane, reading) => reading with { Value = PlaneEntities.In(plane, reading.Value) });

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Node>>> GetNodeAsync(string id, CancellationToken cancel = default) =>
        At(id, (server, own) => server.GetNodeAsync(own, cancel), (plane, reading) => reading with { Value = PlaneEntities.In(plane, reading.Value) });

    /// <inheritdoc/>
    public Task<ControlPlaneResult<NodeStats>> GetNodeStatsAsync(CancellationToken cancel = default) => No<NodeStats>();

    /// <summary>That of the nodes of all planes that answer; the failure of one when none does.</summary>
    public async Task<ControlPlaneResult<MetricSeries>> GetNodeMetricAsync(NodeMetric metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancel = default)
    {
        var answers = await Task.WhenAll(_servers.Select(async one => (Plane: one.Key, Answer: await one.Value.GetNodeMetricAsync(metric, from, to, step, cancel))));
        if (Array.TrueForAll(answers, one => !one.Answer.Succeeded)) return answers[0].Answer;
        var nodes = answers.Where(one => one.Answer.Succeeded).SelectMany(one => one.Answer.Value!.ByNode.Select(node => (Id: FleetPlanes.IdOf(one.Plane, node.Key), node.Value)));
        return new MetricSeries(nodes.ToDictionary(node => node.Id, node => node.Value, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Job>>> GetJobAsync(string id, CancellationToken cancel = default) =>
        At(id, (server, own) => server.GetJobAsync(own, cancel), (plane, reading) => reading with { Value = PlaneEntities.In(plane, reading.Value) });

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Reading<Deployment>>> GetDeploymentAsync(string id, CancellationToken cancel = default) =>
        At(id, (server, own) => server.GetDeploymentAsync(own, cancel), (plane, reading) => reading with { Value = PlaneEntities.In(plane, reading.Value) });

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<JobVersion>>> ListJobVersionsAsync(string jobId, CancellationToken cancel = default) => At(jobId, (server, own) => server.ListJobVersionsAsync(own, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetExecutionHistoryAsync(string id, int limit = 1000, CancellationToken cancel = default) =>
        At(id, (server, own) => server.GetExecutionHistoryAsync(own, limit, cancel), In);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetJobHistoryAsync(string jobId, int limit = 1000, DateTimeOffset? since = null, CancellationToken cancel = default) =>
        At(jobId, (server, own) => server.GetJobHistoryAsync(own, limit, since, cancel), In);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<IReadOnlyList<Evaluation>>> ListJobEvaluationsAsync(string jobId, int limit = 200, CancellationToken cancel = default) => At(
        jobId, (server, own) => server.ListJobEvaluationsAsync(own, limit, cancel),
        (plane, evaluations) => [.. evaluations.Select(evaluation => evaluation with { DeploymentId = FleetPlanes.IdOf(plane, evaluation.DeploymentId) })]);

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerDiff>> DiffJobVersionsAsync(string jobId, int from, int? to = null, CancellationToken cancel = default) =>
        At(jobId, (server, own) => server.DiffJobVersionsAsync(own, from, to, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<ServerDiff>> DiffJobAsync(string spec, CancellationToken cancel = default) => No<ServerDiff>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<JobPut>> PutJobAsync(string spec, bool dryRun = false, bool force = false, CancellationToken cancel = default) => No<JobPut>();

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> StopExecutionAsync(string id, string reason, CancellationToken cancel = default) => At(id, (server, own) => server.StopExecutionAsync(own, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> StopJobAsync(string jobId, string reason, CancellationToken cancel = default) => At(jobId, (server, own) => server.StopJobAsync(own, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RerunJobAsync(string jobId, CancellationToken cancel = default) => At(jobId, (server, own) => server.RerunJobAsync(own, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RollbackJobAsync(string jobId, int? version, string reason, bool dryRun = false, CancellationToken cancel = default) =>
        At(jobId, (server, own) => server.RollbackJobAsync(own, version, reason, dryRun, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> DeleteJobAsync(string jobId, bool force, string reason, CancellationToken cancel = default) => At(jobId, (server, own) => server.DeleteJobAsync(own, force, reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> PromoteAsync(Deployment deployment, string reason, CancellationToken cancel = default) => At(deployment.Id, (server, _) => server.PromoteAsync(Own(deployment), reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> PauseAsync(Deployment deployment, string reason, CancellationToken cancel = default) => At(deployment.Id, (server, _) => server.PauseAsync(Own(deployment), reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> ResumeAsync(Deployment deployment, string reason, CancellationToken cancel = default) => At(deployment.Id, (server, _) => server.ResumeAsync(Own(deployment), reason, cancel));

    /// <inheritdoc/>
    public Task<ControlPlaneResult<Accepted>> RollbackAsync(Deployment deployment, int? version, string reason, CancellationToken cancel = default) =>
        At(deployment.Id, (server, _) => server.RollbackAsync(Own(deployment), version, reason, cancel));

    private static IReadOnlyList<HistoryEvent> In(string plane, IReadOnlyList<HistoryEvent> events) =>
    [
        .. events.Select(one => one with
        {
            JobId = FleetPlanes.IdOf(plane, one.JobId), ExecutionId = FleetPlanes.IdOf(plane, one.ExecutionId),
            Details = one.Details.TryGetValue("node_id", out var node) ? new Dictionary<string, string>(one.Details) { ["node_id"] = FleetPlanes.IdOf(plane, node) } : one.Details,
        }),
    ];

    // A deployment is sent by its job too.
    private Deployment Own(Deployment deployment) => deployment with
    {
        Id = _planes.OwnId(deployment.Id), JobId = _planes.OwnId(deployment.JobId), CanaryNodes = [.. deployment.CanaryNodes.Select(_planes.OwnId)],
    };

    private IControlPlane? ServerOf(string id) => _servers.GetValueOrDefault(_planes.Of(id));

    private Task<ControlPlaneResult<T>> At<T>(string id, Func<IControlPlane, string, Task<ControlPlaneResult<T>>> ask) => At(id, ask, (_, value) => value);

    private async Task<ControlPlaneResult<T>> At<T>(string id, Func<IControlPlane, string, Task<ControlPlaneResult<T>>> ask, Func<string, T, T> shown)
    {
        var plane = _planes.Of(id);
        if (ServerOf(id) is not { } server) return NotFound;
        var answer = await ask(server, _planes.OwnId(id));
        return answer.Succeeded ? shown(plane, answer.Value) : answer.Failure;
    }

    private static Task<ControlPlaneResult<T>> No<T>() => Task.FromResult<ControlPlaneResult<T>>(OfNone);

    // Offered when one offers it, not offered when none does.
    private void Learn()
    {
        foreach (var command in Enum.GetValues<ControlPlaneCommand>())
        {
            var offers = _servers.Values.Select(server => server.Capabilities[command]).ToList();
            Capabilities.Learn(command, offers.Contains(Offer.Offered) ? Offer.Offered : offers.TrueForAll(offer => offer == Offer.NotOffered) ? Offer.NotOffered : Offer.Unknown);
        }
    }
}
