using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Problems;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed;

/// <summary>Hosts the feed: it watches the control plane that is registered, logs every change, and streams them to dashboards.</summary>
public static class FeedHosting
{
    /// <summary>
    /// Adds the feed. Needs an <see cref="ControlPlane.IControlPlane"/> with the key <see cref="ControlPlane.ControlPlaneServices.Watching"/>, and the <see cref="FeedKey"/>
    /// that callers must send. Reads <c>ControlPlane:PollInterval</c>, <c>ControlPlane:SweepInterval</c>,
    /// <c>Storage:Provider</c>, <c>Storage:ConnectionString</c>, <c>Storage:Retention</c> and <c>Limits:SubscriptionsPerConnection</c>; values that make no sense stop the start by the key's name. Adds the health
    /// checks <c>feed</c> and <c>control plane</c>, which degrade but never fail.
    /// </summary>
    public static IServiceCollection AddFeed(this IServiceCollection services, IConfiguration configuration)
    {
        var setup = new FeedOptionsSetup(configuration);
        services.AddOptions<FeedOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<FeedOptions>>(setup);
        services.AddSingleton<IValidateOptions<FeedOptions>>(setup);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<FeedMetrics>();
        services.AddSingleton<FeedGauges>();
        services.AddSingleton<FeedLog>();
        services.AddSingleton<FleetMirror>();
        services.AddSingleton(new ChangeRing());
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<FeedStream>();
        services.AddSingleton<ExecutionHistory>();
        services.AddSingleton<DeploymentTimeline>();
        services.AddSingleton<ServerHistory>();
        services.AddSingleton<NodeTimelines>();
        services.AddSingleton<FleetMoments>();
        services.AddSingleton<CanaryMoments>();
        services.AddSingleton<ProblemStore>();
        services.AddSingleton<ProblemReader>();
        services.AddHostedService<FeedService>();
        services.AddHostedService<ProblemService>();
        // Only the JSON protocol is set up: Blazor's own hub speaks another one.
        services.AddSignalR().AddJsonProtocol(json => FeedContract.Configure(json.PayloadSerializerOptions));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, FeedKeyHandler>(FeedKeyHandler.SchemeName, null);
        services.AddAuthorization();
        // The framework notes each refusal: who knocks often would fill the log. They are counted instead.
        services.AddLogging(log => log.AddFilter(typeof(FeedKeyHandler).FullName, LogLevel.Warning));
        services.AddHealthChecks()
            .AddCheck<FeedHealth>("feed")
            .AddCheck<ControlPlaneHealth>("control plane");
        return services;
    }

    /// <summary>Names of the settings that the feed reads, as in <c>Storage:Retention</c>.</summary>
    public static IReadOnlyList<string> Settings => FeedOptionsSetup.Keys;

    /// <summary>The folder that the change log is in (<c>Storage:ConnectionString</c>), absolute.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="contentRoot">What a relative path starts from.</param>
    /// <exception cref="OptionsValidationException">The settings make no sense.</exception>
    public static string DataFolder(IConfiguration configuration, string contentRoot)
    {
        var (setup, options) = (new FeedOptionsSetup(configuration), new FeedOptions());
        setup.Configure(options);
        if (setup.Validate(null, options) is { Failed: true } problems) throw new OptionsValidationException("Storage", typeof(FeedOptions), problems.Failures);
        return Path.GetDirectoryName(options.FileIn(contentRoot))!;
    }

    /// <summary>
    /// Maps the hub (<see cref="FeedContract.HubPath"/>) and the REST API under <c>/feed/v1</c>. Both send specs unmasked, and so answer 401 to who
    /// does not send the <see cref="FeedKey"/>.
    /// </summary>
    public static IEndpointRouteBuilder MapFeed(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<FeedHub>(FeedContract.HubPath).RequireAuthorization(FeedKeyHandler.Policy);
        var api = endpoints.MapGroup("/feed/v1").RequireAuthorization(FeedKeyHandler.Policy);
        api.MapGet("/status", (StatusBoard board) => Results.Json(board.Status, FeedContract.Json));
        api.MapGet("/executions/{id}/history", async (HttpContext context, ExecutionHistory history, CancellationToken cancel) =>
        {
            var id = IdOf(context);
            return await history.OfAsync(id, cancel) is { } found
                ? Results.Json(found, FeedContract.Json)
                : Results.Json(new { message = $"There is no execution '{id}'." }, FeedContract.Json, statusCode: StatusCodes.Status404NotFound);
        });
        api.MapGet("/deployments/{id}/history", (HttpContext context, DeploymentTimeline timeline) =>
        {
            var id = IdOf(context);
            return timeline.Of(id) is { } found
                ? Results.Json(found, FeedContract.Json)
                : Results.Json(new { message = $"There is no deployment '{id}'." }, FeedContract.Json, statusCode: StatusCodes.Status404NotFound);
        });
        api.MapCanaries(IdOf);
        api.MapTimelines();
        api.MapMoments();
        api.MapProblems(IdOf);
        // Without this, an address or a method that is not there would be told apart from one that is without the key.
        api.Map("/{**rest}", () => Results.Json(new { message = "The feed has nothing at this address, or not for this method." }, FeedContract.Json, statusCode: StatusCodes.Status404NotFound));
        return endpoints;
    }

    // Of …/{id}/history. Routing leaves an escaped slash in an id escaped, and so cannot tell it from an id that has these three characters:
    // only the target as sent can.
    private static string IdOf(HttpContext context)
    {
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        return Uri.UnescapeDataString(path.TrimEnd('/').Split('/')[^2]);
    }
}
