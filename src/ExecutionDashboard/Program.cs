using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Hosting;
using ExecutionDashboard.Hosting.Keys;
using ExecutionDashboard.Hosting.Requests;
using ExecutionDashboard.Hosting.Settings;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Hosting.Systemd;
using ExecutionDashboard.Hosting.Telemetry;
using ExecutionDashboard.Simulator;

if (HealthProbe.IsAsked(args)) return await HealthProbe.RunAsync(args);
if (AuditVerifier.IsAsked(args)) return await AuditVerifier.RunAsync(args);

try
{
    NativeHeap.Share();
    var app = Build(args);
    await app.StartAsync();
    await app.WaitForShutdownAsync();
    return StartFailure.OfServices(app.Services) is { } failure ? StartFailure.Report(failure, hasStarted: true) : 0;
}
catch (Exception e)
{
    return StartFailure.Report(e);
}

static WebApplication Build(string[] args)
{
    // Settings and data are in the program's folder, wherever it is started from, unless set otherwise.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.IsSet(args) ? null : AppContext.BaseDirectory });
    SettingNames.Check(builder.Configuration);
    // Needed outside of Development to serve the assets of packages; does nothing in a published folder.
    builder.WebHost.UseStaticWebAssets();
    // Serve the files that the build compressed. In Development they may change, and are served uncompressed.
    if (!builder.Environment.IsDevelopment()) builder.WebHost.UseSetting("ReloadStaticAssetsAtRuntime", "false");
    StartFailure.KeepTraceOut(builder.Logging);
    ListenAddress.Default(builder);
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

    var roles = RolesSetting.Read(builder.Configuration);
    var auth = AuthSettings.Read(builder.Configuration, roles);
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSystemdService();
    ConnectionFaults.Tell(builder.Services);
    builder.Services.AddRequestDoors(builder.Configuration);
    if (FeedKeySetting.Read(builder.Configuration, roles) is { } key)
    {
        builder.Services.AddSingleton(key);
        if (roles.HasFlag(Roles.Dashboard))
            builder.Services.AddSingleton(new SpecFingerprints(FingerprintKey.Read(builder.Configuration, key, () => FeedHosting.DataFolder(builder.Configuration, builder.Environment.ContentRootPath))));
    }
    builder.Services.AddSingleton<OwnAddress>();
    builder.Services.AddHealth(roles);
    builder.Services.AddTelemetry(builder.Configuration, roles);
    if (roles.HasFlag(Roles.Feed) || roles.HasFlag(Roles.Dashboard))
    {
        builder.Services.AddControlPlane(builder.Configuration);
        builder.Services.AddSingleton<IControlPlaneAddress, ControlPlaneAddress>();
    }
    if (roles.HasFlag(Roles.Simulator)) builder.Services.AddSimulator(builder.Configuration);
    if (roles.HasFlag(Roles.Feed)) builder.Services.AddFeed(builder.Configuration);
    if (roles.HasFlag(Roles.Dashboard))
    {
        builder.AddCookieKeys();
        builder.AddSignIn(auth, roles);
        builder.Services.AddDashboard(builder.Configuration);
    }

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseRequestDoors();
    app.UseHeadRequests();
    // Added explicitly, so that they come after the request guards.
    if (roles.HasFlag(Roles.Dashboard) && auth.IsOn) app.UseSignIn();
    else if (roles.HasFlag(Roles.Feed)) app.UseAuthentication().UseAuthorization();
    app.MapHealth();
    app.MapMetrics();
    if (roles.HasFlag(Roles.Simulator))
    {
        var simulator = app.MapGroup("");
        simulator.MapSimulator();
        simulator.AllowAnonymous();
        // The simulator is another server; its requests are not part of our metrics.
        simulator.DisableHttpMetrics();
    }
    if (roles.HasFlag(Roles.Feed))
    {
        var feed = app.MapGroup("");
        feed.MapFeed();
        feed.CountAs("/feed");
    }
    if (roles.HasFlag(Roles.Dashboard)) app.MapDashboard();
    return app;
}

/// <summary>The entry point, named for test hosts.</summary>
public partial class Program;
