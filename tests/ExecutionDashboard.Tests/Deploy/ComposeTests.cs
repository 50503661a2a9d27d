using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>The Compose file: what runs is locked down and bounded, what it refers to is there, and what is set exists.</summary>
public sealed partial class ComposeTests
{
    public static TheoryData<string> Names { get; } = new(ComposeFile.Services.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Service_IsLockedDownAndBounded(string name)
    {
        var service = ComposeFile.Services[name];

        ImageName.IsPinned(service.TextAt("image"));
        Assert.Equal("true", service.TextAt("read_only"));
        Assert.Equal(["ALL"], service.ListAt("cap_drop").Select(capability => capability.ToString()));
        Assert.Equal(["no-new-privileges:true"], service.ListAt("security_opt").Select(option => option.ToString()));
        Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", service.TextAt("user"));
        Assert.All((string[])["cpus", "memory", "pids"], limit => Assert.NotEmpty(service.TextAt("deploy", "resources", "limits", limit)));
        Assert.NotEmpty(service.ListAt("healthcheck", "test"));
        // From this machine alone.
        Assert.All(service.ListAt("ports"), port => Assert.StartsWith("127.0.0.1:", port.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Service_VolumesNetworksAndServicesThatItNames_AreThere(string name)
    {
        var service = ComposeFile.Services[name];
        foreach (var source in service.ListAt("volumes").Select(volume => volume.ToString().Split(':')[0]))
            Assert.True(source.StartsWith("./", StringComparison.Ordinal) ? File.Exists(DeployFile.PathOf(source)) : ComposeFile.Root["volumes"]!.AsObject().ContainsKey(source), $"There is no volume {source}.");
        Assert.All(service.ListAt("networks"), network => Assert.True(ComposeFile.Root["networks"]!.AsObject().ContainsKey(network.ToString())));
        var others = service.At("depends_on") is JsonArray list ? list.Select(other => other!.ToString()) : service.At("depends_on")?.AsObject().Select(other => other.Key) ?? [];
        Assert.All(others, other => Assert.True(ComposeFile.Services.ContainsKey(other)));
    }

    [Fact]
    public void Programs_Settings_ExistAndLeadToTheServices()
    {
        foreach (var (name, service) in ComposeFile.Programs)
        {
            var settings = ComposeFile.EnvironmentOf(service);
            DeployedSettings.AreGood(settings);
            var health = new Uri(service.ListAt("healthcheck", "test").Last().ToString());
            Assert.Equal(settings["ASPNETCORE_HTTP_PORTS"], $"{health.Port}");
            Assert.Equal("1654:1654", service.TextAt("user"));
            Assert.Contains($"Host={ComposeFile.Services.Keys.Single(other => other == "postgres")};", settings["Storage__ConnectionString"], StringComparison.Ordinal);
            if (settings["Roles"] == "Feed") Assert.Equal(name, new Uri(settings["Feed__PublicUrl"]).Host);
            if (settings["Roles"] == "Feed") Assert.Contains($"{name}:/app/data", service.ListAt("volumes").Select(volume => volume.ToString()));
            else
                foreach (var feed in Addresses.OfFeeds(settings))
                    Assert.True(Addresses.IsAllowed(ComposeFile.EnvironmentOf(ComposeFile.Programs[feed.Host])["AllowedHosts"], feed.Host) && feed.Port == 8080, $"The feed answers 400 to {feed}.");
        }
        foreach (var role in (string[])["Feed", "Dashboard"]) Assert.Equal(2, ComposeFile.Programs.Values.Count(service => service.TextAt("environment", "Roles") == role));
    }

    // Whoever starts it without a secret is told which one is missing.
    [Fact]
    public void Variables_AreThoseOfTheExampleAndSecretsHaveNoDefault()
    {
        Assert.Equal(ComposeFile.Asked.Order(StringComparer.Ordinal), ComposeFile.Example.Keys.Order(StringComparer.Ordinal));
        foreach (var secret in (string[])["FEED_KEY", "POSTGRES_PASSWORD"])
        {
            Assert.Empty(ComposeFile.Example[secret]);
            Assert.DoesNotContain($"${{{secret}:-", DeployFile.Text("compose.yaml"), StringComparison.Ordinal);
            Assert.Contains($"${{{secret}:?", DeployFile.Text("compose.yaml"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Balancer_Servers_AreTheDashboardsWithACookieEach()
    {
        var servers = Server().Matches(DeployFile.Text("haproxy.cfg"));

        Assert.Equal(ComposeFile.Programs.Keys.Where(name => name.StartsWith("dashboard", StringComparison.Ordinal)).Order(StringComparer.Ordinal), servers.Select(server => server.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.All(servers, server => Assert.Equal((server.Groups[1].Value, "8080"), (server.Groups[2].Value, server.Groups[3].Value)));
        Assert.Equal(servers.Count, servers.Select(server => server.Groups[4].Value).Distinct().Count());
        Assert.Contains("option httpchk GET /health/live\n", DeployFile.Text("haproxy.cfg"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^  server (\S+) ([^:\s]+):(\d+) cookie (\S+)", RegexOptions.Multiline)]
    private static partial Regex Server();
}
