using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// Replies to refused requests: one line of text for the client, a count for <c>/metrics</c>, and a limited number of log lines, so that repeated requests cannot
/// fill the log.
/// </summary>
internal sealed partial class RefusedRequests : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Meter _meter;
    private readonly Counter<long> _count;
    private readonly TimeProvider _time;
    private readonly ILogger<RefusedRequests> _log;
    private readonly Lock _gate = new();
    private DateTimeOffset _nextLine = DateTimeOffset.MinValue;

    public RefusedRequests(IMeterFactory meters, TimeProvider time, ILogger<RefusedRequests> log)
    {
        (_time, _log) = (time, log);
        _meter = meters.Create("ExecutionDashboard.Doors");
        _count = _meter.CreateCounter<long>("dashboard.refused_requests", "{request}", "Requests refused for their Host (reason=host) or for coming from another site's page (reason=origin)");
    }

    /// <summary>Replies.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">Status of the reply.</param>
    /// <param name="reason">Label of the count, one of few.</param>
    /// <param name="message">What is wrong, and which setting fixes it.</param>
    public Task AnswerAsync(HttpContext context, int status, string reason, string message)
    {
        _count.Add(1, new KeyValuePair<string, object?>("reason", reason));
        if (IsLineDue()) LogRefused(_log, status, context.Connection.RemoteIpAddress?.ToString() ?? "", message);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message, context.RequestAborted);
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>A text of the client for a message: shortened, printable characters only.</summary>
    public static string Quote(string? text)
    {
        const int longest = 100;
        var printable = new string([.. (text ?? "").Take(longest).Select(c => c is >= ' ' and <= '~' and not '\'' ? c : '?')]);
        return $"'{printable}{(text?.Length > longest ? "…" : "")}'";
    }

    private bool IsLineDue()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (now < _nextLine) return false;
            _nextLine = now + Quiet;
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a request with {Status}, from {Client}: {Reason} (further ones within a minute are only counted)")]
    private static partial void LogRefused(ILogger logger, int status, string client, string reason);
}
