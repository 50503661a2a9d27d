using System.Threading.RateLimiting;
using ExecutionDashboard.Hosting.SignIn;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Registers and applies the limits of the dashboard: see <see cref="LimitsOptions"/>.</summary>
internal static class LimitsHosting
{
    private const string CircuitPath = "/_blazor";

    // Other parts of this program, which have their own limits, and probes.
    private static readonly PathString[] Uncounted = ["/simulator", "/feed/v1", "/hubs/feed", "/health"];

    /// <summary>Registers the limits of circuits, requests and exports.</summary>
    public static void AddLimits(this IServiceCollection services, IConfiguration configuration, IServerSideBlazorBuilder circuits)
    {
        var section = configuration.GetSection(LimitsOptions.Section);
        services.AddOptionsWithValidateOnStart<LimitsOptions>().Bind(section);
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsOptionsCheck>();
        services.AddSingleton<CircuitQuota>();
        services.AddSingleton<CircuitQuotaFilter>();
        services.AddSingleton<ConnectionOrigin>();
        services.AddSingleton<ExportQueue>();
        services.AddSingleton<DisconnectedCircuits>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<DisconnectedCircuits>());
        services.AddOptions<CircuitOptions>().Configure<IOptions<LimitsOptions>>((circuit, limits) =>
        {
            circuit.DisconnectedCircuitMaxRetained = limits.Value.DisconnectedCircuits;
            circuit.DisconnectedCircuitRetentionPeriod = limits.Value.DisconnectedCircuitTime;
        });
        var messageBytes = section.GetValue(nameof(LimitsOptions.CircuitMessageBytes), new LimitsOptions().CircuitMessageBytes);
        circuits.AddHubOptions(hub =>
        {
            hub.MaximumReceiveMessageSize = messageBytes;
            hub.AddFilter<CircuitQuotaFilter>();
            hub.AddFilter<ConnectionOrigin>();
        });
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitsOptions>>((limiter, limits) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsUncounted(context)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(ClientAddress.Of(context), _ => new()
                {
                    TokenLimit = limits.Value.RequestBurst, TokensPerPeriod = limits.Value.RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                }));
            limiter.OnRejected = (rejected, _) => new(LimitReply.WriteAsync(
                rejected.HttpContext, StatusCodes.Status429TooManyRequests, LimitExceeded.Requests(limits.Value.RequestsPerSecond),
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null));
        });
    }

    /// <summary>Refuses tabs beyond the limit: both the document, so that the user reads why, and the connection.</summary>
    public static void UseCircuitLimit(this IApplicationBuilder app)
    {
        var places = app.ApplicationServices.GetRequiredService<CircuitQuota>();
        app.Use((context, next) => AsksForCircuit(context) && places.Full(ClientAddress.Of(context)) is { } met
            ? LimitReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, met)
            : next(context));
    }

    // Unknown addresses are answered with a page and count as one.
    private static bool IsUncounted(HttpContext context) =>
        (context.GetEndpoint() is not null && Uncounted.Any(path => context.Request.Path.StartsWithSegments(path))) || context.RequestServices.GetService<PageWarmUp>()?.Asks(context) == true;

    // A long-polling request belongs to an admitted connection.
    private static bool AsksForCircuit(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(CircuitPath, out var rest))
            return rest == "/negotiate" || request.Headers.Upgrade == "websocket" || context.Features.Get<IHttpExtendedConnectFeature>()?.Protocol == "websocket";
        return HttpMethods.IsGet(request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
    }
}
