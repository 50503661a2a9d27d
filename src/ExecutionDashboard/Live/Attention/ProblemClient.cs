using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Live.Attention;

/// <summary>
/// Reports problems to the feed, and asks it what it keeps of them. What people wrote comes without secrets. A problem in the answer says why there is none, for people. The feed keeps the problems
/// of the whole fleet: who sees a part gets none of that, since each may concern the rest too.
/// </summary>
public sealed class ProblemClient(HttpClient http, IFeedAddress address, FeedKey key, FleetSight? sight = null)
{
    /// <summary>Reports the open problems. Another dashboard may be the one that the feed listens to: that is no problem.</summary>
    /// <returns>Whether the feed took the report, or why it could not be asked.</returns>
    public async Task<(bool Taken, string? Problem)> ReportAsync(ProblemReport report, CancellationToken cancel)
    {
        var (status, _, problem) = await SendAsync<object>(HttpMethod.Post, FeedContract.ProblemsPath, report, cancel);
        return status == HttpStatusCode.Conflict ? (false, null) : (problem is null, problem);
    }

    /// <summary>What the feed keeps of the open problems.</summary>
    public async Task<(ProblemList? Open, string? Problem)> OpenAsync(CancellationToken cancel) => await ListAsync(FeedContract.ProblemsPath, cancel);

    /// <summary>Resolved problems, newest first: at most <see cref="ProblemLimits.Resolved"/> of them.</summary>
    /// <param name="since">Resolved after this; null for all there are.</param>
    /// <param name="before">Resolved before this, for the next ones; null for the newest, or the newest by the moment that is seen.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<(ProblemList? Resolved, string? Problem)> ResolvedAsync(DateTimeOffset? since, DateTimeOffset? before, CancellationToken cancel) =>
        await ListAsync(FeedContract.ResolvedProblemsPath(since, before ?? sight?.At), cancel);

    /// <summary>The problems that were open at a moment.</summary>
    public async Task<(ProblemMoment? Moment, string? Problem)> AtAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var (_, moment, problem) = await SendAsync<ProblemMoment>(HttpMethod.Get, FeedContract.ProblemMomentPath(at), null, cancel);
        return (moment is null ? null : moment with { Items = [.. moment.Items.Select(Shown)] }, problem);
    }

    /// <summary>What happened to a problem, oldest first.</summary>
    public async Task<(ProblemHistory? History, string? Problem)> HistoryAsync(string id, CancellationToken cancel)
    {
        var (_, history, problem) = await SendAsync<ProblemHistory>(HttpMethod.Get, FeedContract.ProblemHistoryPath(id), null, cancel);
        return (history is null ? null : history with { Events = [.. history.Events.Where(e => !(e.At > sight?.At)).Select(e => e with { By = ShownText.Of(e.By), Text = ShownText.Of(e.Text) })] }, problem);
    }

    /// <summary>Takes care of a problem. Gives why not; null when the feed has stored it.</summary>
    /// <param name="id">The problem.</param>
    /// <param name="by">Who takes care of it.</param>
    /// <param name="until">See <see cref="Acknowledgement.Until"/>.</param>
    /// <param name="cancel">Ends it.</param>
    public Task<string?> AcknowledgeAsync(string id, string by, DateTimeOffset? until, CancellationToken cancel = default) =>
        DoAsync(HttpMethod.Post, FeedContract.ProblemAcknowledgementPath(id), new AcknowledgeRequest(by, until), cancel);

    /// <summary>Takes care of a problem no more. Gives why not; null when the feed has stored it.</summary>
    public Task<string?> UnacknowledgeAsync(string id, string by, CancellationToken cancel = default) =>
        DoAsync(HttpMethod.Delete, $"{FeedContract.ProblemAcknowledgementPath(id)}?by={Uri.EscapeDataString(by)}", null, cancel);

    /// <summary>Says something of a problem. Gives why not; null when the feed has stored it.</summary>
    public Task<string?> CommentAsync(string id, string by, string text, CancellationToken cancel = default) =>
        DoAsync(HttpMethod.Post, FeedContract.ProblemCommentsPath(id), new CommentRequest(by, text), cancel);

    /// <summary>A record with what people wrote as it is shown.</summary>
    internal static ProblemRecord Shown(ProblemRecord record) => record with
    {
        Acknowledgement = record.Acknowledgement is { } by ? by with { By = ShownText.Of(by.By) } : null,
        Comments = record.Comments is null or [] ? [] : [.. record.Comments.Select(c => c with { By = ShownText.Of(c.By), Text = ShownText.Of(c.Text) })],
    };

    private async Task<(ProblemList?, string?)> ListAsync(string path, CancellationToken cancel)
    {
        var (_, list, problem) = await SendAsync<ProblemList>(HttpMethod.Get, path, null, cancel);
        return (list is null ? null : list with { Items = [.. list.Items.Select(Shown)] }, problem);
    }

    private async Task<string?> DoAsync(HttpMethod method, string path, object? body, CancellationToken cancel) => (await SendAsync<object>(method, path, body, cancel)).Problem;

    private async Task<(HttpStatusCode? Status, T? Answer, string? Problem)> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancel) where T : class
    {
        if (sight is { IsWhole: false }) return (null, null, FleetSight.OfTheWhole);
        if (address.BaseAddress is not { } feed) return (null, null, "The feed's address is not known yet.");
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(feed, path.TrimStart('/')));
            if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: FeedContract.Json);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Value);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!reply.IsSuccessStatusCode) return (reply.StatusCode, null, await WhyAsync(reply, cancel));
            return reply.StatusCode == HttpStatusCode.NoContent ? (reply.StatusCode, null, null)
                : await reply.Content.ReadFromJsonAsync<T>(FeedContract.Json, cancel) is { } answer ? (reply.StatusCode, answer, null)
                : (reply.StatusCode, null, "The feed sent no answer.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (null, null, $"The feed cannot be asked: {ShownText.Of(e.Message)}");
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
