using System.Diagnostics.Metrics;
using ExecutionDashboard.Live;
using OpenTelemetry.Metrics;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// <c>/metrics</c> in Prometheus' text format: the runtime (heap, collections, CPU), HTTP, SignalR and Blazor, and this program's own meters
/// <c>ExecutionDashboard.*</c>. No names of nodes or jobs and no ids are in it.
/// </summary>
public static class MetricsEndpoint
{
    private static readonly string[] Meters =
    [
        "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Components.Server.Circuits", "ExecutionDashboard.*",
    ];

    /// <summary>Registers the meters.</summary>
    public static IServiceCollection AddMetricsEndpoint(this IServiceCollection services, Roles roles)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        if (roles.HasFlag(Roles.Dashboard)) services.AddHostedService<DashboardMetrics>();
        return services;
    }

    /// <summary>Maps the endpoint.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app) => app.MapPrometheusScrapingEndpoint();

    /// <summary>What the dashboard knows of itself, meter <c>ExecutionDashboard.Dashboard</c>.</summary>
    private sealed class DashboardMetrics : IHostedService
    {
        public DashboardMetrics(IMeterFactory meters, Replica replica, LiveSignals signals)
        {
            var meter = meters.Create("ExecutionDashboard.Dashboard");
            meter.CreateObservableGauge("dashboard.executions", () => replica.Store.ExecutionCount, "{execution}", "Executions in the replica");
            meter.CreateObservableGauge("dashboard.sequence", () => replica.Sequence, "{change}", "Last change applied; -1 before the first whole snapshot");
            meter.CreateObservableGauge("dashboard.live", () => replica.Freshness.Kind == FreshnessKind.Live ? 1 : 0, "{bool}", "1 while the data is live");
            meter.CreateObservableGauge("dashboard.listeners", () => signals.SubscriberCount, "{listener}", "Parts of pages that follow live changes");
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
