using System.Net;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Storage;

namespace ExecutionDashboard.IntegrationTests.Leading;

/// <summary>A simulator, a PostgreSQL server, two feeds over it and a dashboard that knows both, as processes of their own.</summary>
/// <param name="leaseSeconds">Length of the lease.</param>
/// <param name="executions">Executions of the simulator.</param>
/// <param name="redisPort">Port of the Redis that feeds have; null for none.</param>
internal sealed class LedParts(int leaseSeconds = 5, int executions = 500, int? redisPort = null) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int[] _ports = [FreePort.Next(), FreePort.Next()];
    private readonly PartProcess?[] _feeds = new PartProcess?[2];
    private readonly int _simulatorPort = FreePort.Next();
    private readonly HttpClient _feedHttp = SharedKey.NewClient();
    private PartProcess? _simulator, _dashboard;

    public PostgresServer Database { get; } = new();

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public Uri SimulatorAddress => new($"http://127.0.0.1:{_simulatorPort}/");

    public Uri Dashboard => _dashboard!.Address;

    public Uri FeedAddress(int feed) => new($"http://127.0.0.1:{_ports[feed]}/");

    public PartProcess Feed(int feed) => _feeds[feed]!;

    public async Task StartSimulatorAsync(int changesPerSecond) => _simulator = await PartProcess.StartAsync(
        new Dictionary<string, string>
        {
            ["Roles"] = "Simulator", ["Simulator:Database"] = _folder["simulator.db"], ["Simulator:Executions"] = $"{executions}", ["Simulator:ChangesPerSecond"] = $"{changesPerSecond}",
        }, _folder.Path, _simulatorPort);

    public Task KillSimulatorAsync() => _simulator!.KillAsync();

    public async Task StartFeedAsync(int feed) => _feeds[feed] = await PartProcess.StartAsync(
        new Dictionary<string, string>
        {
            ["Roles"] = "Feed", ["ControlPlane:Url"] = new Uri(SimulatorAddress, "simulator/api/v1").ToString(), ["ControlPlane:PollInterval"] = "00:00:00.3", ["ControlPlane:SweepInterval"] = "00:00:02",
            ["Storage:Provider"] = "PostgreSql", ["Storage:ConnectionString"] = Database.ConnectionString, ["Feed:Lease"] = $"00:00:{leaseSeconds:00}", ["ASPNETCORE_CONTENTROOT"] = _folder[$"feed-{feed}"],
            [SharedKey.Setting] = SharedKey.Value, ["Redis:ConnectionString"] = redisPort is { } port ? $"127.0.0.1:{port}" : "",
        }, _folder[$"feed-{feed}"], _ports[feed]);

    public async Task StartDashboardAsync() => _dashboard = await PartProcess.StartAsync(
        new Dictionary<string, string>
        {
            ["Roles"] = "Dashboard", ["ControlPlane:Url"] = new Uri(SimulatorAddress, "simulator/api/v1").ToString(), ["Feed:Urls"] = $"{FeedAddress(0)},{FeedAddress(1)}", [SharedKey.Setting] = SharedKey.Value,
        }, _folder["dashboard"]);

    /// <summary>Waits until one feed leads and the other, if it runs, stands by with a warm mirror. Gives the one that leads.</summary>
    public async Task<int> LeaderAsync(params int[] running)
    {
        var leader = -1;
        await Eventually.HoldsAsync(async () =>
        {
            leader = -1;
            foreach (var feed in running)
            {
                var leads = await LeadsAsync(feed);
                if (leads && leader >= 0) return "both lead";
                if (leads) leader = feed;
                else if (!(await HealthAsync(feed)).Contains("\"description\":\"Standby\"", StringComparison.Ordinal)) return $"feed {feed} is {await HealthAsync(feed)}";
            }
            return leader < 0 ? "none leads" : null;
        });
        return leader;
    }

    /// <summary>Waits until a feed leads.</summary>
    public Task LeadsEventuallyAsync(int feed) => Eventually.HoldsAsync(async () => await LeadsAsync(feed) ? null : $"feed {feed} does not lead");

    /// <summary>Waits until a feed stands by, and another one leads.</summary>
    public Task StandsByAsync(int feed) => Eventually.HoldsAsync(async () => (await HealthAsync(feed)).Contains("\"description\":\"Standby\"", StringComparison.Ordinal) ? null : await HealthAsync(feed));

    /// <summary>Waits until the dashboard is live, fed by the feed that leads.</summary>
    public Task LiveAsync(params int[] running) => Eventually.HoldsAsync(async () =>
    {
        var feed = running[0];
        foreach (var one in running)
            if (await LeadsAsync(one)) feed = one;
        using var health = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Dashboard, "health/ready")));
        var replica = health.RootElement.GetProperty("dependencies").GetProperty("replica").GetProperty("description").GetString()!;
        var subscribers = await MetricAsync(feed, "feed_subscribers");
        return replica == "live" && subscribers > 0 ? null : $"the dashboard is {replica}; feed {feed} has {subscribers} subscribers";
    });

    /// <summary>Waits until a feed stored something more.</summary>
    public async Task AppendsAsync(int feed)
    {
        var before = await MetricAsync(feed, "feed_changes_total");
        await Eventually.HoldsAsync(async () => await MetricAsync(feed, "feed_changes_total") > before ? null : "nothing is stored");
    }

    /// <summary>A value of a feed's metrics; 0 without it.</summary>
    public async Task<double> MetricAsync(int feed, string name) => MetricText.ValueOf(await Http.GetStringAsync(new Uri(FeedAddress(feed), "metrics")), name) ?? 0;

    /// <summary>What a feed says of itself.</summary>
    public async Task<FeedStatus> StatusAsync(int feed) => JsonSerializer.Deserialize<FeedStatus>(await _feedHttp.GetStringAsync(new Uri(FeedAddress(feed), FeedContract.StatusPath.TrimStart('/'))), FeedContract.Json)!;

    /// <summary>Asks a feed what only the leader answers.</summary>
    public async Task<(HttpStatusCode Status, string Body)> BulkRunsAsync(int feed)
    {
        using var reply = await _feedHttp.GetAsync(new Uri(FeedAddress(feed), FeedContract.BulkRunsPath(0).TrimStart('/')));
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _feeds.Append(_dashboard).Append(_simulator).OfType<PartProcess>()) await part.DisposeAsync();
        Database.Dispose();
        Http.Dispose();
        _feedHttp.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> LeadsAsync(int feed)
    {
        using var reply = await Http.GetAsync(new Uri(FeedAddress(feed), "health/leader"));
        return reply.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>The health of a feed, as JSON.</summary>
    public async Task<string> HealthAsync(int feed)
    {
        using var reply = await Http.GetAsync(new Uri(FeedAddress(feed), "health/ready"));
        return await reply.Content.ReadAsStringAsync();
    }
}
