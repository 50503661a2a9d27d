namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The pages when a part has been down since the first start.</summary>
public sealed class NotLoadedTests
{
    private static readonly string[] Pages = ["", "executions?sort=-updated", "nodes?view=list", "jobs", "deployments"];

    [Fact]
    public async Task Pages_ControlPlaneDeadFromTheFirst_SayNotLoadedInsteadOfZeros()
    {
        using var folder = new TemporaryFolder();
        await using var program = await PartProcess.StartAsync(new Dictionary<string, string>
        {
            ["Roles"] = "Feed,Dashboard", ["ControlPlane:Url"] = $"http://127.0.0.1:{FreePort.Next()}/api/v1", ["Storage:ConnectionString"] = folder["fleet.db"],
        }, folder.Path);

        await AssertNotLoadedAsync(program.Address, "Control plane unreachable since", "stale");
    }

    [Fact]
    public async Task Pages_FeedDeadFromTheFirst_SayNotLoadedInsteadOfZeros()
    {
        using var folder = new TemporaryFolder();
        await using var program = await PartProcess.StartAsync(new Dictionary<string, string>
        {
            ["Roles"] = "Dashboard", ["ControlPlane:Url"] = $"http://127.0.0.1:{FreePort.Next()}/api/v1", ["Feed:Url"] = $"http://127.0.0.1:{FreePort.Next()}/",
            [SharedKey.Setting] = SharedKey.Value,
        }, folder.Path);

        await AssertNotLoadedAsync(program.Address, "Feed unreachable since", "reconnecting");
    }

    private static async Task AssertNotLoadedAsync(Uri address, string why, string face)
    {
        using var http = new HttpClient { BaseAddress = address };
        await Eventually.ContainsAsync(() => http.GetStringAsync(""), why);
        foreach (var path in Pages)
        {
            var document = await http.GetStringAsync(path);
            Assert.Contains($"data-not-loaded=\"{face}\"", document, StringComparison.Ordinal);
            foreach (var wrong in new[] { ">0<", "No failures", "No jobs", "No deployments", "No executions", "No nodes", "Nothing has failed" })
                Assert.DoesNotContain(wrong, document, StringComparison.Ordinal);
        }
    }
}
