using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Hosting.Requests;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Planes;
using ExecutionDashboard.Live.Presence;

namespace ExecutionDashboard.Hosting.Planes;

/// <summary>
/// Registers what a dashboard of several control planes has in place of what it has for one. The first plane is home: its feed keeps what people save, the audit, the bulk runs and the problems of
/// the whole fleet. All else goes to the plane that it is about.
/// </summary>
internal static class PlaneHosting
{
    /// <summary>Registers the connection to the feed, or to the feed of each plane.</summary>
    /// <param name="services">The services, with those for one plane.</param>
    /// <param name="planes">The planes; empty for one.</param>
    public static void AddFeedConnections(this IServiceCollection services, IReadOnlyList<PlaneSetting> planes)
    {
        if (planes.Count == 0)
        {
            services.AddHostedService(provider => Connection(
                provider, provider.GetRequiredService<Replica>(), provider.GetRequiredService<IFeedAddress>(), provider.GetRequiredService<PresenceExchange>(), provider.GetRequiredService<FeedFinder>(), ""));
            return;
        }
        var names = FleetPlanes.Of([.. planes.Select(plane => plane.Name)]);
        PlaneFeed[] feeds = [.. planes.Select(plane => new PlaneFeed(plane.Name, new PlaneFeedAddress(plane.Feeds)))];
        services.AddSingleton(names);
        services.AddSingleton(feeds[0].Address);
        services.AddSingleton(new DemoFleet(planes.All(plane => ControlPlaneAddress.IsSimulator(plane.Options.Url))));
        services.AddSingleton(provider => new PlaneMerge(provider.GetRequiredService<Replica>(), names, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new PlaneFeeds(names, feeds, provider.GetRequiredService<Replica>()));
        services.AddSingleton(provider => new PlaneServers(provider, planes));
        services.AddSingleton<IControlPlane>(provider => new PlanesControlPlane(names, provider.GetRequiredService<PlaneServers>().Get<IControlPlane>()));
        services.AddSingleton<IJobLogs>(provider => new PlanesJobLogs(names, provider.GetRequiredService<PlaneServers>().Get<IJobLogs>()));
        services.AddSingleton<IPastFeed>(provider => new PlanesPast(names, [.. feeds.Select(feed => new PastClient(Http(provider, nameof(IPastFeed)), feed.Address, provider.GetRequiredService<FeedKey>()))]));
        for (var i = 0; i < feeds.Length; i++)
        {
            var (feed, number) = (feeds[i], i);
            services.AddSingleton<IHostedService>(provider => Connection(
                provider, provider.GetRequiredService<PlaneMerge>().Planes[number], feed.Address, number == 0 ? provider.GetRequiredService<PresenceExchange>() : Watching(provider),
                new FeedFinder(Http(provider, nameof(FeedFinder)), feed.Address, provider.GetRequiredService<FeedKey>()), "." + feed.Plane));
        }
    }

    // The log says which plane it is about by its category.
    private static FeedConnection Connection(IServiceProvider provider, IFeedTarget target, IFeedAddress address, PresenceExchange presence, FeedFinder finder, string category) =>
        new(target, address, provider.GetRequiredService<FeedKey>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FeedConnection).FullName + category), presence, finder);

    // Which commands are about to be given is told at home; that somebody looks, to all.
    private static PresenceExchange Watching(IServiceProvider provider) =>
        ActivatorUtilities.CreateInstance<PresenceExchange>(provider, new OpenCommands(new LiveSignals(provider.GetRequiredService<TimeProvider>()), provider.GetRequiredService<TimeProvider>()));

    private static HttpClient Http(IServiceProvider provider, string name) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
}
