using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The three parts in separate processes, each with an address that survives restarts.</summary>
public sealed class SplitParts : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _simulatorSettings;
    private readonly Dictionary<string, string> _watching;
    private readonly int _simulatorPort = FreePort.Next();
    private readonly int _feedPort = FreePort.Next();
    private readonly List<PartProcess> _dashboards = [];
    private PartProcess? _simulator;
    private PartProcess? _feed;

    /// <summary>Parts with settings of the simulator (without their section) and of the watching (with it).</summary>
    public SplitParts(Dictionary<string, string> simulator, Dictionary<string, string>? watching = null) => (_simulatorSettings, _watching) = (simulator, watching ?? []);

    /// <summary>For asking the parts.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Address of the simulator.</summary>
    public Uri SimulatorAddress => new($"http://127.0.0.1:{_simulatorPort}/");

    /// <summary>Address of the feed.</summary>
    public Uri FeedAddress => new($"http://127.0.0.1:{_feedPort}/");

    /// <summary>The feed's change log.</summary>
    public string LogFile => _folder["fleet.db"];

    /// <summary>Starts the simulator; settings win over those given before.</summary>
    public async Task StartSimulatorAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["Roles"] = "Simulator", ["Simulator:Database"] = _folder["simulator.db"] };
        foreach (var (name, value) in _simulatorSettings) all["Simulator:" + name] = value;
        foreach (var (name, value) in settings) all["Simulator:" + name] = value;
        _simulator = await PartProcess.StartAsync(all, _folder.Path, _simulatorPort);
    }

    /// <summary>Starts the feed.</summary>
    public async Task StartFeedAsync() => _feed = await PartProcess.StartAsync(new Dictionary<string, string>(_watching)
    {
        ["Roles"] = "Feed", ["ControlPlane:Url"] = new Uri(SimulatorAddress, "simulator/api/v1").ToString(), ["Storage:ConnectionString"] = _watching.GetValueOrDefault("Storage:ConnectionString", LogFile),
        [SharedKey.Setting] = SharedKey.Value,
    }, _folder.Path, _feedPort);

    /// <summary>Starts a dashboard; one that keeps its address over restarts has a port.</summary>
    public async Task<PartProcess> StartDashboardAsync(int port = 0, string key = SharedKey.Value, Dictionary<string, string>? settings = null)
    {
        var dashboard = await PartProcess.StartAsync(new Dictionary<string, string>(settings ?? [])
        {
            ["Roles"] = "Dashboard", ["ControlPlane:Url"] = new Uri(SimulatorAddress, "simulator/api/v1").ToString(), ["Feed:Url"] = FeedAddress.ToString(),
            [SharedKey.Setting] = key,
        }, _folder.Path, port);
        _dashboards.Add(dashboard);
        return dashboard;
    }

    /// <summary>Kills the simulator.</summary>
    public Task KillSimulatorAsync() => _simulator!.KillAsync();

    /// <summary>Kills the feed.</summary>
    public Task KillFeedAsync() => _feed!.KillAsync();

    /// <summary>Waits until a dashboard's health has a state: <c>live</c>, <c>stale</c>, <c>reconnecting</c>.</summary>
    public Task StandsAsync(Uri dashboard, string summary) => Eventually.HoldsAsync(async () =>
    {
        using var health = JsonDocument.Parse(await Http.GetStringAsync(new Uri(dashboard, "health/ready")));
        var replica = health.RootElement.GetProperty("dependencies").GetProperty("replica").GetProperty("description").GetString()!;
        return replica.StartsWith(summary, StringComparison.Ordinal) ? null : $"{dashboard} is {replica}";
    });

    /// <summary>Waits until a dashboard has exactly the rows that the simulator has.</summary>
    public Task EqualsControlPlaneAsync(Uri dashboard) => Eventually.HoldsAsync(async () =>
        ExecutionFacts.Difference(await ExecutionFacts.OfControlPlaneAsync(Http, SimulatorAddress), await ExecutionFacts.OfExportAsync(Http, dashboard)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in _dashboards.Append(_feed).Append(_simulator).OfType<PartProcess>()) await part.DisposeAsync();
        Http.Dispose();
        _folder.Dispose();
    }
}
