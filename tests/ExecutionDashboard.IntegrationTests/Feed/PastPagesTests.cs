using System.Globalization;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Simulator;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Past;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.IntegrationTests.Feed;

/// <summary>What five pages show of moments of a simulated fleet, from a running feed, beside dashboards whose connection to its hub ended at these moments.</summary>
public sealed class PastPagesTests : IDisposable
{
    private static readonly ExecutionQuery[] Lists = [new(), new() { Scope = ExecutionScope.Current }, new() { States = [ExecutionState.Of(KnownExecutionState.Failed)] }, new() { Labels = ["region=eu-west"] }];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pages_AtMomentsOfALife_AreThoseOfDashboardsThatStoppedThere()
    {
        await using var simulator = await SimulatorHost.StartAsync(("Nodes", 40), ("Jobs", 8), ("ChangesPerSecond", 30));
        await using var feed = await FeedHost.StartAsync(simulator.Client.BaseAddress!.ToString().TrimEnd('/'), _folder.Path);
        var address = new Address(new Uri(feed.Address + "/"));
        var stopped = new List<(string LogId, long Sequence, FleetStore Store)>();
        for (var round = 0; round < 5; round++)
        {
            var replica = await StoppedAsync(address, simulator, stopped.Count == 0 ? 0 : stopped[^1].Sequence);
            stopped.Add((replica.LogId, replica.Sequence, replica.Store));
        }
        using var http = new HttpClient();
        using var stores = new PastStores(new PastClient(http, address, SharedKey.Key), Options.Create(new AttentionOptions()), TimeProvider.System);

        PastStore? at = null;
        foreach (var (logId, sequence, store) in stopped.Concat(stopped.AsEnumerable().Reverse()))
        {
            (at, var problem) = await stores.UseAsync(null, new PastMoment { LogId = logId, Sequence = sequence, At = TimeProvider.System.GetUtcNow(), HasFacts = true }, at, _ => { }, default);

            Assert.Null(problem);
            foreach (var (page, was) in Pages(store))
                Assert.Equal((page, was), (page, Pages(at!.Store)[page]));
        }
    }

    private static async Task<Live.Replica> StoppedAsync(Address address, SimulatorHost simulator, long after)
    {
        var signals = new LiveSignals(TimeProvider.System);
        var replica = new Live.Replica(signals, TimeProvider.System);
        using var connection = new FeedConnection(replica, address, SharedKey.Key, TimeProvider.System, NullLogger<FeedConnection>.Instance);
        await connection.StartAsync(default);
        await Eventually.HoldsAsync(() => Task.FromResult(replica.Freshness.IsLoaded ? null : "not loaded"));
        simulator.Pass(TimeSpan.FromSeconds(10));
        // In the middle of what comes: where the connection ends, the fleet stands still.
        await Eventually.HoldsAsync(() => Task.FromResult(replica.Sequence > after + 50 ? null : $"at {replica.Sequence}"));
        await connection.StopAsync(default);
        signals.Stop();
        return replica;
    }

    private static Dictionary<string, string> Pages(FleetStore store)
    {
        var signals = new LiveSignals(TimeProvider.System);
        var replica = new Live.Replica(signals, TimeProvider.System);
        replica.Show(store, new FeedStatus { LogId = "log", LastSuccessAt = TimeProvider.System.GetUtcNow() }, 1);
        var overview = FleetOverview.Of(store, isLoaded: true, new RolloutSummaries(replica, TimeProvider.System));
        signals.Stop();
        return new()
        {
            ["overview"] = string.Join('\n', [.. overview.Tiles.Select(t => $"{t.Word} {t.Number}"), .. overview.Sizes.Where(s => !s.Text.Contains("heartbeat", StringComparison.Ordinal)).Select(s => s.Text), $"{overview.DeploymentCount}"]),
            ["executions"] = string.Join('\n', Lists.SelectMany(query => store.Enumerate(query).Select(e => $"{e.Id} {e.Actual.State.Name} {e.Actual.Message} {e.Desired.State.Name} v{e.JobVersion} {e.NodeId} {e.Revision}").Order(StringComparer.Ordinal))),
            ["nodes"] = string.Join('\n', store.Nodes.Select(n => $"{n.Id} {n.DisplayName} {n.Connection} {n.AgentVersion} {Text(n.Labels)} {store.WorstOn(n.Id)} {store.CountsOfNode(n.Id, ExecutionScope.Current).Total}").Order(StringComparer.Ordinal)),
            ["jobs"] = string.Join('\n', store.Jobs.Select(j => $"{j.Id} {j.DisplayName} {j.State} v{j.Version} {j.SpecHash} {Text(j.Labels)} {store.CountsOfJob(j.Id, ExecutionScope.Current).Total}").Order(StringComparer.Ordinal)),
            ["deployments"] = string.Join('\n', store.Deployments.Select(d => ExecutionDashboard.Fleet.Deployments.RolloutSummary.Of(d, store)).Select(s => $"{s.Deployment.Id} {s.Deployment.State} {s.Phase} {s.Wave} {s.Progress} {s.CanaryCount}").Order(StringComparer.Ordinal)),
        };
    }

    private static string Text(IReadOnlyDictionary<string, string> labels) => string.Join(',', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key}={l.Value}")));

    private sealed record Address(Uri BaseAddress) : IFeedAddress
    {
        Uri? IFeedAddress.BaseAddress => BaseAddress;
    }
}
