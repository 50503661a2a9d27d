using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using ExecutionDashboard.ControlPlane.Http;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>What a receiver answered.</summary>
/// <param name="Outcome">What it comes to.</param>
/// <param name="Reason">Why it was not taken, for people: without address, headers and words of the receiver. Empty when it was.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone; null when it does not.</param>
internal readonly record struct Reply(NotificationOutcome Outcome, string Reason = "", TimeSpan? RetryAfter = null);

/// <summary>
/// Posts to a receiver. Addresses and headers may be secrets: neither logs nor traces have them, no other address is followed to, and an answer is not read.
/// </summary>
internal sealed class Receiver(NotificationTarget target, TimeProvider time) : IDisposable
{
    /// <summary>How long a receiver may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    // Without a propagator there is no activity of a request, whose tags would have the address.
    private readonly HttpClient _http = new(new ConnectionFaults(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, ConnectTimeout = Patience, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Posts a body of JSON.</summary>
    /// <param name="body">The body.</param>
    /// <param name="id">Idempotency key, the same each time that the same is posted; null for none.</param>
    /// <param name="stop">The process ends: an answer that is on its way is still waited for, a moment.</param>
    public async Task<Reply> PostAsync(byte[] body, string? id, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var stopping = stop.Register(static s => ((CancellationTokenSource)s!).CancelAfter(LastMoment), patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("execution-dashboard", null));
            if (id is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
            foreach (var (name, value) in target.Headers)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
            using var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return Of(reply);
        }
        catch (OperationCanceledException)
        {
            return new Reply(NotificationOutcome.Failed, $"did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException e)
        {
            return new Reply(NotificationOutcome.Failed, Why(e));
        }
    }

    public void Dispose() => _http.Dispose();

    private Reply Of(HttpResponseMessage reply)
    {
        if (reply.IsSuccessStatusCode) return new Reply(NotificationOutcome.Sent);
        var reason = $"answered with status {(int)reply.StatusCode}";
        // What it says of the message will be the same each time; what it says of itself (a key, an address, its load) will not.
        if (reply.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity)
            return new Reply(NotificationOutcome.Refused, reason);
        if ((int)reply.StatusCode is >= 300 and < 400) reason += ": it names another address, which has to be set instead";
        var after = reply.Headers.RetryAfter switch { { Delta: { } delta } => delta, { Date: { } date } => date - time.GetUtcNow(), _ => (TimeSpan?)null };
        return new Reply(NotificationOutcome.Failed, reason, after is not { } wait ? null : TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestRetryAfter.Ticks)));
    }

    // The exceptions' own words may have the address.
    private static string Why(HttpRequestException e) => e switch
    {
        { InnerException: SocketException socket } => $"cannot be reached ({socket.SocketErrorCode})",
        { InnerException: AuthenticationException } => "has a certificate that is not trusted",
        _ => $"cannot be asked ({e.HttpRequestError})",
    };
}
