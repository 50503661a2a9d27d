using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>Sets the route label of requests. One route per static file would make half of all series.</summary>
internal static class MetricRoute
{
    /// <summary>Sets the route label of endpoints.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="route">The route in metrics.</param>
    public static void CountAs(this IEndpointConventionBuilder endpoints, string route) => endpoints.Add(endpoint => endpoint.Metadata.Add(new NamedRoute(route)));

    /// <summary>Excludes requests from the metrics: the duration of a long-lived connection is not a response time.</summary>
    /// <param name="app">The program.</param>
    /// <param name="path">Start of their paths.</param>
    public static void LeaveOutOfMetrics(this IApplicationBuilder app, PathString path) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(path) && context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) metrics.MetricsDisabled = true;
        return next(context);
    });

    private sealed record NamedRoute(string Route) : IRouteDiagnosticsMetadata;
}
