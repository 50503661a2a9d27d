using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>Options that make no sense stop the start with the key's name.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Roles", "Dashbord", "Roles")]
    [InlineData("ControlPlane:Url", "ftp://example.test", "ControlPlane:Url")]
    [InlineData("ControlPlane:PollInterval", "00:00:00", "ControlPlane:PollInterval")]
    [InlineData("Feed:Url", "nonsense", "Feed:Url")]
    [InlineData("Storage:Provider", "Oracle", "Storage:Provider")]
    [InlineData("Simulator:Generation", "third", "Simulator:Generation")]
    [InlineData("Simulator:Nodes", "-5", "Simulator:Nodes")]
    public async Task Start_SettingWithoutSense_EndsNamingTheKey(string key, string value, string named)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output) = await PartProcess.RunToEndAsync(new Dictionary<string, string> { [key] = value }, folder.Path);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(named, output, StringComparison.Ordinal);
    }
}
