using System.Text.Json;
using ExecutionDashboard.IntegrationTests.Chaos;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Storage;
using Xunit.Abstractions;

namespace ExecutionDashboard.IntegrationTests.Leading;

/// <summary>Two feeds, a dashboard and the database in a network namespace each, whose cables are pulled out: nobody is told that a connection is gone.</summary>
public sealed class NamespaceTests(ITestOutputHelper output) : IDisposable
{
    private const int Database = 0, FirstFeed = 1, Dashboard = 3, Feeds = 2;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(3) };

    [Fact]
    public async Task Cables_PulledOutOneAfterTheOther_LeaveOneLeaderAndALogThatIsWhole()
    {
        if (Namespaces.WhyNot() is { } reason)
        {
            // Without root there are none. What is cut here by cables is cut by relays in the tests of chaos.
            Assert.Matches("not permitted|denied", reason);
            output.WriteLine($"No network namespaces on this machine: {reason}");
            return;
        }
        using var folder = new TemporaryFolder();
        using var machines = new Namespaces();
        var (databaseAddress, onDatabase) = machines.Add();
        using var database = new PostgresServer(databaseAddress, onDatabase);
        await using var simulator = await StartAsync(new()
        {
            ["Roles"] = "Simulator", ["Simulator:Database"] = "", ["Simulator:Executions"] = "300", ["Simulator:ChangesPerSecond"] = "50",
        }, folder["simulator"], machines.Here, []);
        await using var one = await StartFeedAsync(machines, database, simulator.Address, folder["feed-1"], "feed-1");
        await using var other = await StartFeedAsync(machines, database, simulator.Address, folder["feed-2"], "feed-2");
        PartProcess[] feeds = [one, other];
        var (address, onDashboard) = machines.Add();
        await using var dashboard = await StartAsync(new()
        {
            ["Roles"] = "Dashboard", ["Auth:Mode"] = "None", ["ControlPlane:Url"] = new Uri(simulator.Address, "simulator/api/v1").ToString(), ["Feed:Urls"] = $"{one.Address},{other.Address}", [SharedKey.Setting] = SharedKey.Value,
        }, folder["dashboard"], address, onDashboard);
        await LiveAsync(dashboard);
        database.Execute(ChaosLog.Record);

        // The leader: another one leads, and the dashboard goes there.
        var leader = await LeaderAsync(feeds);
        machines.Unplug(FirstFeed + leader);
        await LeadsAsync(feeds[1 - leader]);
        await FlowsAsync(dashboard);
        machines.Plug(FirstFeed + leader);
        await StandsByAsync(feeds[leader]);

        // The dashboard, for longer than a feed is silent.
        machines.Unplug(Dashboard);
        await Eventually.HoldsAsync(async () => await MetricAsync(feeds[1 - leader], "feed_subscribers") == 0 ? null : "the feed still has the dashboard");
        machines.Plug(Dashboard);
        await LiveAsync(dashboard);
        await FlowsAsync(dashboard);

        // The database: nobody leads, and pages say so; then one does.
        machines.Unplug(Database);
        await Eventually.HoldsAsync(async () => await MetricAsync(one, "feed_leader") == 0 && await MetricAsync(other, "feed_leader") == 0 ? null : "a feed leads without its database");
        machines.Plug(Database);
        await LeaderAsync(feeds);
        await LiveAsync(dashboard);
        await FlowsAsync(dashboard);

        Assert.Empty(await ChaosLog.ProblemsAsync(database.ConnectionString));
        Assert.InRange((await ChaosLog.CountsAsync(database.ConnectionString)).Epochs, Feeds, 20);
    }

    public void Dispose() => _http.Dispose();

    private static Task<PartProcess> StartFeedAsync(Namespaces machines, PostgresServer database, Uri simulator, string folder, string name)
    {
        var (address, launcher) = machines.Add();
        return StartAsync(new()
        {
            ["Roles"] = "Feed", ["ControlPlane:Url"] = new Uri(simulator, "simulator/api/v1").ToString(), ["ControlPlane:PollInterval"] = "00:00:00.3", ["Storage:Provider"] = "PostgreSql",
            ["Storage:ConnectionString"] = $"{database.ConnectionString};Application Name={name}", ["Feed:Lease"] = "00:00:03", ["ASPNETCORE_CONTENTROOT"] = folder, [SharedKey.Setting] = SharedKey.Value,
        }, folder, address, launcher);
    }

    private static Task<PartProcess> StartAsync(Dictionary<string, string> settings, string folder, string address, string[] launcher)
    {
        settings["ASPNETCORE_URLS"] = $"http://{address}:{FreePort.Next()}";
        return PartProcess.StartAsync(settings, folder, launcher: launcher);
    }

    private Task LiveAsync(PartProcess dashboard) => Eventually.HoldsAsync(async () => await HealthAsync(dashboard, "replica") is var state && state == "live" ? null : $"the dashboard is {state}");

    private Task LeadsAsync(PartProcess feed) => Eventually.HoldsAsync(async () => await MetricAsync(feed, "feed_leader") == 1 ? null : "it does not lead");

    private Task StandsByAsync(PartProcess feed) => Eventually.HoldsAsync(async () => await HealthAsync(feed, "feed") is var state && state == "Standby" ? null : $"it is {state}");

    private async Task<int> LeaderAsync(PartProcess[] feeds)
    {
        var leader = -1;
        await Eventually.HoldsAsync(async () =>
        {
            var leads = await Task.WhenAll(feeds.Select(feed => MetricAsync(feed, "feed_leader")));
            leader = Array.IndexOf(leads, 1);
            return leads.Count(l => l == 1) == 1 && await HealthAsync(feeds[1 - leader], "feed") == "Standby" ? null : $"leaders: {string.Join(", ", leads)}";
        });
        return leader;
    }

    private async Task FlowsAsync(PartProcess dashboard)
    {
        var before = await MetricAsync(dashboard, "dashboard_sequence");
        await Eventually.HoldsAsync(async () => await MetricAsync(dashboard, "dashboard_sequence") > before ? null : "nothing changes");
    }

    private async Task<double> MetricAsync(PartProcess part, string name) => MetricText.ValueOf(await GetAsync(part, "metrics"), name) ?? -1;

    private async Task<string> HealthAsync(PartProcess part, string dependency)
    {
        var text = await GetAsync(part, "health/ready");
        if (!text.StartsWith('{')) return text;
        using var health = JsonDocument.Parse(text);
        return health.RootElement.GetProperty("dependencies").GetProperty(dependency).GetProperty("description").GetString()!;
    }

    private async Task<string> GetAsync(PartProcess part, string path)
    {
        try
        {
            using var reply = await _http.GetAsync(new Uri(part.Address, path));
            return await reply.Content.ReadAsStringAsync();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return e.Message;
        }
    }
}
