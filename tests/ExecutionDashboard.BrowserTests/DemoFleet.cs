using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.BrowserTests;

/// <summary>The program as the README starts it: all three parts in one process, its own demo fleet, the deployment generation.</summary>
public sealed class DemoFleet : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PartProcess _program = null!;

    /// <summary>Where the dashboard is.</summary>
    public Uri Address => _program.Address;

    public async Task InitializeAsync() => _program = await PartProcess.StartAsync(new Dictionary<string, string>
    {
        ["Simulator:Database"] = "", ["Simulator:ChangesPerSecond"] = "20", ["Storage:ConnectionString"] = _folder["fleet.db"],
    }, _folder.Path);

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }
}
