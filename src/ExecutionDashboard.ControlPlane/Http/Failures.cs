using System.Net;
using System.Text.Json;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet;
using Refit;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Carries a failure out of a message handler.</summary>
internal sealed class ControlPlaneException(ControlPlaneFailure failure) : Exception(failure.Message)
{
    public ControlPlaneFailure Failure { get; } = failure;
}

/// <summary>Builds failures with messages for operators.</summary>
internal static class Failures
{
    public const int MaxMessage = 500;

    // For a body that is not JSON. Longer than a message, so that secrets are masked before they are cut.
    private const int MaxText = 16 * 1024;

    public static ControlPlaneFailure AddressUnknown { get; } =
        new(ControlPlaneError.Unreachable, "The control plane's address is not known yet.");

    public static ControlPlaneFailure TimedOut(string address, TimeSpan timeout) =>
        new(ControlPlaneError.Unreachable, $"No whole answer from {address} within {timeout.TotalSeconds:0.###} s (ControlPlane:RequestTimeout).");

    public static ControlPlaneFailure TooLong(long limit, bool isObject, int status)
    {
        LimitMetric.Met(isObject ? "object_bytes" : "response_bytes");
        return new(ControlPlaneError.Unexpected, $"The reply is longer than {limit} bytes (ControlPlane:{(isObject ? nameof(ControlPlaneOptions.MaxObjectBytes) : nameof(ControlPlaneOptions.MaxResponseBytes))}).", status);
    }

    public static ControlPlaneFailure Html(int status) =>
        new(ControlPlaneError.Unexpected, $"The server answered HTML instead of JSON (status {status}).", status);

    public static ControlPlaneFailure Unreadable(string why, int status) => new(ControlPlaneError.Unexpected, Short(why), status);

    /// <summary>The original exception: Refit wraps exceptions of handlers.</summary>
    public static Exception CauseOf(Exception exception) => exception is ApiRequestException { InnerException: { } inner } ? inner : exception;

    /// <summary>Whether the connection could not be made, or broke.</summary>
    public static bool IsBroken(Exception exception) => exception is HttpRequestException or IOException or InvalidDataException;

    /// <summary>A failure without a reply. The exception's own text may contain a proxy's address with secrets, so only its kind is used.</summary>
    public static ControlPlaneFailure Broken(string address, Exception exception)
    {
        var why = (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "its host name is not known",
            HttpRequestError.ConnectionError => "the connection was refused or could not be made",
            HttpRequestError.SecureConnectionError => "no secure connection could be made (certificate or protocol)",
            HttpRequestError.ProxyTunnelError => "the proxy did not let it through",
            HttpRequestError.ResponseEnded => "the connection ended in the middle of the reply",
            HttpRequestError.InvalidResponse => "it does not speak HTTP",
            _ => "the connection broke",
        };
        return new(ControlPlaneError.Unreachable, $"{address} cannot be reached: {why}.");
    }

    /// <summary>The failure of an error reply. Secrets are masked before the message is cut, so that no part of one remains at its end.</summary>
    public static ControlPlaneFailure Of(HttpResponseMessage reply, ReplyBody? body, TimeProvider time, Func<string, string> hide)
    {
        var status = (int)reply.StatusCode;
        var error = reply.StatusCode switch
        {
            HttpStatusCode.Unauthorized => ControlPlaneError.Unauthorized,
            HttpStatusCode.Forbidden => ControlPlaneError.Forbidden,
            HttpStatusCode.NotFound => ControlPlaneError.NotFound,
            HttpStatusCode.Conflict => ControlPlaneError.Conflict,
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => ControlPlaneError.Invalid,
            HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => ControlPlaneError.NotOffered,
            _ => ControlPlaneError.Unexpected,
        };
        return new(error, Short(hide(PlainText.Of(MessageOf(status, reply, body)))), status, RetryAfter(reply, time));
    }

    /// <summary>How long the server asks to wait, never negative; null when not sent.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage reply, TimeProvider time)
    {
        var asked = reply.Headers.RetryAfter;
        if ((asked?.Delta ?? asked?.Date - time.GetUtcNow()) is not { } wait) return null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>The text on one line, without control characters, at most <see cref="MaxMessage"/> characters.</summary>
    public static string Short(string text)
    {
        text = PlainText.Of(text);
        var line = string.Create(Math.Min(text.Length, MaxMessage), text, static (into, from) =>
        {
            for (var i = 0; i < into.Length; i++) into[i] = char.IsControl(from[i]) ? ' ' : from[i];
        }).Trim();
        return text.Length > MaxMessage ? line[..Math.Min(line.Length, MaxMessage - 1)] + "…" : line;
    }

    private static string MessageOf(int status, HttpResponseMessage reply, ReplyBody? body)
    {
        var plain = $"The server answered {status}{(string.IsNullOrWhiteSpace(reply.ReasonPhrase) ? "" : " " + reply.ReasonPhrase)}.";
        if (status is >= 300 and < 400) return $"The server answered {status}: it redirects elsewhere. Is ControlPlane:Url right?";
        if (body is null || body.IsBlank) return plain;
        if (body.IsHtml) return Html(status).Message;
        try
        {
            using var json = JsonDocument.Parse(body.Bytes);
            var text = JsonMessage(json.RootElement);
            return text.Length > 0 ? text : plain;
        }
        catch (JsonException)
        {
            return $"The server answered {status}: {body.Text(MaxText)}";
        }
    }

    // {message}, {error: "…"}, {error: {message}}, or a text.
    private static string JsonMessage(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.String) return root.Text();
        var message = Fields.Get(root, "message"u8).Text();
        if (message.Length > 0) return message;
        var error = Fields.Get(root, "error"u8);
        return error.ValueKind == JsonValueKind.Object ? Fields.Get(error, "message"u8).Text() : error.Text();
    }
}
