using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Feed;

/// <summary>A control plane in memory: lists sorted and paged as a server does, with faults on demand.</summary>
internal sealed class TestControlPlane : IControlPlane
{
    public Dictionary<string, Execution> Executions { get; } = [];
    public Dictionary<string, Node> Nodes { get; } = [];
    public Dictionary<string, Job> Jobs { get; } = [];
    public Dictionary<string, Deployment> Deployments { get; } = [];
    public List<JobSpec> NewSpecs { get; } = [];
    public List<HistoryEvent> History { get; } = [];
    public Func<NodeMetric, IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>> Metrics { get; set; } = _ => new Dictionary<string, IReadOnlyList<MetricPoint>>();
    public List<string> Problems { get; } = [];
    public List<string> Calls { get; } = [];
    public DateTimeOffset? ServerTime { get; set; }
    public bool ListsDeployments { get; set; } = true;
    public int PageLimit { get; set; } = 1_000;

    /// <summary>Decides whether a call fails: by its name (<c>executions</c>, <c>nodes</c>, …) and page token.</summary>
    public Func<string, string, ControlPlaneFailure?> Fault { get; set; } = (_, _) => null;

    /// <summary>Changes a page of executions before it is given.</summary>
    public Func<ExecutionListRequest, FleetPage<Execution>, FleetPage<Execution>> OnPage { get; set; } = (_, page) => page;

    public static ControlPlaneFailure Broken { get; } = new(ControlPlaneError.Unexpected, "The server answered 500.", 500);

    public string Address { get; set; } = "http://control-plane.test/api/v1";
    public Capabilities Capabilities { get; } = new();

    public void Put(Execution execution) => Executions[execution.Id] = execution;

    public Task<ControlPlaneResult<ServerStatus>> GetStatusAsync(CancellationToken cancel = default) =>
        Answer<ServerStatus>("status", "", () => new ServerStatus { Executions = Executions.Count });

    public Task<ControlPlaneResult<FleetPage<Execution>>> ListExecutionsAsync(ExecutionListRequest request, CancellationToken cancel = default) =>
        Answer<FleetPage<Execution>>($"executions {request.OrderBy}", request.PageToken, () =>
        {
            var sorted = Executions.Values.OrderByDescending(e => request.OrderBy == "created_at" ? e.CreatedAt : e.UpdatedAt).ThenBy(e => e.Id, StringComparer.Ordinal);
            return OnPage(request, Page(sorted, request.PageToken, Math.Min(request.Limit, PageLimit)));
        });

    public Task<ControlPlaneResult<FleetPage<Node>>> ListNodesAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) =>
        Answer<FleetPage<Node>>("nodes", pageToken, () => Page(Nodes.Values.OrderBy(n => n.Id, StringComparer.Ordinal), pageToken, Math.Min(limit, PageLimit)));

    public Task<ControlPlaneResult<FleetPage<Job>>> ListJobsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) =>
        Answer<FleetPage<Job>>("jobs", pageToken, () => Page(Jobs.Values.OrderBy(j => j.Id, StringComparer.Ordinal), pageToken, Math.Min(limit, PageLimit)));

    public Task<ControlPlaneResult<FleetPage<Deployment>>> ListDeploymentsAsync(string pageToken = "", int limit = 1000, CancellationToken cancel = default) =>
        ListsDeployments
            ? Answer<FleetPage<Deployment>>("deployments", pageToken, () => Page(Deployments.Values.OrderBy(d => d.Id, StringComparer.Ordinal), pageToken, Math.Min(limit, PageLimit)))
            : Task.FromResult<ControlPlaneResult<FleetPage<Deployment>>>(new ControlPlaneFailure(ControlPlaneError.NotOffered, "No such route.", 404));

    public Task<ControlPlaneResult<Reading<Execution>>> GetExecutionAsync(string id, CancellationToken cancel = default) => One("execution", id, Executions);

    public Task<ControlPlaneResult<Reading<Node>>> GetNodeAsync(string id, CancellationToken cancel = default) => One("node", id, Nodes);

    public Task<ControlPlaneResult<Reading<Job>>> GetJobAsync(string id, CancellationToken cancel = default) => One("job", id, Jobs);

    public Task<ControlPlaneResult<Reading<Deployment>>> GetDeploymentAsync(string id, CancellationToken cancel = default) => One("deployment", id, Deployments);

    public Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetExecutionHistoryAsync(string id, int limit = 1000, CancellationToken cancel = default) =>
        Answer<IReadOnlyList<HistoryEvent>>("history", "", () => (ControlPlaneResult<IReadOnlyList<HistoryEvent>>)History.ToList());

    public Task<ControlPlaneResult<NodeStats>> GetNodeStatsAsync(CancellationToken cancel = default) => Answer<NodeStats>("stats", "", () => new NodeStats { Total = Nodes.Count });

    public Task<ControlPlaneResult<MetricSeries>> GetNodeMetricAsync(
        NodeMetric metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancel = default) =>
        Answer<MetricSeries>("metrics", "", () => new MetricSeries(Metrics(metric)));

    public List<JobVersion> Versions { get; } = [];
    public List<Evaluation> Evaluations { get; } = [];

    public Task<ControlPlaneResult<IReadOnlyList<JobVersion>>> ListJobVersionsAsync(string jobId, CancellationToken cancel = default) =>
        Answer<IReadOnlyList<JobVersion>>("versions", jobId, () => (ControlPlaneResult<IReadOnlyList<JobVersion>>)Versions.OrderByDescending(v => v.Version).ToList());

    public Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetJobHistoryAsync(string jobId, int limit = 1000, DateTimeOffset? since = null, CancellationToken cancel = default) =>
        Answer<IReadOnlyList<HistoryEvent>>("job history", jobId, () => (ControlPlaneResult<IReadOnlyList<HistoryEvent>>)History.Where(e => since is null || e.At >= since).Take(limit).ToList());

    public Task<ControlPlaneResult<IReadOnlyList<Evaluation>>> ListJobEvaluationsAsync(string jobId, int limit = 200, CancellationToken cancel = default) =>
        Answer<IReadOnlyList<Evaluation>>("evaluations", jobId, () => (ControlPlaneResult<IReadOnlyList<Evaluation>>)Evaluations.ToList());

    public Task<ControlPlaneResult<ServerDiff>> DiffJobVersionsAsync(string jobId, int from, int? to = null, CancellationToken cancel = default) => Answer<ServerDiff>("diff", jobId, () => new ServerDiff("", []));
    public Task<ControlPlaneResult<ServerDiff>> DiffJobAsync(string spec, CancellationToken cancel = default) => Answer<ServerDiff>("diff", "", () => new ServerDiff("", []));
    public Task<ControlPlaneResult<JobPut>> PutJobAsync(string spec, bool dryRun = false, bool force = false, CancellationToken cancel = default) => Answer<JobPut>("put", "", () => new JobPut(null, true, []));
    public Task<ControlPlaneResult<Accepted>> DeleteJobAsync(string jobId, bool force, string reason, CancellationToken cancel = default) => Accept("delete", jobId);
    /// <summary>Why the last execution was to be stopped.</summary>
    public string Reason { get; private set; } = "";

    public Task<ControlPlaneResult<Accepted>> StopExecutionAsync(string id, string reason, CancellationToken cancel = default)
    {
        Reason = reason;
        return Accept("stop", id);
    }

    public Task<ControlPlaneResult<Accepted>> StopJobAsync(string jobId, string reason, CancellationToken cancel = default) => Accept("stop job", jobId);
    public Task<ControlPlaneResult<Accepted>> RerunJobAsync(string jobId, CancellationToken cancel = default) => Accept("rerun", jobId);
    public Task<ControlPlaneResult<Accepted>> RollbackJobAsync(string jobId, int? version, string reason, bool dryRun = false, CancellationToken cancel = default) => Accept("rollback job", jobId);
    public Task<ControlPlaneResult<Accepted>> PromoteAsync(Deployment deployment, string reason, CancellationToken cancel = default) => Accept("promote", deployment.Id);
    public Task<ControlPlaneResult<Accepted>> PauseAsync(Deployment deployment, string reason, CancellationToken cancel = default) => Accept("pause", deployment.Id);
    public Task<ControlPlaneResult<Accepted>> ResumeAsync(Deployment deployment, string reason, CancellationToken cancel = default) => Accept("resume", deployment.Id);
    public Task<ControlPlaneResult<Accepted>> RollbackAsync(Deployment deployment, int? version, string reason, CancellationToken cancel = default) => Accept("rollback", deployment.Id);

    private Task<ControlPlaneResult<Accepted>> Accept(string command, string id) => Answer<Accepted>(command, id, () => new Accepted("", []));

    private FleetPage<T> Page<T>(IEnumerable<T> sorted, string token, int limit)
    {
        var skip = token.Length == 0 ? 0 : int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
        var rows = sorted.Skip(skip).Take(limit + 1).ToList();
        var specs = NewSpecs.ToList();
        NewSpecs.Clear();
        return new FleetPage<T>
        {
            Items = [.. rows.Take(limit)],
            Specs = specs,
            Problems = [.. Problems],
            ServerTime = ServerTime,
            NextToken = rows.Count > limit ? (skip + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : "",
        };
    }

    private Task<ControlPlaneResult<T>> Answer<T>(string call, string token, Func<ControlPlaneResult<T>> value)
    {
        // Bulk runs send several commands at a time.
        lock (Calls) Calls.Add(call);
        return Task.FromResult(Fault(call.Split(' ')[0], token) is { } failure ? failure : value());
    }

    private Task<ControlPlaneResult<Reading<T>>> One<T>(string call, string id, Dictionary<string, T> things) =>
        Answer<Reading<T>>(call, id, () => things.TryGetValue(id, out var thing) ? new Reading<T>(thing, "{}", null) : new ControlPlaneFailure(ControlPlaneError.NotFound, "Not found.", 404));
}
