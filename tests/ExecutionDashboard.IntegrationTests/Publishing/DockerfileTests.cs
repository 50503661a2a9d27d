using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Publishing;

/// <summary>The steps of the Dockerfile in order, and the program they build.</summary>
public sealed class DockerfileTests
{
    [Fact]
    public async Task Build_StepsInTheirOrderInAnEmptyFolder_GivesAProgramOfOnePlatformThatRunsFromAnyFolder()
    {
        using var build = new DockerBuild(PartProcess.Repository);
        await build.RunAsync("build");
        var files = Directory.GetFiles(build["app"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(build["app"], file)).ToList();
        using var elsewhere = new TemporaryFolder();

        await using var program = await PartProcess.StartAsync(
            new Dictionary<string, string> { ["Simulator:Nodes"] = "20" }, elsewhere.Path, program: Path.Combine(build["app"], "ExecutionDashboard.dll"));
        using var http = new HttpClient { BaseAddress = program.Address };

        Assert.DoesNotContain(files, file => Path.GetExtension(file) is ".pdb" or ".xml");
        Assert.Single(files, file => file.EndsWith("e_sqlite3.so", StringComparison.Ordinal));
        await Eventually.ContainsAsync(() => http.GetStringAsync("health/ready"), "\"description\":\"live\"");
        foreach (var asset in (string[])["", "app.css", "_framework/blazor.web.js", "_content/MudBlazor/MudBlazor.min.css"]) Assert.NotEmpty(await http.GetStringAsync(asset));
        // Beside the program, not where it was started.
        Assert.True(File.Exists(Path.Combine(build["app"], "data", "fleet.db")));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }
}
