using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionDashboard.IntegrationTests.Feed;

/// <summary>How a dashboard gets the fleet of a running feed: in one piece, and as batches from feeds that have nothing else.</summary>
public sealed class JoinTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FleetServer _server = null!;
    private int _snapshots;

    public async Task InitializeAsync() => _server = await FleetServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Join_RunningFeed_ReadsItsFleetInOnePieceAndFollows()
    {
        for (var i = 0; i < 2_300; i++) _server.Put($"e{i}", "running");
        await using var feed = await StartAsync(app => app.MapFeed());
        await using (var first = await DashboardAsync(feed)) await first.HasFleetAsync(_server);
        var before = _snapshots;

        await using var dashboard = await DashboardAsync(feed);
        await dashboard.HasFleetAsync(_server);
        Assert.Equal(before + 1, _snapshots);

        _server.Put("e7", "failed");
        _server.Remove("e8");
        await dashboard.HasFleetAsync(_server);
        Assert.Equal(before + 1, _snapshots);
    }

    [Fact]
    public async Task Join_FeedThatCannotOffer_IsSubscribedTo()
    {
        for (var i = 0; i < 1_200; i++) _server.Put($"e{i}", "running");
        await using var feed = await StartAsync(app => app.MapHub<SubscribeOnlyHub>(FeedContract.HubPath));

        await using var dashboard = await DashboardAsync(feed);
        await dashboard.HasFleetAsync(_server);
        _server.Put("e7", "failed");
        await dashboard.HasFleetAsync(_server);

        Assert.Equal(0, _snapshots);
    }

    [Fact]
    public async Task Join_FeedWhoseSnapshotCannotBeRead_IsSubscribedTo()
    {
        for (var i = 0; i < 1_200; i++) _server.Put($"e{i}", "running");
        await using var feed = await StartAsync(app =>
        {
            app.MapHub<FeedHub>(FeedContract.HubPath);
            app.MapGet(FeedContract.SnapshotPath, () => "of another version");
        });

        await using var dashboard = await DashboardAsync(feed);
        await dashboard.HasFleetAsync(_server);
        _server.Put("e7", "failed");
        await dashboard.HasFleetAsync(_server);

        Assert.Equal(1, _snapshots);
    }

    private Task<FeedHost> StartAsync(Action<WebApplication> map) => FeedHost.StartAsync(_server.Address, _folder.Path, map: app =>
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path == FeedContract.SnapshotPath) Interlocked.Increment(ref _snapshots);
            return next(context);
        });
        map(app);
    });

    private static async Task<Dashboard> DashboardAsync(FeedHost feed)
    {
        var dashboard = new Dashboard(feed.Address);
        await dashboard.Connection.StartAsync(default);
        return dashboard;
    }

    /// <summary>The hub of a feed from before it could offer snapshots.</summary>
    internal sealed class SubscribeOnlyHub(FeedStream stream) : Hub
    {
        public IAsyncEnumerable<FeedBatch> Subscribe(string? logId, long sequence, CancellationToken cancel) => stream.FollowAsync(logId ?? "", sequence, cancel);
    }

    private sealed class Dashboard : IAsyncDisposable
    {
        private readonly LiveSignals _signals = new(TimeProvider.System);
        private readonly Live.Replica _replica;

        public Dashboard(string feed)
        {
            _replica = new(_signals, TimeProvider.System);
            Connection = new FeedConnection(_replica, new Address(new Uri(feed + "/")), SharedKey.Key, TimeProvider.System, NullLogger<FeedConnection>.Instance);
        }

        public FeedConnection Connection { get; }

        public Task HasFleetAsync(FleetServer server) => Eventually.HoldsAsync(() =>
        {
            var states = _replica.Store.Enumerate(ExecutionQuery.All).ToDictionary(e => e.Id, e => (e.Actual.State.Name, e.Revision));
            var expected = server.States;
            return Task.FromResult(!_replica.Freshness.IsLoaded ? "not loaded" : states.Count == expected.Count && !states.Except(expected).Any() ? null : $"{states.Count} of {expected.Count} executions, or others");
        });

        public async ValueTask DisposeAsync()
        {
            await Connection.StopAsync(default);
            Connection.Dispose();
            _signals.Stop();
        }
    }

    private sealed record Address(Uri BaseAddress) : IFeedAddress
    {
        Uri? IFeedAddress.BaseAddress => BaseAddress;
    }
}
