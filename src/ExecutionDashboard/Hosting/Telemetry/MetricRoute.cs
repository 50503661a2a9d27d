using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>Which route a request counts for in metrics. Each file as a route of its own made half of all series.</summary>
internal static class MetricRoute
{
    /// <summary>Names the endpoints' route.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="route">The route in metrics.</param>
    public static void CountAs(this IEndpointConventionBuilder endpoints, string route) => endpoints.Add(endpoint => endpoint.Metadata.Add(new NamedRoute(route)));

    /// <summary>Leaves requests out of the metrics: of connections that last, the time that a request takes says nothing.</summary>
    /// <param name="app">The program.</param>
    /// <param name="path">Start of their addresses.</param>
    public static void LeaveOutOfMetrics(this IApplicationBuilder app, PathString path) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(path) && context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) metrics.MetricsDisabled = true;
        return next(context);
    });

    private sealed record NamedRoute(string Route) : IRouteDiagnosticsMetadata;
}
