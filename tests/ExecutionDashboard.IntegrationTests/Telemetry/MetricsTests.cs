using System.Text.Json;
using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Telemetry;

/// <summary>Metrics and traces of a program after visits to every page: scraped by the real Prometheus, checked by its tools, sent to a collector.</summary>
public sealed partial class MetricsTests(MonitoredProgram program) : IClassFixture<MonitoredProgram>
{
    private const int MostSeries = 330;
    private static readonly string Rules = Path.Combine(MonitoredProgram.Root(), "deploy", "prometheus", "rules.yml");
    private static readonly string Grafana = Path.Combine(MonitoredProgram.Root(), "deploy", "grafana", "execution-dashboard.json");

    [Fact]
    public void Scrape_AfterVisitsOfEveryPage_HasFewSeriesAndNoFilesAsRoutes()
    {
        var series = MonitoredProgram.Series(program.Scrape).ToList();
        Assert.True(series.Count < MostSeries, $"{series.Count} series:\n{program.Scrape}");
        Assert.Contains("target_info{service_name=\"execution-dashboard\"", program.Scrape, StringComparison.Ordinal);
        var routes = series.Select(s => RouteLabel().Match(s)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.All(routes, route => Assert.DoesNotContain('.', route.Replace(".csv", "", StringComparison.Ordinal).Replace(".json", "", StringComparison.Ordinal)));
        Assert.Superset(new HashSet<string> { "/", "/executions", "/executions/{Id}", "/timeline", "/static", "/feed" }, routes);
        Assert.InRange(MonitoredProgram.Value(program.Scrape, "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/static\"}"), 20, 1_000);
    }

    [Fact]
    public void Scrape_OfOurOwn_CountsWhatHappened()
    {
        Assert.InRange(MonitoredProgram.Value(program.Scrape, "feed_answer_age_seconds"), 0, 300);
        Assert.InRange(MonitoredProgram.Value(program.Scrape, "dashboard_data_age_seconds"), 0, 300);
        Assert.True(MonitoredProgram.Value(program.Scrape, "feed_log_size_bytes") > 100_000);
        // The fleet of 200 nodes that the first load found, at least.
        Assert.True(MonitoredProgram.Value(program.Scrape, "feed_log_rows") > 200);
        Assert.True(MonitoredProgram.Value(program.Scrape, "dashboard_viewers{") >= 1);
        Assert.Equal(0, MonitoredProgram.Value(program.Scrape, "feed_log_write_failures_total{operation=\"append\"}"));
        Assert.InRange(MonitoredProgram.Value(program.Scrape, "control_plane_errors_total{error=\"unreachable\"}"), 0, 100);
        Assert.True(MonitoredProgram.Value(program.Scrape, "control_plane_requests_total{caller=\"feed\"}") > 3);
        // Polls of a server on the same machine take milliseconds, whatever the machine is busy with: buckets in seconds tell them from each other.
        Assert.Equal(["0.005", "0.025", "0.1", "0.25", "0.5", "1", "5", "15", "+Inf"], Buckets("feed_poll_duration_seconds_bucket{le"));
        Assert.True(MonitoredProgram.Value(program.Scrape, "feed_lag_seconds_count") > 0);
        // Within what clocks of whole seconds leave open: see FeedStatus.ClockSkewSeconds.
        Assert.InRange(MonitoredProgram.Value(program.Scrape, "feed_lag_seconds_sum") / MonitoredProgram.Value(program.Scrape, "feed_lag_seconds_count"), 0, 300);
        Assert.InRange(MonitoredProgram.Value(program.Scrape, "dashboard_lag_seconds_sum{stage=\"shown\"}") / MonitoredProgram.Value(program.Scrape, "dashboard_lag_seconds_count{stage=\"shown\"}"), 0, 300);
    }

    [Fact]
    public async Task Promtool_CheckMetrics_HasNoComplaint()
    {
        var (exitCode, output) = await Tool.RunAsync("promtool", program.Scrape, "check", "metrics");
        Assert.Equal((0, ""), (exitCode, output));
    }

    [Fact]
    public async Task Promtool_TestRules_EveryRuleFiresAndIsQuietWhenItShould()
    {
        var tests = Path.Combine(MonitoredProgram.Root(), "tests", "ExecutionDashboard.IntegrationTests", "Telemetry", "rules.test.yml");
        var (exitCode, output) = await Tool.RunAsync("promtool", "", "test", "rules", tests);
        Assert.True(exitCode == 0, output);
        var tested = await File.ReadAllTextAsync(tests);
        var alerts = Alert().Matches(await File.ReadAllTextAsync(Rules)).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert =>
        {
            Assert.Contains($"name: {alert} fires\n", tested, StringComparison.Ordinal);
            Assert.Contains($"name: {alert} is quiet\n", tested, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task RulesAndDashboard_EveryMetricTheyName_IsInAScrape()
    {
        var there = MonitoredProgram.Series(program.Scrape).Select(s => s.Split('{', ' ')[0]).Append("up").ToHashSet(StringComparer.Ordinal);
        var expressions = Expressions(await File.ReadAllTextAsync(Grafana)).ToList();
        Assert.True(expressions.Count > 20);
        Assert.All(expressions.SelectMany(MetricsOf).Concat(MetricsOf(await File.ReadAllTextAsync(Rules))), metric => Assert.Contains(metric, there));

        // What is no PromQL is found by Prometheus' own reader.
        using var folder = new TemporaryFolder();
        var lines = expressions.Select((e, i) => $"      - record: panel:{i}\n        expr: {JsonSerializer.Serialize(e.Replace("$__rate_interval", "5m", StringComparison.Ordinal))}\n");
        await File.WriteAllTextAsync(folder["panels.yml"], $"groups:\n  - name: panels\n    rules:\n{string.Concat(lines)}");
        var (exitCode, output) = await Tool.RunAsync("promtool", "", "check", "rules", folder["panels.yml"]);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Docs_TableOfMetrics_NamesEachOfOurOwnAndNoOther()
    {
        var named = TableRow().Matches(await File.ReadAllTextAsync(Path.Combine(MonitoredProgram.Root(), "docs", "production.md"))).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var ours = HelpLine().Matches(program.Scrape).Select(m => m.Groups[1].Value).Where(n => OurPrefixes().IsMatch(n)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(ours.Order(), named.Order());
    }

    [Fact]
    public async Task Prometheus_Real_ScrapesItAndReadsTheRules()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Next();
        await File.WriteAllTextAsync(folder["prometheus.yml"], $"""
            global: {"{"} scrape_interval: 1s, evaluation_interval: 1s {"}"}
            rule_files: [{Rules}]
            scrape_configs:
              - job_name: execution-dashboard
                static_configs:
                  - targets: ["{program.Address.Authority}"]
            """);
        using var prometheus = Tool.StartServer(
            "prometheus", $"--config.file={folder["prometheus.yml"]}", $"--storage.tsdb.path={folder["data"]}", $"--web.listen-address=127.0.0.1:{port}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        try
        {
            await Eventually.ContainsAsync(() => AskAsync(http, "api/v1/query?query=feed_changes_total"), "\"job\":\"execution-dashboard\"");
            Assert.Contains("\"value\":[", await AskAsync(http, "api/v1/query?query=up%20==%201"), StringComparison.Ordinal);
            await Eventually.HoldsAsync(async () =>
            {
                var rules = await AskAsync(http, "api/v1/rules");
                return rules.Contains("\"health\":\"unknown\"", StringComparison.Ordinal) || !rules.Contains("\"health\":\"ok\"", StringComparison.Ordinal) ? rules : null;
            });
            Assert.DoesNotContain("\"health\":\"err\"", await AskAsync(http, "api/v1/rules"), StringComparison.Ordinal);
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Collector_Named_GetsMetricsAndTracesWithoutSecrets()
    {
        await Eventually.ContainsAsync(() => Task.FromResult(program.Collector.Received("metrics")), "feed.answer.age");
        foreach (var span in new[] { "feed.poll", "feed.join", "dashboard.feed_join", "execution-dashboard" })
            await Eventually.ContainsAsync(() => Task.FromResult(program.Collector.Received("traces")), span);
        var all = program.Collector.Received("metrics") + program.Collector.Received("traces");
        Assert.DoesNotContain(MonitoredProgram.Token, all, StringComparison.Ordinal);
        Assert.DoesNotContain(MonitoredProgram.Search, all, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer", all, StringComparison.Ordinal);
    }

    private IEnumerable<string> Buckets(string start) => MonitoredProgram.Series(program.Scrape).Where(s => s.StartsWith(start, StringComparison.Ordinal)).Select(s => s.Split("le=\"")[1].Split('"')[0]);

    // Before it listens, nobody answers.
    private static async Task<string> AskAsync(HttpClient http, string address)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri(address, UriKind.Relative));
            return await reply.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<string> Expressions(string dashboard)
    {
        using var json = JsonDocument.Parse(dashboard);
        return [.. Everything(json.RootElement).Where(e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty("expr", out _)).Select(e => e.GetProperty("expr").GetString()!)];
    }

    private static IEnumerable<JsonElement> Everything(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Everything(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Everything),
        _ => [element],
    };

    private static IEnumerable<string> MetricsOf(string promQl) => MetricName().Matches(promQl).Select(m => m.Value).Distinct();

    [GeneratedRegex("http_route=\"([^\"]*)\"")]
    private static partial Regex RouteLabel();

    [GeneratedRegex("- alert: (\\w+)")]
    private static partial Regex Alert();

    // Whatever stands before braces or a range, or is compared, and is of one of the families there are.
    [GeneratedRegex(@"\b(?:up|(?:feed|dashboard|control_plane|thread_pool|http_server|dotnet|kestrel|signalr)_\w+)(?=\s*[\[{=<>]|\s+[=<>])")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"^\| `(\w+)`", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^# HELP (\w+)", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^(feed|dashboard|control_plane|thread_pool)_")]
    private static partial Regex OurPrefixes();
}
