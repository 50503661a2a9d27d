using System.Text.Json;
using ExecutionDashboard.ControlPlane.Api;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Client for the Expanso REST API of both generations. This part has the reads.</summary>
internal sealed partial class ExpansoControlPlane(
    IExecutionsApi executions, INodesApi nodes, IJobsApi jobs, IDeploymentsApi deployments, IStatusApi status, IMetricsApi metrics, Caller caller,
    SpecCache specs, TimeProvider time) : IControlPlane
{
    private const int MaxLimit = 1000;

    private static readonly ListKind Executions = new("execution", "executions");
    private static readonly ListKind Nodes = new("node", "nodes");
    private static readonly ListKind Jobs = new("job", "jobs");
    private static readonly ListKind Deployments = new("deployment", "deployments");

    // Do not ask a server without a list of deployments with every poll.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    private long _deploymentsRefusedAt = long.MinValue;

    public string Address => caller.Address;

    public Capabilities Capabilities { get; } = new();

    public async Task<ControlPlaneResult<ServerStatus>> GetStatusAsync(CancellationToken cancel = default) =>
        MissingRoute(await caller.AskAsync<ServerStatus>(
            status.StatusAsync,
            reply => reply.Root.ValueKind == JsonValueKind.Object ? StatusReader.Read(reply.Root) : NotThe("status", reply),
            cancel));

    public Task<ControlPlaneResult<FleetPage<Execution>>> ListExecutionsAsync(ExecutionListRequest request, CancellationToken cancel = default) =>
        ListAsync(
            c => executions.ListAsync(
                NullIfEmpty(request.JobId), NullIfEmpty(request.NodeIds), NullIfEmpty(request.States), Limit(request.Limit), NullIfEmpty(request.PageToken),
                NullIfEmpty(request.OrderBy), request.OrderBy.Length == 0 ? null : request.Descending ? "desc" : "asc", c),
            reply => Page(reply, Executions, ExecutionReader.Read, e => e.Id, ExecutionReader.Newer),
            cancel);

    public Task<ControlPlaneResult<FleetPage<Node>>> ListNodesAsync(string pageToken = "", int limit = MaxLimit, CancellationToken cancel = default) =>
        ListAsync(
            c => nodes.ListAsync(null, null, Limit(limit), NullIfEmpty(pageToken), "name", "asc", c),
            reply => Page(reply, Nodes, NodeReader.Read, n => n.Id, NodeReader.Newer),
            cancel);

    public Task<ControlPlaneResult<FleetPage<Job>>> ListJobsAsync(string pageToken = "", int limit = MaxLimit, CancellationToken cancel = default) =>
        ListAsync(
            c => jobs.ListAsync(null, Limit(limit), NullIfEmpty(pageToken), null, null, null, null, null, null, c), JobPage, cancel);

    public async Task<ControlPlaneResult<FleetPage<Deployment>>> ListDeploymentsAsync(
        string pageToken = "", int limit = MaxLimit, CancellationToken cancel = default)
    {
        var refusedAt = Interlocked.Read(ref _deploymentsRefusedAt);
        if (refusedAt != long.MinValue && time.GetElapsedTime(refusedAt) < AskAgainAfter) return NoDeploymentList;
        var result = await caller.AskPageAsync(
            c => deployments.ListAsync(Limit(limit), NullIfEmpty(pageToken), c),
            reply => Page(reply, Deployments, (e, _) => DeploymentReader.Read(e), d => d.Id, DeploymentReader.Newer),
            cancel);
        if (result.Failure?.Error is not (ControlPlaneError.NotFound or ControlPlaneError.NotOffered)) return result;
        Interlocked.Exchange(ref _deploymentsRefusedAt, time.GetTimestamp());
        return NoDeploymentList;
    }

    public Task<ControlPlaneResult<Reading<Execution>>> GetExecutionAsync(string id, CancellationToken cancel = default) =>
        GetAsync(Executions, id, c => executions.GetAsync(id, c), ExecutionReader.Read, cancel);

    public Task<ControlPlaneResult<Reading<Node>>> GetNodeAsync(string id, CancellationToken cancel = default) =>
        GetAsync(Nodes, id, c => nodes.GetAsync(id, c), NodeReader.Read, cancel);

    public async Task<ControlPlaneResult<Reading<Job>>> GetJobAsync(string id, CancellationToken cancel = default)
    {
        var result = await ReadJobAsync(id, cancel);
        return result.Succeeded ? new Reading<Job>(result.Value.Value.Job, result.Value.Raw, result.Value.Spec) : result.Failure;
    }

    public async Task<ControlPlaneResult<Reading<Deployment>>> GetDeploymentAsync(string id, CancellationToken cancel = default)
    {
        if (SplitRolloutId(id) is not { } rollout) return await ReadDeploymentAsync(id, cancel);
        var result = await ReadJobAsync(rollout.JobId, cancel);
        // No such job: the at sign may be part of the id of a real deployment.
        if (result.Failure?.Error == ControlPlaneError.NotFound) return await ReadDeploymentAsync(id, cancel);
        if (!result.Succeeded) return result.Failure;
        if (result.Value.Value.Rollout is not { } made || made.Id != id)
            return new ControlPlaneFailure(
                ControlPlaneError.NotFound,
                $"The job is at version {result.Value.Value.Job.Version} and has no rollout of version {rollout.Version}; the server keeps only the last one.");
        return new Reading<Deployment>(made, result.Value.Raw, result.Value.Spec);
    }

    private Task<ControlPlaneResult<Reading<JobReading>>> ReadJobAsync(string id, CancellationToken cancel) =>
        GetAsync(Jobs, id, c => jobs.GetAsync(id, c), JobReader.Read, cancel);

    private Task<ControlPlaneResult<Reading<Deployment>>> ReadDeploymentAsync(string id, CancellationToken cancel) =>
        GetAsync(Deployments, id, c => deployments.GetAsync(id, c), (e, _) => DeploymentReader.Read(e), cancel);

    private static (string JobId, int Version)? SplitRolloutId(string id)
    {
        var at = id.LastIndexOf('@');
        return at > 0 && int.TryParse(id.AsSpan(at + 1), System.Globalization.NumberStyles.None, null, out var version)
            ? (id[..at], version)
            : null;
    }

    private async Task<ControlPlaneResult<Reading<T>>> GetAsync<T>(
        ListKind kind, string id, Func<CancellationToken, Task<HttpResponseMessage>> send, Func<JsonElement, PageReading, T?> read,
        CancellationToken cancel) where T : class
    {
        if (PathId.Check(kind.One, id) is { } invalid) return invalid;
        return await caller.AskAsync<Reading<T>>(
            send,
            reply =>
            {
                var page = new PageReading(specs);
                var thing = ListReader.Unwrap(reply.Root, kind);
                if (thing.ValueKind != JsonValueKind.Object || read(thing, page) is not { } value) return NotThe(kind.One, reply);
                return new Reading<T>(value, Fields.Raw(thing), page.Specs.Count > 0 ? page.Specs[0] : null);
            },
            cancel);
    }

    private ControlPlaneResult<FleetPage<T>> Page<T>(
        Reply reply, ListKind kind, Func<JsonElement, PageReading, T?> read, Func<T, string> idOf, Func<T, T, T> newer) where T : class
    {
        var page = new PageReading(specs);
        if (ListReader.Read(reply.Root, kind, page, e => read(e, page), idOf, newer) is not { } list) return NotThe("list of " + kind.Many, reply);
        return new FleetPage<T>
        {
            Items = list.Items, NextToken = list.NextToken, LeftOut = list.LeftOut, Specs = page.Specs, Problems = page.Problems,
            ServerTime = reply.ServerTime,
        };
    }

    private ControlPlaneResult<FleetPage<Job>> JobPage(Reply reply)
    {
        var read = Page(reply, Jobs, JobReader.Read, j => j.Job.Id, JobReader.Newer);
        if (read.Value is not { } page) return read.Failure!;
        return new FleetPage<Job>
        {
            Items = [.. page.Items.Select(j => j.Job)], Deployments = [.. page.Items.Select(j => j.Rollout).OfType<Deployment>()],
            NextToken = page.NextToken, LeftOut = page.LeftOut, Specs = page.Specs, Problems = page.Problems, ServerTime = page.ServerTime,
        };
    }

    // Every Expanso lists executions, nodes and jobs, so a server that does not is probably another one.
    private async Task<ControlPlaneResult<FleetPage<T>>> ListAsync<T>(
        Func<CancellationToken, Task<HttpResponseMessage>> send, Func<Reply, ControlPlaneResult<FleetPage<T>>> read, CancellationToken cancel)
    {
        var result = await caller.AskPageAsync(send, read, cancel);
        if (result.Failure is not { Error: ControlPlaneError.NotFound } failure) return result;
        return failure with
        {
            Error = ControlPlaneError.NotOffered, Message = Failures.Short("Is ControlPlane:Url right? There is no Expanso API: " + failure.Message),
        };
    }

    private static ControlPlaneFailure NotThe(string what, Reply reply) =>
        Failures.Unreadable($"The reply is JSON, but not the {what} that was asked for.", reply.Status);

    private static ControlPlaneResult<T> MissingRoute<T>(ControlPlaneResult<T> result) =>
        result.Failure is { Error: ControlPlaneError.NotFound } failure ? failure with { Error = ControlPlaneError.NotOffered } : result;

    private static ControlPlaneFailure NoDeploymentList { get; } =
        new(ControlPlaneError.NotOffered, "This server does not list deployments.", 404);

    private static int Limit(int limit) => Math.Clamp(limit, 1, MaxLimit);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string>? texts) => texts is { Count: > 0 } ? texts : null;
}
