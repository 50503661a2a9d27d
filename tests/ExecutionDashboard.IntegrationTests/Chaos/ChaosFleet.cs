using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Leading;
using ExecutionDashboard.IntegrationTests.Storage;
using Npgsql;

namespace ExecutionDashboard.IntegrationTests.Chaos;

/// <summary>Size of what runs.</summary>
/// <param name="Executions">Executions of the simulated control plane.</param>
/// <param name="ChangesPerSecond">Changes that it makes by itself.</param>
/// <param name="LeaseSeconds">Lease of the feeds.</param>
internal sealed record ChaosSize(int Executions, int ChangesPerSecond, int LeaseSeconds);

/// <summary>
/// Everything that a large installation has, as processes: a simulated control plane, PostgreSQL, Redis, two feeds, three dashboards and HAProxy. Between any two of them that talk to each other is a
/// <see cref="Link"/>.
/// </summary>
internal sealed class ChaosFleet : IAsyncDisposable
{
    private const int Feeds = 2, Dashboards = 3;
    private const string PublicUrl = "Feed:PublicUrl";
    private readonly ChaosSize _size;
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresServer _postgres = new();
    private readonly RedisServer _redis = new();
    private readonly int _simulatorPort = FreePort.Next(), _balancerPort = FreePort.Next();
    private readonly int[] _ports = [.. Enumerable.Range(0, Feeds + Dashboards).Select(_ => FreePort.Next())];
    private readonly PartProcess?[] _parts = new PartProcess?[Feeds + Dashboards];
    private readonly Link[] _toDatabase, _toControlPlane, _toRedis, _named, _toDashboard;
    private readonly Link[,] _toFeed = new Link[Dashboards, Feeds];
    private readonly string _program;
    private PartProcess _simulator = null!;
    private Process _balancer = null!;

    private ChaosFleet(ChaosSize size, string program)
    {
        (_size, _program) = (size, program);
        var database = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString).Port;
        _toDatabase = Links(Programs, i => $"{NameOf(i)} to the database", _ => database);
        _toControlPlane = Links(Programs, i => $"{NameOf(i)} to the control plane", _ => _simulatorPort);
        _toRedis = Links(Programs.Take(Feeds), i => $"{NameOf(i)} to Redis", _ => _redis.Port);
        // The address that a feed names as its own is one for all dashboards; each of them knows another one, too.
        _named = Links(Programs.Take(Feeds), i => $"all dashboards to {NameOf(i)}", i => _ports[i]);
        _toDashboard = Links(Programs.Skip(Feeds), i => $"the balancer to {NameOf(i)}", i => _ports[i]);
        for (var dashboard = 0; dashboard < Dashboards; dashboard++)
            for (var feed = 0; feed < Feeds; feed++) _toFeed[dashboard, feed] = new($"{NameOf(Feeds + dashboard)} to {NameOf(feed)}", _ports[feed]);
    }

    /// <summary>For asking the processes.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Where viewers go.</summary>
    public Uri Address => new($"http://127.0.0.1:{_balancerPort}/");

    /// <summary>Numbers of the feeds, then of the dashboards.</summary>
    public IReadOnlyList<int> Programs { get; } = [.. Enumerable.Range(0, Feeds + Dashboards)];

    /// <summary>Addresses of the feeds, without a link in between.</summary>
    public IReadOnlyList<Uri> FeedAddresses => [.. _ports.Take(Feeds).Select(port => new Uri($"http://127.0.0.1:{port}/"))];

    /// <summary>Addresses of the dashboards, without a link in between.</summary>
    public IReadOnlyList<Uri> DashboardAddresses => [.. _ports.Skip(Feeds).Select(port => new Uri($"http://127.0.0.1:{port}/"))];

    /// <summary>The control plane.</summary>
    public Uri Simulator => new($"http://127.0.0.1:{_simulatorPort}/");

    /// <summary>The database, without a link in between.</summary>
    public string ConnectionString => _postgres.ConnectionString;

    /// <summary>Links by kind, such as <c>a dashboard to a feed</c>; the links of a list fail together.</summary>
    public IReadOnlyList<(string Kind, IReadOnlyList<Link> Links)> Links()
    {
        var all = new List<(string, IReadOnlyList<Link>)>();
        all.AddRange(_toDatabase.Select((link, i) => ($"{KindOf(i)} to the database", (IReadOnlyList<Link>)[link])));
        all.Add(("the feeds to the control plane", [_toControlPlane[0]]));
        all.AddRange(_toRedis.Select(link => ("a feed to Redis", (IReadOnlyList<Link>)[link])));
        all.AddRange(_toFeed.Cast<Link>().Select(link => ("a dashboard to a feed", (IReadOnlyList<Link>)[link])));
        all.AddRange(_named.Select((link, feed) => ("all dashboards to a feed", (IReadOnlyList<Link>)[link, .. Enumerable.Range(0, Dashboards).Select(dashboard => _toFeed[dashboard, feed])])));
        all.AddRange(_toDashboard.Select(link => ("the balancer to a dashboard", (IReadOnlyList<Link>)[link])));
        return all;
    }

    /// <summary>Starts all of it.</summary>
    /// <param name="size">How large.</param>
    /// <param name="program">The program of feeds and dashboards: another build, to begin with; null for this one.</param>
    /// <param name="withRedis">Whether feeds have Redis.</param>
    public static async Task<ChaosFleet> StartAsync(ChaosSize size, string? program = null, bool withRedis = true)
    {
        var fleet = new ChaosFleet(size, program ?? PartProcess.ProgramPath()) { HasRedis = withRedis };
        if (withRedis) await fleet._redis.StartAsync();
        fleet.StartBalancer();
        await fleet.StartSimulatorAsync(("Executions", $"{size.Executions}"), ("Nodes", $"{Math.Max(50, size.Executions / 10)}"), ("ChangesPerSecond", $"{size.ChangesPerSecond}"));
        await Task.WhenAll(fleet.Programs.Take(Feeds).Select(i => fleet.StartAsync(i)));
        await Task.WhenAll(fleet.Programs.Skip(Feeds).Select(i => fleet.StartAsync(i)));
        return fleet;
    }

    /// <summary>Whether the feeds have Redis.</summary>
    public bool HasRedis { get; private init; }

    /// <summary>Name of a program, such as <c>feed 1</c>.</summary>
    public static string NameOf(int program) => program < Feeds ? $"feed {program + 1}" : $"dashboard {program - Feeds + 1}";

    /// <summary>What a program is: <c>a feed</c> or <c>a dashboard</c>.</summary>
    public static string KindOf(int program) => program < Feeds ? "a feed" : "a dashboard";

    /// <summary>The address of a dashboard; null for a feed.</summary>
    public Uri? DashboardOf(int program) => program < Feeds ? null : DashboardAddresses[program - Feeds];

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its number.</param>
    /// <param name="build">Its build, where it is another one than the rest.</param>
    public async Task StartAsync(int program, string? build = null)
    {
        var settings = new Dictionary<string, string>
        {
            [SharedKey.Setting] = SharedKey.Value, ["Storage:Provider"] = "PostgreSql", ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
            // Feeds that share a log watch the same address.
            ["ControlPlane:Url"] = new Uri(_toControlPlane[program < Feeds ? 0 : program].Address, "simulator/api/v1").ToString(),
            ["Storage:ConnectionString"] = $"{new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Port = _toDatabase[program].Port }};Application Name={NameOf(program).Replace(' ', '-')}",
        };
        if (program < Feeds)
        {
            settings["Roles"] = "Feed";
            settings["ASPNETCORE_CONTENTROOT"] = _folder[NameOf(program)];
            settings["Feed:Lease"] = TimeSpan.FromSeconds(_size.LeaseSeconds).ToString("c", CultureInfo.InvariantCulture);
            settings[PublicUrl] = _named[program].Address.ToString();
            if (HasRedis) settings["Redis:ConnectionString"] = $"127.0.0.1:{_toRedis[program].Port}";
        }
        else
        {
            settings["Roles"] = "Dashboard";
            settings["Feed:Urls"] = string.Join(',', Enumerable.Range(0, Feeds).Select(feed => _toFeed[program - Feeds, feed].Address));
            settings["Dashboard:TrustedProxies"] = "127.0.0.1";
            settings["Dashboard:PublicUrls"] = Address.ToString();
        }
        _parts[program] = await PartProcess.StartAsync(settings, _folder[NameOf(program)], _ports[program], build ?? _program);
    }

    /// <summary>Kills a program.</summary>
    public Task KillAsync(int program) => _parts[program]!.KillAsync();

    /// <summary>Asks a program to end, and waits until it has.</summary>
    public Task StopAsync(int program) => _parts[program]!.StopAsync();

    /// <summary>Freezes a program.</summary>
    public void Freeze(int program) => _parts[program]!.Freeze();

    /// <summary>Lets a frozen program go on.</summary>
    public void Thaw(int program) => _parts[program]!.Thaw();

    /// <summary>Stops the database as a power failure would (<c>pg_ctl -m immediate</c>).</summary>
    public void KillDatabase() => _postgres.Kill();

    /// <summary>Starts the database.</summary>
    public void StartDatabase() => _postgres.Start();

    /// <summary>Kills Redis.</summary>
    public Task KillRedisAsync() => _redis.KillAsync();

    /// <summary>Starts Redis.</summary>
    public Task StartRedisAsync() => _redis.StartAsync();

    /// <summary>Runs SQL.</summary>
    public void Execute(string sql) => _postgres.Execute(sql);

    /// <summary>The control plane starts again, and changes nothing by itself any more.</summary>
    public async Task CalmAsync()
    {
        await _simulator.KillAsync();
        await StartSimulatorAsync(("ChangesPerSecond", "0"));
    }

    /// <summary>State of a dependency in the health of a program: its description, or what keeps the program from answering.</summary>
    public async Task<string> HealthAsync(Uri program, string dependency)
    {
        try
        {
            using var reply = await Http.GetAsync(new Uri(program, "health/ready"));
            using var health = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
            return health.RootElement.GetProperty("dependencies").TryGetProperty(dependency, out var found) ? found.GetProperty("description").GetString()! : $"no {dependency}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            return e.Message;
        }
    }

    /// <summary>A metric without labels; null when the program does not answer, or has none of this name.</summary>
    public async Task<double?> MetricAsync(Uri program, string name)
    {
        try
        {
            return MetricText.ValueOf(await Http.GetStringAsync(new Uri(program, "metrics")), name);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>The last lines that each program printed.</summary>
    public string Tails(int lines) => string.Join('\n', Programs.Select(program => $"--- {NameOf(program)}\n{string.Join('\n', (_parts[program]?.Output ?? "").TrimEnd().Split('\n').TakeLast(lines))}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts.Append(_simulator).OfType<PartProcess>()) await part.DisposeAsync();
        foreach (var link in Links().SelectMany(group => group.Links).Concat(_toControlPlane).Distinct()) await link.DisposeAsync();
        if (!_balancer.HasExited) _balancer.Kill(entireProcessTree: true);
        await _balancer.WaitForExitAsync();
        _balancer.Dispose();
        await _redis.DisposeAsync();
        _postgres.Dispose();
        Http.Dispose();
        _folder.Dispose();
    }

    private static Link[] Links(IEnumerable<int> programs, Func<int, string> name, Func<int, int> target) => [.. programs.Select(i => new Link(name(i), target(i)))];

    private async Task StartSimulatorAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["Roles"] = "Simulator", ["Simulator:Database"] = _folder["simulator.db"], ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information" };
        foreach (var (name, value) in settings) all["Simulator:" + name] = value;
        _simulator = await PartProcess.StartAsync(all, _folder.Path, _simulatorPort);
    }

    // The settings of deploy/, with these dashboards in place of its two.
    private void StartBalancer()
    {
        var lines = File.ReadLines(Path.Combine(PartProcess.Repository, "deploy", "haproxy.cfg")).Where(line => !line.StartsWith("  server ", StringComparison.Ordinal)).ToList();
        var resolvers = lines.FindIndex(line => line.StartsWith("resolvers ", StringComparison.Ordinal));
        lines.RemoveRange(resolvers, lines.FindIndex(resolvers, line => line.Length == 0) - resolvers);
        var settings = lines.Select(line => line.Replace("bind :8080", $"bind 127.0.0.1:{_balancerPort}", StringComparison.Ordinal).Replace(" resolvers docker init-addr last,none", "", StringComparison.Ordinal))
            .Concat(_toDashboard.Select((link, i) => $"  server dashboard-{i + 1} 127.0.0.1:{link.Port} cookie {i + 1}"));
        File.WriteAllLines(_folder["haproxy.cfg"], settings);
        _balancer = Process.Start(new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-q", "-f", _folder["haproxy.cfg"]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _balancer.OutputDataReceived += (_, _) => { };
        _balancer.ErrorDataReceived += (_, _) => { };
        _balancer.BeginOutputReadLine();
        _balancer.BeginErrorReadLine();
    }
}
