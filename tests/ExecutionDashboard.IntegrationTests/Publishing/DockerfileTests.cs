using System.Net;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Storage;
using ExecutionDashboard.Tests.Deploy;

namespace ExecutionDashboard.IntegrationTests.Publishing;

/// <summary>The steps of the Dockerfile in order, and the program they build.</summary>
public sealed class DockerfileTests(PublishedProgram published) : IClassFixture<PublishedProgram>
{
    [Fact]
    public async Task Build_StepsInTheirOrderInAnEmptyFolder_GivesAProgramOfOnePlatformThatRunsFromAnyFolder()
    {
        var build = published.Build;
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

    // As the manifests say: their settings, but for addresses and secrets, their account's rights, their volumes and their probes.
    [Fact]
    public async Task Pods_WithARootThatTheyCannotWrite_RunAndAnswerTheirProbes()
    {
        var workloads = Workload.In(Kustomization.Render("base")).ToDictionary(workload => workload.Environment["Roles"]);
        using var folder = new TemporaryFolder();
        await using var simulator = await PartProcess.StartAsync(new Dictionary<string, string> { ["Roles"] = "Simulator", ["Simulator:Database"] = "", ["Simulator:Nodes"] = "20" }, folder.Path);
        await using var feed = new ReadOnlyProgram(published.Build["app"], 61_654, HasData(workloads["Feed"]));
        await using var dashboard = new ReadOnlyProgram(published.Build["app"], 61_655, HasData(workloads["Dashboard"]));
        await feed.StartAsync(Settings(workloads["Feed"]));
        await dashboard.StartAsync(Settings(workloads["Dashboard"]));
        using var http = new HttpClient();

        await Eventually.ContainsAsync(() => http.GetStringAsync(new Uri(dashboard.Address, "health/ready")), "\"description\":\"live\"");
        foreach (var (workload, address) in ((Workload, Uri)[])[(workloads["Feed"], feed.Address), (workloads["Dashboard"], dashboard.Address)])
            foreach (var (_, probe) in workload.Probes)
                using (var reply = await http.GetAsync(new Uri(address, probe.TextAt("httpGet", "path")))) Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("", feed.LeftElsewhere() + dashboard.LeftElsewhere());

        Dictionary<string, string> Settings(Workload workload) => new(workload.Environment.Where(setting => setting.Value != "<control-plane-api-key>" && setting.Key != "ASPNETCORE_HTTP_PORTS"))
        {
            ["ControlPlane__Url"] = new Uri(simulator.Address, "simulator/api/v1").ToString(), ["Feed__Urls"] = feed.IsRunning ? feed.Address.ToString() : "", ["Feed__PublicUrl"] = "", ["Feed__Key"] = SharedKey.Value,
            ["Storage__ConnectionString"] = $"{PostgresServer.Shared.ConnectionString};Search Path=deployed",
        };
    }

    private static bool HasData(Workload workload) => workload.Container.ListAt("volumeMounts").Any(mount => mount.TextAt("mountPath") == "/app/data");
}
