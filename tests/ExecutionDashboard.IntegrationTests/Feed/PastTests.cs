using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Past;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.IntegrationTests.Feed;

/// <summary>Moments of the past, from a running feed over HTTP to the fleets of a dashboard.</summary>
public sealed class PastTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FleetServer _server = null!;

    public async Task InitializeAsync() => _server = await FleetServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Use_EachMomentOfALifeOverTheHub_IsTheReplicaThatStoppedThere()
    {
        var begin = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 300; i++) _server.Put($"e{i}", "running");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder.Path);
        var address = new Address(new Uri(feed.Address + "/"));
        var signals = new LiveSignals(TimeProvider.System);
        var replica = new Live.Replica(signals, TimeProvider.System);
        using var connection = new FeedConnection(replica, address, SharedKey.Key, TimeProvider.System, NullLogger<FeedConnection>.Instance);
        await connection.StartAsync(default);
        var moments = new List<(DateTimeOffset At, Dictionary<string, (string, long)> States, StateCounts Counts)>();
        for (var round = 0; round < 6; round++)
        {
            for (var i = round; i < 300; i += 7 + round) _server.Put($"e{i}", round % 2 == 0 ? "failed" : "running");
            if (round > 2) _server.Remove($"e{round}");
            _server.Put($"new-{round}", "running");
            await HasFleetAsync(replica);
            moments.Add((TimeProvider.System.GetUtcNow(), States(replica.Store), replica.Store.Counts(ExecutionScope.All)));
        }
        using var http = new HttpClient();
        using var stores = new PastStores(new PastClient(http, address, SharedKey.Key), Options.Create(new AttentionOptions()), TimeProvider.System);

        PastStore? at = null;
        foreach (var (moment, states, counts) in moments.Concat(moments.AsEnumerable().Reverse()))
        {
            var (known, _) = await stores.Feed.AtAsync(moment, default);
            (at, var problem) = await stores.UseAsync(null, known!, at, _ => { }, default);
            Assert.Null(problem);
            Assert.Equal(states.OrderBy(e => e.Key, StringComparer.Ordinal), States(at!.Store).OrderBy(e => e.Key, StringComparer.Ordinal));
            Assert.Equal(counts, at.Store.Counts(ExecutionScope.All));
        }
        Assert.Equal(1, stores.Count);

        var (before, _) = await stores.Feed.AtAsync(begin.AddHours(-1), default);
        Assert.Equal((false, true), (before!.IsKnown, before.KnownSince >= begin));
        var (next, _) = await stores.Feed.StepAsync(moments[0].At, isForward: true, null, "", default);
        Assert.InRange(next!.Value, moments[0].At, moments[1].At);
        await connection.StopAsync(default);
        signals.Stop();
    }

    private Task HasFleetAsync(Live.Replica replica) => Eventually.HoldsAsync(() =>
    {
        var (states, expected) = (States(replica.Store), _server.States);
        return Task.FromResult(!replica.Freshness.IsLoaded ? "not loaded" : states.Count == expected.Count && !states.Except(expected).Any() ? null : $"{states.Count} of {expected.Count} executions, or others");
    });

    private static Dictionary<string, (string State, long Revision)> States(ExecutionDashboard.Fleet.Store.FleetStore store) => store.Enumerate(ExecutionQuery.All).ToDictionary(e => e.Id, e => (e.Actual.State.Name, e.Revision));

    private sealed record Address(Uri BaseAddress) : IFeedAddress
    {
        Uri? IFeedAddress.BaseAddress => BaseAddress;
    }
}
