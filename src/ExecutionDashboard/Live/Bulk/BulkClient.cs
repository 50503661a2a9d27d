using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Live.Bulk;

/// <summary>Asks the feed about bulk runs over HTTP. What people and servers wrote comes without secrets.</summary>
public sealed class BulkClient(HttpClient http, IFeedAddress address, FeedKey key) : IBulkFeed
{
    /// <inheritdoc/>
    public async Task<BulkReply<BulkRun>> StartAsync(BulkStart start, CancellationToken cancel) => Shown(await SendAsync<BulkRun>(HttpMethod.Post, FeedContract.BulkPath, start, cancel));

    /// <inheritdoc/>
    public async Task<BulkReply<BulkRunList>> RunsAsync(long since, CancellationToken cancel)
    {
        var reply = await SendAsync<BulkRunList>(HttpMethod.Get, FeedContract.BulkRunsPath(since), null, cancel);
        return reply.Value is { } list ? reply with { Value = list with { Runs = [.. (list.Runs ?? []).Select(Shown)] } } : reply;
    }

    /// <inheritdoc/>
    public async Task<BulkReply<BulkRunItems>> ItemsAsync(string id, long since, CancellationToken cancel)
    {
        var reply = await SendAsync<BulkRunItems>(HttpMethod.Get, FeedContract.BulkItemsPath(id, since), null, cancel);
        return reply.Value is { } found
            ? reply with { Value = new(Shown(found.Run), [.. (found.Items ?? []).Select(i => i.Note.Length == 0 ? i : i with { Note = ShownText.Of(i.Note) })]) }
            : reply;
    }

    /// <inheritdoc/>
    public Task<BulkReply<BulkLease>> LeaseAsync(string driver, CancellationToken cancel) => SendAsync<BulkLease>(HttpMethod.Post, FeedContract.BulkLeasePath, new BulkLeaseRequest(driver), cancel);

    /// <inheritdoc/>
    public async Task<BulkReply<BulkRun>> WriteAsync(string id, BulkWrite write, CancellationToken cancel) => Shown(await SendAsync<BulkRun>(HttpMethod.Post, FeedContract.BulkWritePath(id), write, cancel));

    /// <inheritdoc/>
    public async Task<BulkReply<BulkRun>> OrderAsync(string id, BulkOrder order, CancellationToken cancel) => Shown(await SendAsync<BulkRun>(HttpMethod.Post, FeedContract.BulkOrderPath(id), order, cancel));

    private static BulkReply<BulkRun> Shown(BulkReply<BulkRun> reply) => reply.Value is { } run ? reply with { Value = Shown(run) } : reply;

    private static BulkRun Shown(BulkRun run) => run with { Reason = ShownText.Of(run.Reason), StateReason = ShownText.Of(run.StateReason), Filter = ShownText.Of(run.Filter) };

    private async Task<BulkReply<T>> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancel) where T : class
    {
        if (address.BaseAddress is not { } feed) return new(null, "The feed's address is not known yet.");
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(feed, path.TrimStart('/')));
            if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: FeedContract.Json);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!reply.IsSuccessStatusCode) return new(null, await WhyAsync(reply, cancel), (int)reply.StatusCode < 500 && reply.StatusCode != HttpStatusCode.MisdirectedRequest);
            return await reply.Content.ReadFromJsonAsync<T>(FeedContract.Json, cancel) is { } answer ? new(answer) : new(null, "The feed sent no answer.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new(null, $"The feed cannot be asked: {ShownText.Of(e.Message)}");
        }
    }

    private static async Task<string> WhyAsync(HttpResponseMessage reply, CancellationToken cancel)
    {
        if (reply.StatusCode == HttpStatusCode.Unauthorized) return FeedConnection.KeyRefused;
        if (reply.Content.Headers.ContentType?.MediaType == "application/json" && (await reply.Content.ReadFromJsonAsync<Refusal>(FeedContract.Json, cancel))?.Message is { Length: > 0 } message)
            return ShownText.Of(message);
        return $"The feed answered with status {(int)reply.StatusCode}.";
    }

    private sealed record Refusal(string? Message);
}
