using System.Net.Http.Headers;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;

namespace ExecutionDashboard.Live.Audit;

/// <summary>The audit of a feed in another process.</summary>
public sealed class AuditClient(HttpClient http, IFeedAddress address, FeedKey key) : IAuditLog
{
    /// <inheritdoc/>
    public async Task<(IReadOnlyList<long>? Numbers, string? Problem)> StoreAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancel)
    {
        var (stored, problem) = await SendAsync<AuditStored>(HttpMethod.Post, FeedContract.AuditPath, new AuditRequest(entries), cancel);
        return (stored?.Numbers, problem);
    }

    /// <inheritdoc/>
    public Task<(AuditRows? Rows, string? Problem)> CommandsAsync(long after, CancellationToken cancel) => SendAsync<AuditRows>(HttpMethod.Get, FeedContract.AuditCommandsPath(after), null, cancel);

    /// <inheritdoc/>
    public Task<(AuditPage? Page, string? Problem)> ActsAsync(AuditQuery query, int most, CancellationToken cancel) =>
        SendAsync<AuditPage>(HttpMethod.Get, FormattableString.Invariant($"{FeedContract.AuditPath}?most={most}&{query.ToUrl()}"), null, cancel);

    private async Task<(T? Answer, string? Problem)> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancel) where T : class
    {
        if (address.BaseAddress is not { } feed) return (null, "The feed's address is not known yet.");
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(feed, path.TrimStart('/')));
            if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: FeedContract.Json);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (reply.StatusCode == System.Net.HttpStatusCode.Unauthorized) return (null, FeedConnection.KeyRefused);
            if (!reply.IsSuccessStatusCode) return (null, await WhyAsync(reply, cancel));
            return await reply.Content.ReadFromJsonAsync<T>(FeedContract.Json, cancel) is { } answer ? (answer, null) : (null, "The feed sent no answer.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (null, $"The feed cannot be asked: {ShownText.Of(e.Message)}");
        }
    }

    private static async Task<string> WhyAsync(HttpResponseMessage reply, CancellationToken cancel) =>
        reply.Content.Headers.ContentType?.MediaType == "application/json" && (await reply.Content.ReadFromJsonAsync<Refusal>(FeedContract.Json, cancel))?.Message is { Length: > 0 } message
            ? ShownText.Of(message) : $"The feed answered with status {(int)reply.StatusCode}.";

    private sealed record Refusal(string? Message);
}
