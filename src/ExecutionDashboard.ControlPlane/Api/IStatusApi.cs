using Refit;

namespace ExecutionDashboard.ControlPlane.Api;

/// <summary>Routes of the server itself.</summary>
internal interface IStatusApi
{
    [Get("/health")]
    Task<HttpResponseMessage> HealthAsync(CancellationToken cancel);

    [Get("/status")]
    Task<HttpResponseMessage> StatusAsync(CancellationToken cancel);
}

/// <summary>Resource usage over time.</summary>
internal interface IMetricsApi
{
    /// <summary>Times in Unix seconds, step in seconds; servers keep about the last 30 minutes.</summary>
    [Get("/metrics/query_range")]
    Task<HttpResponseMessage> QueryRangeAsync(string query, long start, long end, int step, CancellationToken cancel);
}

/// <summary>Exchanges an API key for a bearer token; the route is <see cref="ControlPlaneOptions.TokenUrl"/> itself.</summary>
internal interface ITokenApi
{
    [Post("/")]
    Task<HttpResponseMessage> ExchangeAsync([Authorize("Bearer")] string apiKey, CancellationToken cancel);
}
