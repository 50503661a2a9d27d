using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.BrowserTests;

/// <summary>The three parts in separate processes, for tests that stop them.</summary>
public sealed class SeparateParts : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private PartProcess _dashboard = null!;

    /// <summary>The parts.</summary>
    public SplitParts Parts { get; } = new(new() { ["ChangesPerSecond"] = "5" }, new() { ["ControlPlane:PollInterval"] = "00:00:00.5" });

    /// <summary>The address of the dashboard, the same after restarts.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public async Task InitializeAsync()
    {
        await Parts.StartSimulatorAsync();
        await Parts.StartFeedAsync();
        await StartDashboardAsync();
    }

    /// <summary>Starts the dashboard and waits until it is live.</summary>
    public async Task StartDashboardAsync()
    {
        _dashboard = await Parts.StartDashboardAsync(_port);
        await Parts.StandsAsync(Address, "live");
    }

    /// <summary>Kills the dashboard.</summary>
    public Task KillDashboardAsync() => _dashboard.KillAsync();

    public async Task DisposeAsync() => await Parts.DisposeAsync();
}
