using System.Net;
using System.Net.Sockets;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>A configuration error stops the start with one line that names it and exit code 1, without a stack trace.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Roles", "Dashbord", "Roles")]
    [InlineData("ControlPlane:Url", "ftp://example.test", "ControlPlane:Url")]
    [InlineData("ControlPlane:Url", "expanso.example:9010", "ControlPlane:Url")]
    [InlineData("ControlPlane:PollInterval", "0", "ControlPlane:PollInterval")]
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
    [InlineData("ASPNETCORE_URLS", "localhost:5080", "ASPNETCORE_URLS")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:99999", "http://localhost:99999")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:80a", "http://localhost:80a")]
    [InlineData("Kestrel:Endpoints:Main:Url", "127.0.0.1:5080", "Kestrel:Endpoints:Main:Url")]
    [InlineData("ControlPlane:Ur", "https://expanso.example", "Did you mean 'ControlPlane__Url'?")]
    public Task Start_SettingWithoutSense_EndsInOneLineNamingTheKey(string key, string value, string named) => EndsInOneLineAsync(named, (key, value));

    [Fact]
    public async Task Start_MisspeltNameInEachSection_EndsInALineForEach()
    {
        string[] names = ["ControlPlane:PolInterval", "Feed:KeyFil", "Limits:Export", "Attention:StaleHartbeat", "Storage:ConectionString", "Simulator:Node", "Dashboard:PublicUrl", "Role"];

        var (exitCode, _, errors) = await PartProcess.RunToEndAsync(Settings([.. names.Select(name => (name, "1"))]), _folder.Path);

        Assert.Equal(1, exitCode);
        var lines = errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names.Length, lines.Length);
        foreach (var (name, meant) in names.Zip(["ControlPlane__PollInterval", "Feed__KeyFile", "Limits__Exports", "Attention__StaleHeartbeat", "Storage__ConnectionString", "Simulator__Nodes", "Dashboard__PublicUrls", "Roles"]))
            Assert.Single(lines, line => line.StartsWith($"The dashboard cannot start: There is no setting '{name}'", StringComparison.Ordinal) && line.EndsWith($"Did you mean '{meant}'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Feed")]
    [InlineData("Dashboard")]
    [InlineData("Feed,Simulator")]
    public Task Start_PartOfASplitWithoutTheKey_EndsInOneLineNamingIt(string roles) =>
        EndsInOneLineAsync("Setting 'Feed:Key' is missing", ("Roles", roles), ("ControlPlane:Url", "http://127.0.0.1:9/"), ("Feed:Url", "http://127.0.0.1:9/"));

    [Fact]
    public async Task Start_SettingsFileThatIsNoJson_EndsInOneLineNamingFileAndLine()
    {
        await File.WriteAllTextAsync(_folder["appsettings.json"], "{\n  \"ControlPlane\": { \"Url\": \"https://expanso.example\" \"Token\": \"x\" }\n}");

        await EndsInOneLineAsync($"{_folder["appsettings.json"]}'. Line 2:", ("ASPNETCORE_CONTENTROOT", _folder.Path));
    }

    [Fact]
    public async Task Start_MisspeltNameInTheSettingsFile_EndsInOneLineNamingTheFile()
    {
        await File.WriteAllTextAsync(_folder["appsettings.json"], """{ "ControlPlane": { "Link": "https://expanso.example" }, "Logging": { "Own": "x" }, "Other": { "Url": "x" } }""");

        await EndsInOneLineAsync("There is no setting 'ControlPlane:Link' (appsettings.json). ControlPlane has Url, Token,", ("ASPNETCORE_CONTENTROOT", _folder.Path));
    }

    // Nobody may make a file there, the administrator neither.
    [Fact]
    public Task Start_DataFolderThatCannotBeWritten_EndsInOneLineNamingTheSetting() =>
        EndsInOneLineAsync("Storage:ConnectionString", ("Storage:ConnectionString", "/sys/kernel/fleet.db"));

    [Fact]
    public Task Start_FeedsFolderThatCannotBeWritten_EndsInOneLineNamingTheFile() => EndsInOneLineAsync(
        "The change log /sys/kernel/fleet.db (Storage:ConnectionString) cannot be opened", ("Storage:ConnectionString", "/sys/kernel/fleet.db"), ("Roles", "Feed,Simulator"), (SharedKey.Setting, SharedKey.Value));

    [Fact]
    public async Task Start_PortInUse_EndsInOneLineNamingTheAddress()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await EndsInOneLineAsync($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}: address already in use", ("ASPNETCORE_URLS", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"));
    }

    [Theory]
    [InlineData("entities")]
    [InlineData("meta")]
    [InlineData("events")]
    public async Task Start_ChangeLogDamagedInside_EndsInOneLineNamingTheFile(string table)
    {
        await using (var program = await PartProcess.StartAsync(Settings(), _folder.Path))
        {
            using var http = new HttpClient { BaseAddress = program.Address };
            await Eventually.ContainsAsync(() => http.GetStringAsync("health/ready"), "\"description\":\"live\"");
        }
        Damage(_folder["fleet.db"], table);

        await EndsInOneLineAsync($"The change log {_folder["fleet.db"]} (Storage:ConnectionString) is damaged");
    }

    private async Task EndsInOneLineAsync(string named, params (string Key, string Value)[] settings)
    {
        var (exitCode, output, errors) = await PartProcess.RunToEndAsync(Settings(settings), _folder.Path);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("The dashboard cannot start: ", line, StringComparison.Ordinal);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Settings(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["Simulator:Database"] = "", ["Simulator:Nodes"] = "20", ["Storage:ConnectionString"] = _folder["fleet.db"] };
        foreach (var (key, value) in settings) all[key] = value;
        return all;
    }

    // As a disk does it: the first page of a table is something else.
    private static void Damage(string file, string table)
    {
        long page, size;
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
            command.CommandText = $"SELECT rootpage FROM sqlite_master WHERE name = '{table}'";
            page = (long)command.ExecuteScalar()!;
            command.CommandText = "PRAGMA page_size";
            size = (long)command.ExecuteScalar()!;
        }
        using var bytes = File.OpenWrite(file);
        bytes.Position = (page - 1) * size;
        bytes.Write(new byte[size].Select(_ => (byte)0xEE).ToArray());
    }
}
