using ExecutionDashboard.Components;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Layout.Palette;
using ExecutionDashboard.Components.Pages.Audit;
using ExecutionDashboard.Components.Pages.Bulk;
using ExecutionDashboard.Components.Pages.Changes.Incident;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Components.Shared.Things;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Hosting.Limits;
using ExecutionDashboard.Hosting.Planes;
using ExecutionDashboard.Hosting.Requests;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Hosting.Telemetry;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Audit;
using ExecutionDashboard.Live.Bulk;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Live.UserData;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.Bulk;
using ExecutionDashboard.Operations.Presence;
using ExecutionDashboard.Operations.Undo;
using ExecutionDashboard.Operations.UserData;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace ExecutionDashboard.Hosting;

/// <summary>Registers and maps the pages.</summary>
public static class DashboardHosting
{
    /// <summary>Registers what the pages need. The host registers the client of the control plane.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration with the limits: see <see cref="LimitsOptions"/>.</param>
    public static IServiceCollection AddDashboard(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLimits(configuration, services.AddRazorComponents().AddInteractiveServerComponents());
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddCompression();
        CircuitJson.KeepSmall(services);
        services.AddMudServices();
        services.AddSingleton<ThemeSheet>();
        services.AddSingleton<PageSheet>();
        services.AddSingleton(provider => new DemoFleet(ControlPlaneAddress.IsSimulator(provider.GetRequiredService<IOptions<ControlPlaneOptions>>().Value.Url)));
        services.AddSingleton<IFeedAddress, FeedAddress>();
        services.AddSingleton<IValidateOptions<AttentionOptions>, AttentionOptionsCheck>();
        services.AddOptionsWithValidateOnStart<AttentionOptions>().Bind(configuration.GetSection(AttentionOptions.Section));
        services.AddSingleton<ConnectedTabs>();
        services.AddSingleton<PresenceExchange>();
        services.AddScoped<CircuitHandler, PresenceCircuit>();
        services.AddScoped<CircuitHandler, PastCircuit>();
        services.AddHostedService<AttentionWatch>();
        services.AddHostedService<ProblemExchange>();
        services.AddTransient<LeaderRedirect>();
        services.AddHttpClient<FeedFinder>(http => http.Timeout = FeedFinder.Patience);
        services.AddHttpClient<ProblemClient>(http => http.Timeout = TimeSpan.FromSeconds(10)).AddHttpMessageHandler<LeaderRedirect>();
        // The feed of this process has registered its own, which is the one that leads unless others share its database.
        if (FeedAddress.Read(configuration).Count > 0 || FeedHosting.IsShared(configuration) || !services.Any(service => service.ServiceType == typeof(IAuditLog)))
            services.AddHttpClient<IAuditLog, AuditClient>(http => http.Timeout = TimeSpan.FromSeconds(10)).AddHttpMessageHandler<LeaderRedirect>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<OperationFollow>();
        services.AddSingleton<RequestAudit>();
        services.AddSingleton<ExportAudit>();
        services.AddHttpContextAccessor();
        services.AddScoped<ITabAddress, TabAddress>();
        services.AddScoped<ClientOrigin>();
        services.AddScoped<IClientOrigin>(provider => provider.GetRequiredService<ClientOrigin>());
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<ClientOrigin>());
        services.AddHttpClient<IUserDataFeed, UserDataClient>(http => http.Timeout = TimeSpan.FromSeconds(10)).AddHttpMessageHandler<LeaderRedirect>();
        services.AddHostedService(provider => provider.GetRequiredService<UserDataExchange>());
        services.AddHttpClient<IBulkFeed, BulkClient>(http => http.Timeout = TimeSpan.FromSeconds(10)).AddHttpMessageHandler<LeaderRedirect>();
        services.AddSingleton<IValidateOptions<BulkOptions>, BulkOptionsCheck>();
        services.AddOptionsWithValidateOnStart<BulkOptions>().Bind(configuration.GetSection(BulkOptions.Section));
        services.AddHostedService<BulkExchange>();
        services.AddHostedService<BulkDriver>();
        services.AddHostedService<SpecWarmUp>();
        services.AddSingleton<PageWarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<PageWarmUp>());
        services.AddHostedService(provider => provider.GetRequiredService<DelayedCommands>());
        services.AddHttpClient<FeedHistoryClient>(http => http.Timeout = TimeSpan.FromSeconds(10));
        services.AddHttpClient<IPastFeed, PastClient>(http => http.Timeout = Timeout.InfiniteTimeSpan);
        services.AddFeedConnections(PlaneSettings.Read(configuration, Roles.Dashboard));
        return services.AddPages();
    }

    /// <summary>
    /// Registers the data of the pages: the replica, views that are computed once for all viewers, and the commands. Needs an <see cref="IControlPlane"/>, an
    /// <see cref="IFeedAddress"/>, an <see cref="IAuditLog"/>, a <see cref="FeedHistoryClient"/> and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<LiveLag>();
        services.AddSingleton<OperationLog>();
        services.AddSingleton<OperationWatch>();
        services.TryAddSingleton(new AccessSettings());
        services.TryAddScoped<ICurrentUser, Anyone>();
        services.TryAddScoped<IClientOrigin, NoOrigin>();
        services.TryAddScoped<ITabAddress, NoAddress>();
        services.AddSingleton<AuditTrail>();
        services.AddScoped<AuditDoor>();
        services.AddSingleton<AuditBook>();
        services.AddScoped<AuditReading>();
        services.AddScoped<IncidentReader>();
        services.AddScoped<CommandRights>();
        services.AddSingleton<OpenCommands>();
        services.AddScoped<CommandPresence>();
        services.AddSingleton<DelayedCommands>();
        services.AddScoped<UndoableCommands>();
        services.AddScoped<StopOperations>();
        services.AddScoped<DeploymentOperations>();
        services.AddScoped<JobOperations>();
        services.AddScoped<ProblemOperations>();
        services.AddSingleton<BulkRuns>();
        services.AddSingleton<BulkItems>();
        services.TryAddSingleton<IKnownPeople, NoPeople>();
        services.AddSingleton<BulkRights>();
        services.AddScoped<BulkOperations>();
        services.AddScoped<StepOffers>();
        services.AddScoped<CommandRequests>();
        services.AddScoped<ThingActions>();
        services.AddScoped<PaletteSearch>();
        services.AddSingleton<NodeUseHistory>();
        services.AddSingleton<UserDataCopy>();
        services.AddSingleton<UserDataExchange>();
        services.AddScoped<Person>();
        services.AddScoped<PreferenceOperations>();
        services.AddScoped<ViewOperations>();
        services.AddScoped<Viewer>();
        services.AddScoped<PageNavigation>();
        // Last: it puts what is limited to parts of the fleet in the place of what is not.
        services.AddFleetViews();
        return services;
    }

    /// <summary>Maps the pages, their assets and the exports.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseRateLimiter();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(static (context, next) =>
        {
            // Only GET gets a page: rendered for another method, the page would refuse it and hide the status.
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
            return next(context);
        });
        app.LeaveOutOfMetrics("/_blazor");
        app.Services.GetRequiredService<PageWarmUp>().LeaveOutOfMetrics(app);
        app.UseCompression();
        app.UseCircuitLimit();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous().CountAs("/static");
        app.UsePastExports();
        var exports = app.MapGroup("").AddEndpointFilter(app.Services.GetRequiredService<ExportQueue>()).AddEndpointFilter(app.Services.GetRequiredService<ExportAudit>());
        exports.MapExecutionExports();
        exports.MapSpecExport();
        exports.MapAuditExports();
        exports.MapBulkExports();
        exports.MapIncidentExports();
        PutAside.Map(app);
        ThemeSheet.Map(app).AllowAnonymous().CountAs("/static");
        PageSheet.Map(app).AllowAnonymous().CountAs("/static");
        if (app.Services.GetService<AuthOptions>() is { IsOn: true } auth) app.MapSignIn(auth);
        // The policy in the security headers says who may frame a page; a second one would not replace it.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
