using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Retries of reads. Commands are never sent twice, because it is unknown whether the first one was executed.</summary>
internal static class ReadRetries
{
    private const int Retries = 2;

    /// <summary>Longest Retry-After that is waited for here; callers handle longer ones.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    public static void AddReadRetries(this IHttpClientBuilder client) =>
        client.AddResilienceHandler("reads", (pipeline, context) =>
        {
            var time = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.TimeProvider = time;
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = args => ValueTask.FromResult(IsWorthIt(args.Context.GetRequestMessage(), args.Outcome, time)),
            });
        });

    private static bool IsWorthIt(HttpRequestMessage? request, Outcome<HttpResponseMessage> outcome, TimeProvider time)
    {
        if (request?.Method != HttpMethod.Get) return false;
        if (outcome.Result is not { } reply) return outcome.Exception is HttpRequestException;
        if (Failures.RetryAfter(reply, time) > LongestWait) return false;
        return reply.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
    }
}
