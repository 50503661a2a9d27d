using System.Globalization;
using System.Net;
using ExecutionDashboard.IntegrationTests.Circuits;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Telemetry;

/// <summary>Dashboard, feed and simulator in one process that has had visitors on every page and file, told to send what it measures to a collector.</summary>
public sealed class MonitoredProgram : IAsyncLifetime
{
    /// <summary>What somebody searches for.</summary>
    public const string Search = "a-search-that-is-nobodys-business";

    /// <summary>The token of the control plane.</summary>
    public const string Token = "a-token-that-stays-in-the-process";

    private static readonly string[] Pages = ["", "executions", "nodes", "jobs", "deployments", "timeline", "specs", "compare"];
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private PartProcess _program = null!;

    /// <summary>The collector.</summary>
    public Collector Collector { get; private set; } = null!;

    /// <summary>Where the program is.</summary>
    public Uri Address => _program.Address;

    /// <summary>A scrape after all the visits.</summary>
    public string Scrape { get; private set; } = "";

    /// <summary>Scrapes now.</summary>
    public Task<string> ScrapeAsync() => _http.GetStringAsync(new Uri(Address, "metrics"));

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Collector = await Collector.StartAsync();
        _program = await PartProcess.StartAsync(new Dictionary<string, string>
        {
            ["Simulator:Database"] = "", ["Simulator:ChangesPerSecond"] = "20", ["Storage:ConnectionString"] = _folder["fleet.db"], ["ControlPlane:Token"] = Token,
            ["Notifications:ops:Url"] = $"http://127.0.0.1:1/{Token}",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Address.ToString(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000", ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        }, _folder.Path);
        await Eventually.ContainsAsync(() => _http.GetStringAsync(new Uri(Address, "health/ready")), "\"description\":\"live\"");
        await VisitAsync();
        await KnockAsync();
        // A listener is timed when it draws what a signal was about.
        await using var viewer = await Circuit.OpenAsync(_http, Address, "executions", _ => { }, _ => { });
        await Eventually.ContainsAsync(async () => Scrape = await ScrapeAsync(), "dashboard_lag_seconds_count{stage=\"shown\"}");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        await Collector.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>Series of a scrape.</summary>
    public static IEnumerable<string> Series(string scrape) => scrape.Split('\n').Where(l => l.Length > 0 && l[0] != '#');

    /// <summary>The value of the one series that starts so.</summary>
    public static double Value(string scrape, string series) =>
        double.Parse(Series(scrape).Single(l => l.StartsWith(series, StringComparison.Ordinal)).Split(' ')[^1], CultureInfo.InvariantCulture);

    private async Task VisitAsync()
    {
        var ids = await IdsAsync();
        foreach (var page in Pages.Concat(ids).Append($"executions?q={Search}"))
            await using (await Circuit.OpenAsync(_http, Address, page, _ => { }, _ => { }))
            {
            }
        var files = Directory.EnumerateFiles(Path.Combine(Root(), "wwwroot"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Path.Combine(Root(), "wwwroot"), f));
        foreach (var address in files.Append("no-such-page").Append("no-such-file.js").Append("health/ready").Append($"export/executions.csv?q={Search}").Append("export/executions.json"))
            (await _http.GetAsync(new Uri(Address, address))).Dispose();
    }

    // One of each kind of thing, by the addresses of the simulator's API.
    private async Task<List<string>> IdsAsync()
    {
        var pages = new List<string>();
        foreach (var kind in new[] { "executions", "nodes", "jobs", "deployments" })
        {
            using var list = System.Text.Json.JsonDocument.Parse(await _http.GetStringAsync(new Uri(Address, $"simulator/api/v1/{kind}?limit=1")));
            var first = list.RootElement.EnumerateObject().First(p => p.Value.ValueKind == System.Text.Json.JsonValueKind.Array && p.Value.GetArrayLength() > 0).Value[0];
            pages.Add($"{kind}/{Uri.EscapeDataString(first.GetProperty("id").GetString()!)}");
        }
        return pages;
    }

    // What is refused is counted, too.
    private async Task KnockAsync()
    {
        using var stranger = new HttpRequestMessage(HttpMethod.Get, Address) { Headers = { Host = "evil.example" } };
        using var refused = await _http.SendAsync(stranger);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var keyless = await _http.GetAsync(new Uri(Address, "feed/v1/status"));
        Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
        await using var tab = await Circuit.OpenAsync(_http, Address, "jobs", _ => { }, _ => { });
        await tab.SendTooMuchAsync(64 * 1024);
        await Eventually.ContainsAsync(ScrapeAsync, "dashboard_limit_met_total{limit=\"circuit_message_bytes\"}");
        // The tab did not say that it leaves: it is kept for its connection to come back.
        await Eventually.HoldsAsync(async () => Value(await ScrapeAsync(), "dashboard_viewers_disconnected") >= 1 ? null : "no tab is disconnected");
    }

    /// <summary>The checkout.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ExecutionDashboard.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
