using System.Net;
using System.Net.Http.Headers;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// Sends the bearer token. After a 401, a token from an exchange is discarded and the request sent once more with a new one. This is safe for commands too, because a
/// server that replies 401 has done nothing.
/// </summary>
internal sealed class BearerHandler(TokenSource tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken);
        var reply = await SendWithAsync(token, request, cancellationToken);
        if (reply.StatusCode != HttpStatusCode.Unauthorized || token is null || !tokens.Reject(token)) return reply;
        var fresh = await tokens.GetAsync(cancellationToken);
        reply.Dispose();
        return await SendWithAsync(fresh, request, cancellationToken);
    }

    private Task<HttpResponseMessage> SendWithAsync(string? token, HttpRequestMessage request, CancellationToken cancel)
    {
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancel);
    }
}
