using ExecutionDashboard.Feed.Live;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExecutionDashboard.Feed;

/// <summary>Whether the feed has loaded the fleet and can write its log. The endpoint is public, so it contains no text of the control plane.</summary>
internal sealed class FeedHealth(StatusBoard board) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = board.Status;
        return Task.FromResult(
            status is { IsStandby: true, LogId.Length: 0 } ? HealthCheckResult.Unhealthy("Standby: its copy of the fleet is not loaded")
            : status.LogId.Length == 0 ? HealthCheckResult.Degraded("Starting")
            : status is { IsStandby: true } ? HealthCheckResult.Healthy(status.Leader.Length > 0 ? "Standby" : "Standby: no feed leads")
            : status.Loading is { } loaded ? HealthCheckResult.Degraded($"Loading: {loaded} of {status.Total?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} executions")
            : HealthCheckResult.Healthy(status.Warning.Length > 0 ? "Some objects could not be read" : ""));
    }
}

/// <summary>
/// Whether the control plane is reachable. Pages work without it, so it only degrades. The reason is on the pages and in the feed's status, because this endpoint is
/// public.
/// </summary>
internal sealed class ControlPlaneHealth(StatusBoard board) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = board.Status;
        return Task.FromResult(
            // The leader asks it.
            status.IsStandby ? HealthCheckResult.Healthy("Asked by the feed that leads")
            : status.BlindSince is { } since ? HealthCheckResult.Degraded($"Unreachable since {since:O}")
            : status.LastSuccessAt is null || status.IsConfirming ? HealthCheckResult.Degraded("Not asked yet")
            : HealthCheckResult.Healthy($"Answered at {status.LastSuccessAt:O}"));
    }
}
