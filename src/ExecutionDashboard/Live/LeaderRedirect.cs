using System.Net;
using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>Sends a request again to the feed that leads, once, when the one that was asked stands by and names it.</summary>
internal sealed class LeaderRedirect : DelegatingHandler
{
    private const string Api = "/feed/v1/";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var reply = await base.SendAsync(request, cancellationToken);
        if (reply.StatusCode != HttpStatusCode.MisdirectedRequest || await LeaderAsync(reply, cancellationToken) is not { } leader) return reply;
        // Below whatever path the feed that was asked is reached.
        var path = request.RequestUri!.PathAndQuery;
        if (path.IndexOf(Api, StringComparison.Ordinal) is not (>= 0 and var start)) return reply;
        reply.Dispose();
        request.RequestUri = new Uri(leader, path[(start + 1)..]);
        return await base.SendAsync(request, cancellationToken);
    }

    // Read as a text, which can be read again: whoever asked does, when there is nobody else to ask.
    private static async Task<Uri?> LeaderAsync(HttpResponseMessage reply, CancellationToken cancel)
    {
        var text = await reply.Content.ReadAsStringAsync(cancel);
        try
        {
            var answer = JsonSerializer.Deserialize<Refusal>(text, FeedContract.Json);
            return Uri.TryCreate(answer?.Leader, UriKind.Absolute, out var leader) && leader.Scheme is "http" or "https" ? leader : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Refusal(string? Leader);
}
