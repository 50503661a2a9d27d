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
    [InlineData("Feed:Key", "too-short-a-key", "Feed:Key")]
    [InlineData("Feed:KeyFile", "/no/such/file", "Feed:KeyFile")]
    [InlineData("Dashboard:PublicUrls", "dashboard.example.com", "Dashboard:PublicUrls")]
    [InlineData("Dashboard:TrustedProxies", "nginx", "Dashboard:TrustedProxies")]
    [InlineData("AllowedHosts", "https://dashboard.example.com", "AllowedHosts")]
    [InlineData("Limits:CircuitsPerAddress", "0", "Limits:CircuitsPerAddress")]
    [InlineData("AllowedHosts", "feed:8080", "AllowedHosts")]
    [InlineData("Limits:Circuits", "many", "Limits:Circuits is 'many': it must be a whole number.")]
    [InlineData("Limits:SubscriptionsPerConnection", "0", "Limits:SubscriptionsPerConnection")]
    [InlineData("ControlPlane:MaxObjectBytes", "1", "ControlPlane:MaxObjectBytes")]
    [InlineData("Attention:StaleHeartbeat", "00:00:10", "Attention:StaleHeartbeat")]
    [InlineData("Attention:StaleHeartbeat", "soon", "Attention:StaleHeartbeat")]
    public async Task Start_SettingWithoutSense_EndsInOneLineNamingTheKey(string key, string value, string named)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output) = await PartProcess.RunToEndAsync(new Dictionary<string, string> { [key] = value }, folder.Path);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("The dashboard cannot start: ", Assert.Single(output.Split('\n'), line => line.Contains(named, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Feed")]
    [InlineData("Dashboard")]
    [InlineData("Feed,Simulator")]
    public async Task Start_PartOfASplitWithoutTheKey_EndsInOneLineNamingIt(string roles)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output) = await PartProcess.RunToEndAsync(
            new Dictionary<string, string> { ["Roles"] = roles, ["ControlPlane:Url"] = "http://127.0.0.1:9/", ["Feed:Url"] = "http://127.0.0.1:9/", ["Storage:ConnectionString"] = folder["fleet.db"] }, folder.Path);

        Assert.NotEqual(0, exitCode);
        Assert.StartsWith("The dashboard cannot start: Setting 'Feed:Key' is missing", Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
