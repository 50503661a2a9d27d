using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Retries of reads. A command is never sent twice: whether the first was done cannot be known.</summary>
internal static class ReadRetries
{
    private const int Retries = 2;

    /// <summary>Longest wait the server may ask for that is waited here; longer ones are the caller's to plan.</summary>
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
