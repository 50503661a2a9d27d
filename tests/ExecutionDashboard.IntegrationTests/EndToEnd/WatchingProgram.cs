namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The program as one process with a folder of its own, watching a control plane that the test started.</summary>
public sealed class WatchingProgram : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PartProcess _process;

    private WatchingProgram(TemporaryFolder folder, PartProcess process) => (_folder, _process) = (folder, process);

    /// <summary>A client that the feed answers to.</summary>
    public HttpClient Http { get; } = SharedKey.NewClient();

    /// <summary>Where the program listens.</summary>
    public Uri Address => _process.Address;

    /// <summary>Starts the program and waits until its list has all executions.</summary>
    /// <param name="controlPlane">Address of the control plane.</param>
    /// <param name="executions">How many executions the control plane has.</param>
    public static async Task<WatchingProgram> StartAsync(Uri controlPlane, int executions)
    {
        var folder = new TemporaryFolder();
        var process = await PartProcess.StartAsync(
            new Dictionary<string, string> { ["ControlPlane:Url"] = controlPlane.ToString(), ["Storage:ConnectionString"] = folder["fleet.db"], [SharedKey.Setting] = SharedKey.Value }, folder.Path);
        var program = new WatchingProgram(folder, process);
        await Eventually.HoldsAsync(async () =>
            await ExecutionFacts.OfExportAsync(program.Http, program.Address) is { } known && known.Count == executions ? null : "not all are there");
        return program;
    }

    /// <summary>Gets the text at a path.</summary>
    public Task<string> GetStringAsync(string path) => Http.GetStringAsync(new Uri(Address, path));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Http.Dispose();
        _folder.Dispose();
    }
}
