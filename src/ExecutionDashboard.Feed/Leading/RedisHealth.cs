using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExecutionDashboard.Feed.Leading;

/// <summary>Whether Redis can be reached. Feeds work without it, so it only degrades. The endpoint is public, so it does not say where Redis is.</summary>
internal sealed class RedisHealth(RedisHints redis) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        redis.IsConnected ? HealthCheckResult.Healthy("Connected") : HealthCheckResult.Degraded("Not reachable: feeds that stand by follow the database"));
}
