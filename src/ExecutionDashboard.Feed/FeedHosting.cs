using System.Data.Common;
using ExecutionDashboard.Feed.Audit;
using ExecutionDashboard.Feed.Bulk;
using ExecutionDashboard.Feed.Changes;
using ExecutionDashboard.Feed.Convergence;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Notifications;
using ExecutionDashboard.Feed.Past;
using ExecutionDashboard.Feed.Presence;
using ExecutionDashboard.Feed.Problems;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Feed.UserData;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Audit;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Problems;
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

/// <summary>Hosts the feed: it polls the control plane, logs every change and streams the changes to dashboards.</summary>
public static class FeedHosting
{
    /// <summary>
    /// Adds the feed. Needs an <see cref="ControlPlane.IControlPlane"/> with the key <see cref="ControlPlane.ControlPlaneServices.Watching"/>, and the
    /// <see cref="FeedKey"/> that clients must send. Reads <c>ControlPlane:PollInterval</c>, <c>ControlPlane:ShortestPollInterval</c>, <c>ControlPlane:SweepInterval</c>, <c>Storage:Provider</c>,
    /// <c>Storage:ConnectionString</c>, <c>Storage:Retention</c>, <c>Limits:SubscriptionsPerConnection</c>, <c>Audit:Retention</c>, <c>Redis:ConnectionString</c>, <c>Notifications:*</c> and
    /// <c>Dashboard:PublicUrls</c>; an invalid value stops the start with an error that
    /// names the setting. Adds the health checks <c>feed</c>, <c>control plane</c> and, where it is used, <c>redis</c>, which degrade but never fail.
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
        services.AddSingleton<SnapshotKeeper>();
        services.AddSingleton(provider => new ChangeRing(provider.GetRequiredService<FleetMirror>()));
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<FeedStream>();
        services.AddSingleton<Leadership>();
        services.AddSingleton<LeaseKeeper>();
        services.AddSingleton<StandbyFeed>();
        services.AddSingleton<CommitHints>();
        var redis = RedisSettings.Read(configuration, IsShared(configuration));
        services.AddSingleton(redis);
        services.AddSingleton<RedisHints>();
        // Asked for when the log is open.
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ChangeCommitter>(provider, provider.GetRequiredService<FeedLog>().Log));
        services.AddSingleton<SnapshotStream>();
        services.AddSingleton<ExecutionHistory>();
        services.AddSingleton<DeploymentTimeline>();
        services.AddSingleton<ServerHistory>();
        services.AddSingleton<NodeTimelines>();
        services.AddSingleton<FleetMoments>();
        services.AddSingleton<PastSnapshot>();
        services.AddSingleton<CanaryMoments>();
        services.AddSingleton<RangeChanges>();
        services.AddSingleton(ConvergenceOptions.Read(configuration));
        services.AddSingleton<ConvergenceStore>();
        services.AddHostedService<ConvergenceService>();
        services.AddSingleton<ProblemStore>();
        services.AddSingleton(provider =>
        {
            var (store, options, time) = (provider.GetRequiredService<ProblemStore>(), provider.GetRequiredService<IOptions<FeedOptions>>(), provider.GetRequiredService<TimeProvider>());
            return new ProblemReader(provider.GetRequiredService<FeedLog>(), () => store.KnownSince(time.GetUtcNow() - options.Value.Retention));
        });
        services.AddSingleton(AuditOptions.Read(configuration));
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<Fleet.Audit.IAuditLog, LocalAudit>();
        services.AddSingleton<UserDataStore>();
        services.AddSingleton<PresenceBoard>();
        services.AddSingleton<WatchedDashboards>();
        services.AddSingleton(provider => new PollPace(provider.GetRequiredService<IOptions<FeedOptions>>().Value, provider.GetRequiredService<WatchedDashboards>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<PresenceService>();
        services.AddSingleton<BulkStore>();
        // Before the feed, so that it ends after it: that the lead is free is told last.
        services.AddHostedService(provider => provider.GetRequiredService<RedisHints>());
        services.AddHostedService<FeedService>();
        services.AddHostedService<ProblemService>();
        services.AddHostedService<AuditService>();
        services.AddSingleton(NotificationSettings.Read(configuration));
        services.AddSingleton<NotificationMetrics>();
        services.AddHostedService<NotificationService>();
        // Configures the JSON protocol only: Blazor's own hub uses another one.
        services.AddSignalR().AddJsonProtocol(json => FeedContract.Configure(json.PayloadSerializerOptions));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, FeedKeyHandler>(FeedKeyHandler.SchemeName, null);
        services.AddAuthorization();
        // The framework logs each refused request, which would fill the log. They are counted instead.
        services.AddLogging(log => log.AddFilter(typeof(FeedKeyHandler).FullName, LogLevel.Warning));
        var health = services.AddHealthChecks().AddCheck<FeedHealth>("feed").AddCheck<ControlPlaneHealth>("control plane");
        if (redis.Options is not null) health.AddCheck<RedisHealth>("redis");
        return services;
    }

    /// <summary>Names of the settings of the feed, such as <c>Storage:Retention</c>.</summary>
    public static IReadOnlyList<string> Settings { get; } = [.. FeedOptionsSetup.Keys, .. RedisSettings.Keys, .. AuditOptions.Keys, .. ConvergenceOptions.Keys, .. NotificationSettings.Keys];

    /// <summary>Whether several feeds may share the change log, of which one leads: with PostgreSQL.</summary>
    public static bool IsShared(IConfiguration configuration) => StorageSettings.Read(name => configuration[name]).IsPostgreSql;

    /// <summary>The folder of files that this program keeps: that of the change log (<c>Storage:ConnectionString</c>), or <c>data</c> where that is no file; absolute.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="contentRoot">Base of a relative path.</param>
    /// <exception cref="OptionsValidationException">The settings are invalid.</exception>
    public static string DataFolder(IConfiguration configuration, string contentRoot) => OptionsOf(configuration).Storage.FolderIn(contentRoot);

    /// <summary>Verifies the audit (<c>--verify-audit</c>), beside a running feed or without one, and writes what it found as one line.</summary>
    /// <param name="configuration">The settings, which name the file.</param>
    /// <param name="contentRoot">Base of a relative path.</param>
    /// <param name="head">A head that was noted earlier, as the log and <c>/metrics</c> have it; null to trust the file's own end.</param>
    /// <param name="output">Takes the line.</param>
    /// <returns>0 when no row is broken, 1 when one is, 2 when the audit cannot be read.</returns>
    public static async Task<int> VerifyAuditAsync(IConfiguration configuration, string contentRoot, string? head, TextWriter output)
    {
        var settings = OptionsOf(configuration).Storage;
        try
        {
            using var session = settings.OpenToRead(contentRoot);
            var verdict = AuditVerification.Of(session, head);
            await output.WriteLineAsync(verdict.Broken == 0 ? $"{verdict.Message} Head {verdict.Head}" : verdict.Message);
            return verdict.Broken == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is DbException or FormatException)
        {
            await output.WriteLineAsync(e is DbException failure ? $"The audit in {settings.NameIn(contentRoot)} (Storage:ConnectionString) cannot be read: {StorageErrors.Reason(failure)}" : e.Message);
            return 2;
        }
    }

    /// <summary>
    /// Maps the hub (<see cref="FeedContract.HubPath"/>) and the REST API under <c>/feed/v1</c>. Both send specs with their secrets, so they reply 401 to clients
    /// without the <see cref="FeedKey"/>. And <c>/health/leader</c> for balancers, which anybody may ask: 503 where another feed leads.
    /// </summary>
    public static IEndpointRouteBuilder MapFeed(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/leader", (StatusBoard board) => board.Status is { LogId.Length: > 0, IsStandby: false }
            ? Results.Text("leads") : Results.Text("does not lead", statusCode: StatusCodes.Status503ServiceUnavailable)).DisableHttpMetrics().AllowAnonymous();
        endpoints.MapHub<FeedHub>(FeedContract.HubPath).RequireAuthorization(FeedKeyHandler.Policy);
        var api = endpoints.MapGroup("/feed/v1").RequireAuthorization(FeedKeyHandler.Policy).AddEndpointFilter(AnswerWithoutStorageAsync);
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
        api.MapSnapshot();
        api.MapCanaries(IdOf);
        api.MapTimelines();
        api.MapMoments();
        api.MapPast();
        api.MapChanges();
        api.MapConvergence();
        // Kept in memory by the feed that leads, beside the database.
        var kept = api.MapGroup("").AddEndpointFilter(AnswerWhereLedAsync);
        kept.MapProblems(IdOf);
        kept.MapAudit();
        kept.MapUserData();
        kept.MapBulk();
        // Without this, a client without the key could see which addresses and methods exist.
        api.Map("/{**rest}", () => Results.Json(new { message = "The feed has nothing at this address, or not for this method." }, FeedContract.Json, statusCode: StatusCodes.Status404NotFound));
        return endpoints;
    }

    // Those that write say so in their own words, nearer to the request.
    private static async ValueTask<object?> AnswerWithoutStorageAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DbException e)
        {
            return Results.Json(new { message = $"The change log cannot be read ({StorageErrors.Reason(e)})." }, FeedContract.Json, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    // A feed that stands by names the one that leads; whoever asked asks there.
    private static async ValueTask<object?> AnswerWhereLedAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        return services.GetRequiredService<Leadership>().WhyNot() is not { } reason ? await next(context)
            : Results.Json(new { message = reason, leader = services.GetRequiredService<StatusBoard>().Status.LeaderAddress }, FeedContract.Json, statusCode: StatusCodes.Status421MisdirectedRequest);
    }

    private static FeedOptions OptionsOf(IConfiguration configuration)
    {
        var (setup, options) = (new FeedOptionsSetup(configuration), new FeedOptions());
        setup.Configure(options);
        return setup.Validate(null, options) is { Failed: true } problems ? throw new OptionsValidationException("Storage", typeof(FeedOptions), problems.Failures) : options;
    }

    // The id in …/{id}/history. Routing does not decode an escaped slash, and cannot tell it from an id that contains the text "%2F",
    // so the id is taken from the raw request target.
    private static string IdOf(HttpContext context)
    {
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        return Uri.UnescapeDataString(path.TrimEnd('/').Split('/')[^2]);
    }
}
