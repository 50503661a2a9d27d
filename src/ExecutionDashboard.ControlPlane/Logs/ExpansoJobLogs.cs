using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using ExecutionDashboard.ControlPlane.Http;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.ControlPlane.Logs;

/// <summary>Reads logs from the WebSocket <c>/jobs/{id}/logs</c> of the Expanso API.</summary>
internal sealed class ExpansoJobLogs(IControlPlaneAddress address, TokenSource tokens, IControlPlane controlPlane, IOptions<ControlPlaneOptions> options, TimeProvider time) : IJobLogs
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    public async Task<ControlPlaneResult<LogStream>> FollowAsync(LogRequest request, CancellationToken cancel = default)
    {
        if (PathId.Check("job", request.JobId) is { } invalid) return invalid;
        if (address.BaseAddress is not { } known) return Failures.AddressUnknown;
        using var clock = new CancellationTokenSource(options.Value.RequestTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, clock.Token);
        try
        {
            var token = await tokens.GetAsync(both.Token);
            var result = await ConnectAsync(AddressOf(known, request), token, request.NodeIdOf, both.Token);
            // As for other calls, a refused token is exchanged once more.
            if (result.Failure?.Error == ControlPlaneError.Unauthorized && token is not null && tokens.Reject(token))
                result = await ConnectAsync(AddressOf(known, request), await tokens.GetAsync(both.Token), request.NodeIdOf, both.Token);
            // A server without the route replies 404 too, so the job is read to find out which it is.
            if (result.Failure?.Error == ControlPlaneError.NotFound && (await controlPlane.GetJobAsync(request.JobId, both.Token)).Succeeded)
                return result.Failure with { Error = ControlPlaneError.NotOffered, Message = "This control plane does not offer logs (status 404)." };
            return result.Failure is { } failure ? failure with { Message = tokens.HideOwn(failure.Message) } : result;
        }
        catch (ControlPlaneException e)
        {
            return e.Failure;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failures.TimedOut(ApiAddress.Of(known).ToString(), options.Value.RequestTimeout);
        }
    }

    private async Task<ControlPlaneResult<LogStream>> ConnectAsync(Uri uri, string? token, Func<string, string>? nodeIdOf, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.KeepAliveInterval = KeepAlive;
            // Detects a peer that disappeared without closing.
            socket.Options.KeepAliveTimeout = KeepAlive;
            socket.Options.SetRequestHeader("User-Agent", ControlPlaneServices.UserAgent);
            if (token is not null) socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            await socket.ConnectAsync(uri, cancel);
            var stream = new LogStream(socket, tokens.Hide, nodeIdOf);
            socket = null;
            return stream;
        }
        catch (WebSocketException e)
        {
            return FailureOf(socket!.HttpStatusCode, e, uri);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    // The body of a refused upgrade is not available, only its status.
    private static ControlPlaneFailure FailureOf(HttpStatusCode status, WebSocketException e, Uri uri) => (int)status switch
    {
        0 => Failures.Broken(uri.GetLeftPart(UriPartial.Authority), e.InnerException ?? e),
        401 => new(ControlPlaneError.Unauthorized, "The control plane asks for a token to show logs (status 401).", 401),
        403 => new(ControlPlaneError.Forbidden, "The token does not allow to read logs (status 403).", 403),
        404 => new(ControlPlaneError.NotFound, "The control plane has no logs of this job (status 404).", 404),
        400 or 405 or 426 or 501 => new(ControlPlaneError.NotOffered, $"This control plane does not offer logs (status {(int)status}).", (int)status),
        >= 200 and < 400 => new(ControlPlaneError.NotOffered, $"This control plane does not offer logs: it answered {(int)status} instead of opening a stream.", (int)status),
        var other => new(ControlPlaneError.Unexpected, $"The control plane answered {other} when asked for logs.", other),
    };

    private static Uri AddressOf(Uri known, LogRequest request)
    {
        var api = ApiAddress.Of(known);
        // The id is quoted in the query language, so its own quotes are escaped.
        var query = $$"""{service_name="expanso-edge"} | pipeline_id = "{{request.JobId.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}}" """.TrimEnd();
        var text = $"{api.GetLeftPart(UriPartial.Path).TrimEnd('/')}/jobs/{Uri.EscapeDataString(request.JobId)}/logs?query={Uri.EscapeDataString(query)}";
        if (request.Since is { } since) text += string.Create(CultureInfo.InvariantCulture, $"&start={(since - DateTimeOffset.UnixEpoch).Ticks * 100}");
        if (request.NodeId.Length > 0) text += "&node_id=" + Uri.EscapeDataString(request.NodeId);
        return new Uri((api.Scheme == Uri.UriSchemeHttps ? "wss" : "ws") + text[text.IndexOf(':')..]);
    }
}
