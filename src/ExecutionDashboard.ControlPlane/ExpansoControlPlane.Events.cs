using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.ControlPlane.Reading;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Histories and versions: short lists, which are read to the end or the limit.</summary>
internal sealed partial class ExpansoControlPlane
{
    private const int MaxVersions = 10_000;

    public async Task<ControlPlaneResult<IReadOnlyList<JobVersion>>> ListJobVersionsAsync(string jobId, CancellationToken cancel = default)
    {
        var page = new PageReading(specs);
        var result = await WalkAsync(
            "job", jobId, new ListKind("version", "versions"), MaxVersions, (limit, token, c) => jobs.VersionsAsync(jobId, limit, token, c),
            e => HistoryReader.Version(e, page), cancel);
        return result.Succeeded ? result.Value.OrderByDescending(v => v.Version).ToList() : result.Failure;
    }

    public Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetExecutionHistoryAsync(
        string id, int limit = MaxLimit, CancellationToken cancel = default) =>
        HistoryAsync("execution", id, limit, (page, token, c) => executions.HistoryAsync(id, page, token, c), cancel);

    public Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> GetJobHistoryAsync(
        string jobId, int limit = MaxLimit, DateTimeOffset? since = null, CancellationToken cancel = default) =>
        HistoryAsync("job", jobId, limit, (page, token, c) => jobs.HistoryAsync(jobId, since?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), page, token, c), cancel);

    public async Task<ControlPlaneResult<IReadOnlyList<Evaluation>>> ListJobEvaluationsAsync(
        string jobId, int limit = 200, CancellationToken cancel = default)
    {
        var result = await WalkAsync(
            "job", jobId, new ListKind("evaluation", "evaluations"), Math.Max(limit, 1), (page, token, c) => jobs.EvaluationsAsync(jobId, page, token, c),
            EvaluationReader.Read, cancel);
        if (result.Succeeded) return result.Value.OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Revision).ToList();
        // No published client has the route, so a 404 means that it is not supported, unless the message names the job.
        return result.Failure is { Error: ControlPlaneError.NotFound } failure && !Names(Jobs, jobId, failure.Message)
            ? failure with { Error = ControlPlaneError.NotOffered, Message = "This server does not list evaluations." } : result.Failure;
    }

    private async Task<ControlPlaneResult<IReadOnlyList<HistoryEvent>>> HistoryAsync(
        string kind, string id, int limit, Func<int, string?, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancel)
    {
        var result = await WalkAsync(kind, id, new ListKind("event", "events"), Math.Max(limit, 1), send, HistoryReader.Event, cancel);
        return result.Succeeded ? result.Value.OrderBy(e => e.Sequence).ThenBy(e => e.At).ToList() : result.Failure;
    }

    private async Task<ControlPlaneResult<List<T>>> WalkAsync<T>(
        string kind, string id, ListKind list, int limit, Func<int, string?, CancellationToken, Task<HttpResponseMessage>> send,
        Func<JsonElement, T?> read, CancellationToken cancel) where T : class
    {
        if (PathId.Check(kind, id) is { } invalid) return invalid;
        var all = new List<T>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var token = "";
        do
        {
            var page = await caller.AskPageAsync(c => send(Limit(limit - all.Count), NullIfEmpty(token), c), reply => Entries(reply, list, read), cancel);
            if (page.Value is not { } got) return page.Failure!;
            all.AddRange(got.Items.Take(limit - all.Count));
            // A repeated token, or a token without rows, ends the list.
            if (got.Items.Count == 0 || !seen.Add(got.NextToken)) break;
            token = got.NextToken;
        }
        while (token.Length > 0 && all.Count < limit);
        return all;
    }

    private ControlPlaneResult<FleetPage<T>> Entries<T>(Reply reply, ListKind kind, Func<JsonElement, T?> read) where T : class
    {
        // Events have no ids, so they are numbered.
        var number = 0;
        return Page(reply, kind, (e, _) => read(e), _ => (++number).ToString(CultureInfo.InvariantCulture), (_, b) => b);
    }
}
