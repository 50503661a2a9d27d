using System.Text.Json;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// <c>/health/live</c>: the process runs. <c>/health/ready</c>: pages can be served; its JSON has the state of each dependency. An unreachable control plane is
/// reported but does not fail the check, because the pages show the last data. The endpoints are public, so they contain no text of the control plane or the feed.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Registers the checks of this process.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services, Roles roles)
    {
        var checks = services.AddHealthChecks();
        if (roles.HasFlag(Roles.Dashboard)) checks.AddCheck<ReplicaHealth>("replica");
        return services;
    }

    /// <summary>Maps both endpoints.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write }).DisableHttpMetrics().AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write }).DisableHttpMetrics().AllowAnonymous();
    }

    private static Task Write(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        var body = new
        {
            status = report.Status.ToString().ToLowerInvariant(),
            dependencies = report.Entries.ToDictionary(
                e => e.Key,
                e => new { status = e.Value.Status.ToString().ToLowerInvariant(), description = e.Value.Description ?? "" }),
        };
        return context.Response.WriteAsync(JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
    }

    private sealed class ReplicaHealth(ScopedFleets fleets, PageWarmUp pages) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var now = fleets.Whole.GetRequiredService<Replica>().Freshness;
            var isReady = now.Kind != FreshnessKind.Live || pages.IsDone;
            var text = isReady ? now.Kind.ToString().ToLowerInvariant() : "starting";
            return Task.FromResult(isReady && now.Kind == FreshnessKind.Live ? HealthCheckResult.Healthy(text) : HealthCheckResult.Degraded(text));
        }
    }
}
