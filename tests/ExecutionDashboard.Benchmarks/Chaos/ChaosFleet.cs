using System.Diagnostics;
using System.Text.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Storage;
using Npgsql;

namespace ExecutionDashboard.Benchmarks.Chaos;

/// <summary>Everything that runs past one machine, as processes: a control plane, PostgreSQL, feeds, dashboards and HAProxy, with links that can be cut between them.</summary>
internal sealed class ChaosFleet : IAsyncDisposable
{
    private const int Feeds = 2, Dashboards = 3;
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresServer _postgres = new();
    private readonly int _simulatorPort = FreePort.Next();
    private readonly int[] _feedPorts = [.. Enumerable.Range(0, Feeds).Select(_ => FreePort.Next())], _dashboardPorts = [.. Enumerable.Range(0, Dashboards).Select(_ => FreePort.Next())];
    private readonly Link[] _toFeed, _toDatabase, _toControlPlane;
    private readonly Process _balancer;
    private readonly PartProcess?[] _feeds = new PartProcess?[Feeds], _dashboards = new PartProcess?[Dashboards];
    private PartProcess _simulator = null!;

    private ChaosFleet()
    {
        var database = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString).Port;
        _toFeed = [.. _feedPorts.Select((port, i) => new Link($"dashboards to feed {i + 1}", port))];
        _toDatabase = [.. _feedPorts.Select((_, i) => new Link($"feed {i + 1} to the database", database))];
        _toControlPlane = [.. _feedPorts.Select((_, i) => new Link($"feed {i + 1} to the control plane", _simulatorPort))];
        BalancerPort = FreePort.Next();
        File.WriteAllText(_folder["haproxy.cfg"], BalancerSettings());
        _balancer = Process.Start(new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-q", "-f", _folder["haproxy.cfg"]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _balancer.OutputDataReceived += (_, _) => { };
        _balancer.ErrorDataReceived += (_, _) => { };
        _balancer.BeginOutputReadLine();
        _balancer.BeginErrorReadLine();
    }

    /// <summary>For asking the parts.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Where browsers go.</summary>
    public Uri Address => new($"http://127.0.0.1:{BalancerPort}/");

    /// <summary>All links.</summary>
    public IEnumerable<Link> Links => [.. _toFeed, .. _toDatabase, .. _toControlPlane];

    /// <summary>Numbers of the feeds, and of the dashboards after them.</summary>
    public IReadOnlyList<int> Programs { get; } = [.. Enumerable.Range(0, Feeds + Dashboards)];

    /// <summary>Addresses of the dashboards.</summary>
    public IReadOnlyList<Uri> DashboardAddresses => [.. _dashboardPorts.Select(port => new Uri($"http://127.0.0.1:{port}/"))];

    /// <summary>Where the control plane is.</summary>
    public Uri Simulator => new($"http://127.0.0.1:{_simulatorPort}/");

    /// <summary>The database, without a link in between.</summary>
    public string ConnectionString => _postgres.ConnectionString;

    private int BalancerPort { get; }

    /// <summary>Starts all of it.</summary>
    public static async Task<ChaosFleet> StartAsync(int executions, int changesPerSecond)
    {
        var fleet = new ChaosFleet();
        await fleet.StartSimulatorAsync(("Executions", $"{executions}"), ("Nodes", $"{Math.Max(50, executions / 10)}"), ("ChangesPerSecond", $"{changesPerSecond}"));
        foreach (var program in fleet.Programs) await fleet.StartAsync(program);
        return fleet;
    }

    /// <summary>What a program is.</summary>
    public static string NameOf(int program) => program < Feeds ? $"feed {program + 1}" : $"dashboard {program - Feeds + 1}";

    /// <summary>The dashboard's address, where the program is one.</summary>
    public Uri? DashboardOf(int program) => program < Feeds ? null : DashboardAddresses[program - Feeds];

    /// <summary>Starts a program.</summary>
    public async Task StartAsync(int program)
    {
        var settings = new Dictionary<string, string>
        {
            [SharedKey.Setting] = SharedKey.Value, ["Storage:Provider"] = "PostgreSql", ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        };
        if (program < Feeds)
        {
            settings["Roles"] = "Feed";
            settings["ControlPlane:Url"] = $"http://127.0.0.1:{_toControlPlane[program].Port}/simulator/api/v1";
            settings["Feed:PublicUrl"] = $"http://127.0.0.1:{_toFeed[program].Port}";
            settings["Storage:ConnectionString"] = $"{new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Port = _toDatabase[program].Port }};Application Name=feed-{program + 1}";
            _feeds[program] = await PartProcess.StartAsync(settings, _folder[$"feed-{program}"], _feedPorts[program]);
            return;
        }
        settings["Roles"] = "Dashboard";
        settings["ControlPlane:Url"] = new Uri(Simulator, "simulator/api/v1").ToString();
        settings["Feed:Urls"] = string.Join(',', _toFeed.Select(link => $"http://127.0.0.1:{link.Port}"));
        settings["Storage:ConnectionString"] = _postgres.ConnectionString;
        settings["Dashboard:TrustedProxies"] = "127.0.0.1";
        settings["Dashboard:PublicUrls"] = Address.ToString();
        _dashboards[program - Feeds] = await PartProcess.StartAsync(settings, _folder[$"dashboard-{program}"], _dashboardPorts[program - Feeds]);
    }

    /// <summary>Kills a program.</summary>
    public Task KillAsync(int program) => Program(program).KillAsync();

    /// <summary>Sends a program a signal: <c>STOP</c> or <c>CONT</c>.</summary>
    public async Task SignalAsync(int program, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Program(program).ProcessId}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Stops the database as a power failure would.</summary>
    public void KillDatabase() => _postgres.Kill();

    /// <summary>Starts the database.</summary>
    public void StartDatabase() => _postgres.Start();

    /// <summary>Runs SQL.</summary>
    public void Execute(string sql) => _postgres.Execute(sql);

    /// <summary>The control plane goes on without changing anything by itself.</summary>
    public async Task CalmAsync()
    {
        await _simulator.KillAsync();
        await StartSimulatorAsync(("ChangesPerSecond", "0"));
    }

    /// <summary>What a dashboard says of its copy: <c>live</c>, or what keeps it from that.</summary>
    public async Task<string> StateAsync(Uri dashboard)
    {
        try
        {
            using var health = JsonDocument.Parse(await Http.GetStringAsync(new Uri(dashboard, "health/ready")));
            return health.RootElement.GetProperty("dependencies").GetProperty("replica").GetProperty("description").GetString()!;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return e.Message;
        }
    }

    /// <summary>Number of the last change that a dashboard has; -1 when it does not answer.</summary>
    public async Task<long> SequenceAsync(Uri dashboard)
    {
        try
        {
            var line = (await Http.GetStringAsync(new Uri(dashboard, "metrics"))).Split('\n').FirstOrDefault(line => line.StartsWith("dashboard_sequence ", StringComparison.Ordinal));
            return line is null ? -1 : (long)double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return -1;
        }
    }

    /// <summary>The last lines of each program.</summary>
    public string Tails(int lines) => string.Join('\n', Programs.Select(program => $"--- {NameOf(program)}\n{string.Join('\n', Program(program).Output.TrimEnd().Split('\n').TakeLast(lines))}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _dashboards.Concat(_feeds).Append(_simulator).OfType<PartProcess>()) await part.DisposeAsync();
        foreach (var link in Links) await link.DisposeAsync();
        if (!_balancer.HasExited) _balancer.Kill(entireProcessTree: true);
        await _balancer.WaitForExitAsync();
        _balancer.Dispose();
        _postgres.Dispose();
        Http.Dispose();
        _folder.Dispose();
    }

    private PartProcess Program(int program) => (program < Feeds ? _feeds[program] : _dashboards[program - Feeds])!;

    private async Task StartSimulatorAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["Roles"] = "Simulator", ["Simulator:Database"] = _folder["simulator.db"] };
        foreach (var (name, value) in settings) all["Simulator:" + name] = value;
        _simulator = await PartProcess.StartAsync(all, _folder.Path, _simulatorPort);
    }

    // That of deploy/, with these dashboards in the place of its two.
    private string BalancerSettings()
    {
        var lines = File.ReadLines(Path.Combine(PartProcess.Repository, "deploy", "haproxy.cfg")).Where(line => !line.StartsWith("  server ", StringComparison.Ordinal)).ToList();
        var resolvers = lines.FindIndex(line => line.StartsWith("resolvers ", StringComparison.Ordinal));
        lines.RemoveRange(resolvers, lines.FindIndex(resolvers, line => line.Length == 0) - resolvers);
        return string.Join('\n', lines.Select(line => line.Replace("bind :8080", $"bind 127.0.0.1:{BalancerPort}", StringComparison.Ordinal).Replace(" resolvers docker init-addr last,none", "", StringComparison.Ordinal)))
            + "\n" + string.Concat(_dashboardPorts.Select((port, i) => $"  server dashboard-{i + 1} 127.0.0.1:{port} cookie {i + 1}\n"));
    }
}
