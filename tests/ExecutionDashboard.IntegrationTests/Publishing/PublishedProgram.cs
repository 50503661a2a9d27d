using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Publishing;

/// <summary>The program as the Dockerfile publishes it, for tests of one class.</summary>
public sealed class PublishedProgram : IAsyncLifetime
{
    /// <summary>The build, with the program in its <c>/app</c>.</summary>
    internal DockerBuild Build { get; } = new(PartProcess.Repository);

    public Task InitializeAsync() => Build.RunAsync("build");

    public Task DisposeAsync()
    {
        Build.Dispose();
        return Task.CompletedTask;
    }
}
