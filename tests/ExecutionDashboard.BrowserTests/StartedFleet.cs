using System.Text.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.BrowserTests;

/// <summary>The program with all three parts in one process, with the settings of a test.</summary>
public abstract class StartedFleet(params (string Key, string Value)[] settings) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PartProcess _program = null!;

    /// <summary>Where the dashboard is.</summary>
    public Uri Address => _program.Address;

    /// <summary>The simulator's API.</summary>
    public Uri Api => new(_program.Address, "simulator/api/v1/");

    /// <summary>For asking both without a browser.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>Timeout for loading the whole fleet, seconds.</summary>
    protected virtual int ReadySeconds => 40;

    public async Task InitializeAsync()
    {
        var all = new Dictionary<string, string> { ["Simulator:Database"] = "", ["Storage:ConnectionString"] = _folder["fleet.db"] };
        foreach (var (key, value) in settings) all[key] = value;
        _program = await PartProcess.StartAsync(all, _folder.Path);
        await Eventually.ContainsAsync(() => Http.GetStringAsync(new Uri(Address, "health/ready")), "\"description\":\"live\"", ReadySeconds);
    }

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        Http.Dispose();
        _folder.Dispose();
    }

    /// <summary>All rows of a list of the control plane, as sent.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string list)
    {
        var all = new List<JsonElement>();
        var token = "";
        do
        {
            using var page = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Api, $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=1000&next_token={token}")));
            if (page.RootElement.GetProperty("items") is { ValueKind: JsonValueKind.Array } items) all.AddRange(items.EnumerateArray().Select(i => i.Clone()));
            token = page.RootElement.TryGetProperty("next_token", out var next) ? next.GetString() ?? "" : "";
        }
        while (token.Length > 0);
        return all;
    }
}

/// <summary>A fleet with random changes.</summary>
public sealed class DemoFleet() : StartedFleet(("Simulator:ChangesPerSecond", "20"));

/// <summary>A fleet without random changes: what a test selects changes only by the test.</summary>
public sealed class QuietFleet() : StartedFleet(("Simulator:ChangesPerSecond", "0"));

/// <summary>A fleet with a failed rollout: some nodes run an outdated spec.</summary>
public sealed class FailedRolloutFleet() : StartedFleet(("Simulator:Scenario", "no-auto-rollback"));

/// <summary>A quiet fleet whose control plane cannot stop single executions, like published ones.</summary>
public sealed class RolloutFleet() : StartedFleet(("Simulator:ChangesPerSecond", "0"), ("Simulator:Generation", "rollout"));

/// <summary>A quiet fleet with memory for one moment of the past.</summary>
public sealed class OneMomentFleet() : StartedFleet(("Simulator:ChangesPerSecond", "0"), ("Limits:PastExecutions", "1"));

/// <summary>A quiet fleet that is polled so rarely that the dashboard's data is outdated.</summary>
public sealed class SeldomWatchedFleet() : StartedFleet(("Simulator:ChangesPerSecond", "0"), ("ControlPlane:PollInterval", "00:00:20"), ("ControlPlane:ShortestPollInterval", "00:00:20"));

/// <summary>A fleet of tens of thousands.</summary>
public sealed class LargeFleet() : StartedFleet(("Simulator:Executions", "25000"), ("Simulator:Nodes", "2000"), ("Simulator:ChangesPerSecond", "100"));
