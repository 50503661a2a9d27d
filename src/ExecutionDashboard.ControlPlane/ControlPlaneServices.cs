using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using ExecutionDashboard.ControlPlane.Api;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.ControlPlane.Logs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Refit;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Registration of the control plane client.</summary>
public static class ControlPlaneServices
{
    /// <summary>Key of the <see cref="IControlPlane"/> of the feed, whose calls do not wait for those of viewers.</summary>
    public const string Watching = "watching";

    /// <summary>
    /// Registers <see cref="IControlPlane"/> for viewers, another one with the key <see cref="Watching"/> for the feed, and <see cref="IControlPlaneAddress"/> from
    /// the options unless the host provides its own. Invalid options of the section <c>ControlPlane</c> stop the start.
    /// </summary>
    public static IServiceCollection AddControlPlane(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<ControlPlaneOptions>().Bind(configuration.GetSection(ControlPlaneOptions.Section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ControlPlaneOptions>, ControlPlaneOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IControlPlaneAddress, ConfiguredAddress>();
        services.TryAddSingleton<SpecCache>();
        services.TryAddSingleton<TokenSource>();
        services.TryAddSingleton<ViewerQueue>();
        services.TryAddSingleton<UnchangedReplies>();
        services.AddMetrics();
        services.TryAddSingleton<CallMetrics>();
        services.TryAddSingleton<IControlPlane>(provider => Client(provider, provider.GetRequiredService<ViewerQueue>()));
        services.TryAddKeyedSingleton<IControlPlane>(Watching, (provider, _) => Client(provider, turns: null));
        services.TryAddSingleton<IJobLogs, ExpansoJobLogs>();
        AddApi<IExecutionsApi>(services);
        AddApi<INodesApi>(services);
        AddApi<IJobsApi>(services);
        AddApi<IDeploymentsApi>(services);
        AddApi<IStatusApi>(services);
        AddApi<IMetricsApi>(services);
        Client<ITokenApi>(services).AddHttpMessageHandler(provider =>
            new AddressHandler(() => new Uri(provider.GetRequiredService<IOptions<ControlPlaneOptions>>().Value.TokenUrl)));
        return services;
    }

    /// <summary>
    /// The services of the client of one of several control planes, apart from those of the others: its address, token, queue and what was learned of the server. They share the program's clock,
    /// log and metrics, and are disposed by the caller.
    /// </summary>
    /// <param name="program">The program's services, with <see cref="AddControlPlane"/>.</param>
    /// <param name="options">The plane's options, checked by <see cref="ProblemsOf"/>.</param>
    public static ServiceProvider OfPlane(IServiceProvider program, ControlPlaneOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(program.GetRequiredService<TimeProvider>());
        services.AddSingleton(program.GetRequiredService<ILoggerFactory>());
        services.AddLogging();
        services.AddSingleton(program.GetRequiredService<IMeterFactory>());
        services.AddSingleton(program.GetRequiredService<CallMetrics>());
        services.AddControlPlane(new ConfigurationBuilder().Build());
        services.AddSingleton(Options.Create(options));
        var plane = services.BuildServiceProvider();
        program.GetRequiredService<CallMetrics>().Count(plane.GetRequiredService<ViewerQueue>());
        return plane;
    }

    /// <summary>What is wrong with options, a sentence each; they name the settings of the section <c>ControlPlane</c>.</summary>
    public static IEnumerable<string> ProblemsOf(ControlPlaneOptions options) => new ControlPlaneOptionsCheck().Validate(null, options).Failures ?? [];

    private static ExpansoControlPlane Client(IServiceProvider provider, ViewerQueue? turns) => ActivatorUtilities.CreateInstance<ExpansoControlPlane>(
        provider, new Caller(
            provider.GetRequiredService<IControlPlaneAddress>(), provider.GetRequiredService<IOptions<ControlPlaneOptions>>(), provider.GetRequiredService<TokenSource>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Caller>>(), provider.GetRequiredService<CallMetrics>(), provider.GetRequiredService<UnchangedReplies>(), turns));

    // The order matters: the address is set once per call, and retries are outside of authentication, so that each attempt can use a newer token.
    private static void AddApi<T>(IServiceCollection services) where T : class
    {
        var client = Client<T>(services);
        client.AddHttpMessageHandler(provider =>
        {
            var address = provider.GetRequiredService<IControlPlaneAddress>();
            return new AddressHandler(() => address.BaseAddress is { } known ? ApiAddress.Of(known) : null);
        });
        client.AddReadRetries();
        client.AddHttpMessageHandler(provider => new BearerHandler(provider.GetRequiredService<TokenSource>()));
        client.AddHttpMessageHandler(provider => new UnchangedReplies.Handler(provider.GetRequiredService<UnchangedReplies>()));
    }

    private static IHttpClientBuilder Client<T>(IServiceCollection services) where T : class
    {
        var client = services.AddRefitGeneratedClient<T>(new RefitSettings(new SystemTextJsonContentSerializer(RequestJson.Options)));
        client.ConfigureHttpClient(http =>
        {
            http.BaseAddress = AddressHandler.Placeholder;
            // Caller limits the whole call; this timeout could end it earlier.
            http.Timeout = Timeout.InfiniteTimeSpan;
            // Expanso's cloud refuses requests without a user agent, which HttpClient does not send by default.
            http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
            http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        });
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A redirect could send a command elsewhere, or a read to a login page.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // The clients are singletons: renewing connections resolves names again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        });
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        // The factory's loggers print headers at Trace level; Caller logs what is useful.
        client.RemoveAllLoggers();
        return client;
    }

    /// <summary>User agent of this program.</summary>
    internal static string UserAgent => "ExecutionDashboard/" + Version;

    private static string Version { get; } =
        typeof(ControlPlaneServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
