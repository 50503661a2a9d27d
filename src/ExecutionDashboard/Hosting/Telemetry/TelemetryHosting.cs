using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>
/// <c>/metrics</c> in Prometheus' text format, and metrics and traces by OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Metrics contain no ids and no names of
/// nodes or jobs; <see cref="MetricViews"/> selects the series.
/// </summary>
internal static class TelemetryHosting
{
    private const string ServiceName = "execution-dashboard";

    private static readonly string[] Meters =
    [
        "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "ExecutionDashboard.*",
    ];

    /// <summary>Registers metrics and traces.</summary>
    /// <exception cref="InvalidOperationException">The collector's address is invalid; the message names the setting.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, Roles roles)
    {
        var telemetry = services.AddOpenTelemetry()
            // The operator's own values (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) take precedence.
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: Version).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddView(MetricViews.Of).AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false));
        if (CollectorSetting.IsSet(configuration))
            telemetry.WithTracing(traces => traces.AddSource("ExecutionDashboard.*", "System.Net.Http")).UseOtlpExporter();
        services.AddHostedService<ThreadPoolGauges>();
        if (roles.HasFlag(Roles.Dashboard)) services.AddHostedService<DashboardMetrics>();
        return services;
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app) => app.MapPrometheusScrapingEndpoint().DisableHttpMetrics().AllowAnonymous();

    private static string? Version => typeof(TelemetryHosting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
