using System.Text.Json;
using ExecutionDashboard.Fleet.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>A successful reply: its JSON and the server's clock.</summary>
internal readonly record struct Reply(JsonElement Root, int Status, DateTimeOffset? ServerTime);

/// <summary>Makes calls and converts all exceptions to results.</summary>
/// <param name="address">The server's address.</param>
/// <param name="options">Timeout and size limits.</param>
/// <param name="tokens">Provides the bearer tokens.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs failures.</param>
/// <param name="metrics">Counts calls and failures.</param>
/// <param name="unchanged">Keeps replies that the server need not send again.</param>
/// <param name="turns">The queue for calls; null without one.</param>
internal sealed partial class Caller(
    IControlPlaneAddress address, IOptions<ControlPlaneOptions> options, TokenSource tokens, TimeProvider time, ILogger<Caller> logger, CallMetrics metrics, UnchangedReplies unchanged, ViewerQueue? turns)
{
    // Deeper than any spec; the default of 64 would lose a whole page because of one deep configuration.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    /// <summary>The address without user name, query and fragment.</summary>
    public string Address => address.BaseAddress is { } known ? ApiAddress.Of(known).ToString() : "";

    /// <summary>Masks the secrets in a text of the server.</summary>
    public string Hide(string text) => tokens.Hide(text);

    /// <summary>A call with one JSON object as reply.</summary>
    public Task<ControlPlaneResult<T>> AskAsync<T>(
        Func<CancellationToken, Task<HttpResponseMessage>> send, Func<Reply, ControlPlaneResult<T>> read, CancellationToken cancel) =>
        SendAsync(send, (reply, body) => ReadJson(reply, body, read), isCommand: false, isObject: true, cancel);

    /// <summary>A call with a page of a list as reply, which may be longer.</summary>
    public Task<ControlPlaneResult<T>> AskPageAsync<T>(
        Func<CancellationToken, Task<HttpResponseMessage>> send, Func<Reply, ControlPlaneResult<T>> read, CancellationToken cancel) =>
        SendAsync(send, (reply, body) => ReadJson(reply, body, read), isCommand: false, isObject: false, cancel);

    /// <summary>A command. Its reply may be empty or not JSON; its root is then undefined. A long reply is no failure either, because the command was accepted.</summary>
    public Task<ControlPlaneResult<T>> TellAsync<T>(
        Func<CancellationToken, Task<HttpResponseMessage>> send, Func<Reply, ControlPlaneResult<T>> read, CancellationToken cancel) =>
        SendAsync(
            send,
            (reply, body) =>
            {
                if (body.IsHtml) return Failures.Html((int)reply.StatusCode);
                var json = body.IsBlank ? default : ReadJson(reply, body, read);
                return json.Failure is null && !body.IsBlank ? json : read(new Reply(default, (int)reply.StatusCode, reply.Headers.Date));
            },
            isCommand: true, isObject: false, cancel);

    private async Task<ControlPlaneResult<T>> SendAsync<T>(
        Func<CancellationToken, Task<HttpResponseMessage>> send, Func<HttpResponseMessage, ReplyBody, ControlPlaneResult<T>> read,
        bool isCommand, bool isObject, CancellationToken cancel)
    {
        var timeout = options.Value.RequestTimeout;
        var limit = isObject ? options.Value.MaxObjectBytes : options.Value.MaxResponseBytes;
        using var clock = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, clock.Token);
        ControlPlaneFailure failure;
        try
        {
            using var turn = turns is null ? null : await turns.EnterAsync(isCommand, both.Token);
            if (turn is { IsAcquired: false }) return turns!.Refusal;
            metrics.Called(isForViewer: turns is not null);
            using var reply = await send(both.Token);
            using var body = await ReplyBody.ReadAsync(reply.Content, limit, both.Token);
            if (!reply.IsSuccessStatusCode) failure = Failures.Of(reply, body, time, tokens.Hide);
            else if (body is null) failure = Failures.TooLong(limit, isObject, (int)reply.StatusCode);
            else
            {
                var result = await LargeReplies.ReadAsync(body.Length, () => read(reply, body));
                if (result.Succeeded)
                {
                    unchanged.Keep(reply, body);
                    return result;
                }
                failure = result.Failure;
            }
        }
        catch (Exception e) when (FailureOf(Failures.CauseOf(e), cancel) is { } known)
        {
            failure = known;
        }
        failure = failure with { Message = tokens.HideOwn(failure.Message) };
        metrics.Failed(failure.Error);
        LogFailure(failure.Error, failure.Status, failure.Message);
        return failure;
    }

    // Null rethrows the exception: only for the caller's own cancellation, and for bugs.
    private ControlPlaneFailure? FailureOf(Exception cause, CancellationToken cancel) => cause switch
    {
        OperationCanceledException when !cancel.IsCancellationRequested => Failures.TimedOut(Address, options.Value.RequestTimeout),
        OperationCanceledException => null,
        ControlPlaneException known => known.Failure,
        _ when Failures.IsBroken(cause) => Failures.Broken(Address, cause),
        _ => null,
    };

    private static ControlPlaneResult<T> ReadJson<T>(HttpResponseMessage reply, ReplyBody body, Func<Reply, ControlPlaneResult<T>> read)
    {
        var status = (int)reply.StatusCode;
        if (body.IsBlank) return Failures.Unreadable("The server answered with an empty body.", status);
        if (body.IsHtml) return Failures.Html(status);
        try
        {
            using var json = JsonDocument.Parse(WithoutMark(body.Bytes), Deep);
            return read(new Reply(json.RootElement, status, reply.Headers.Date));
        }
        catch (JsonException e)
        {
            return Failures.Unreadable($"The reply is not JSON, or ends too early: {body.Length} bytes, broken in line {e.LineNumber + 1}.", status);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            return Failures.Unreadable("The reply could not be read: " + SecretMask.MaskText(e.Message), status);
        }
    }

    // Some proxies and static servers put a byte order mark in front of the JSON.
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Call to the control plane failed: {Error}, status {Status}: {Reason}")]
    private partial void LogFailure(ControlPlaneError error, int? status, string reason);
}
