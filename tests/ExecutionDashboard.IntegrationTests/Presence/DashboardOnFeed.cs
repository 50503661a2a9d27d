using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Presence;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Presence;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionDashboard.IntegrationTests.Presence;

/// <summary>What a dashboard process has of a feed: its connection over real SignalR, its copy of the fleet, and its tabs' presence.</summary>
internal sealed class DashboardOnFeed : IAsyncDisposable
{
    private readonly LiveSignals _signals = new(TimeProvider.System);
    private readonly Place _place = new();
    private readonly OpenCommands _all;
    private readonly FeedConnection _connection;

    private DashboardOnFeed()
    {
        Replica = new Replica(_signals, TimeProvider.System);
        _all = new OpenCommands(_signals, TimeProvider.System);
        _connection = new FeedConnection(
            Replica, _place, SharedKey.Key, TimeProvider.System, NullLogger<FeedConnection>.Instance, new PresenceExchange(_all, Tabs, TimeProvider.System, NullLogger<PresenceExchange>.Instance));
    }

    public Live.Replica Replica { get; }

    /// <summary>Its connected tabs: none at first.</summary>
    public ConnectedTabs Tabs { get; } = new();

    /// <summary>Connects to a feed, and waits for its data.</summary>
    public static async Task<DashboardOnFeed> StartAsync(string feed)
    {
        var dashboard = new DashboardOnFeed();
        dashboard.MoveTo(feed);
        await dashboard._connection.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(dashboard.Replica.Freshness.IsLoaded ? null : "not loaded"));
        return dashboard;
    }

    /// <summary>The feed has another address from now on.</summary>
    public void MoveTo(string feed) => _place.BaseAddress = new Uri(feed + "/");

    /// <summary>A new tab of somebody.</summary>
    public CommandPresence Tab(string name, AccessRole role = AccessRole.Operator) => new(_all, Replica, new FleetSight(Replica), new Person(new DashboardUser(name, role)));

    public async ValueTask DisposeAsync()
    {
        await _connection.StopAsync(CancellationToken.None);
        _connection.Dispose();
        _signals.Stop();
    }

    private sealed class Place : IFeedAddress
    {
        public Uri? BaseAddress { get; set; }
    }

    private sealed class Person(DashboardUser who) : ICurrentUser
    {
        public DashboardUser Now => who;

        public event Action? Changed
        {
            add { }
            remove { }
        }

        public ValueTask<DashboardUser> CheckAsync(CancellationToken cancel) => new(who);
    }
}
