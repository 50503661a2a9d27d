using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Telemetry;
using static ExecutionDashboard.IntegrationTests.Attention.NotifyingFeed;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>A real Alertmanager (Debian's <c>prometheus-alertmanager</c>) that a feed tells of problems, and that tells a receiver of its own.</summary>
public sealed class AlertmanagerTests
{
    [Fact]
    public async Task Alertmanager_OfAFeed_HasTheOpenProblemsAsAlertsAndPassesThemOn()
    {
        using var folder = new TemporaryFolder();
        await using var receiver = await WebhookReceiver.StartAsync();
        var port = FreePort.Next();
        await File.WriteAllTextAsync(folder["alertmanager.yml"], $"""
            route: {"{"} receiver: hook, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 1h {"}"}
            receivers:
              - name: hook
                webhook_configs: [{"{"} url: "{receiver.Address}", send_resolved: true {"}"}]
            """);
        using var alertmanager = Tool.StartServer("prometheus-alertmanager", $"--config.file={folder["alertmanager.yml"]}", $"--storage.path={folder["data"]}",
            $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        try
        {
            await Eventually.HoldsAsync(async () => await AlertsAsync(http) is { } alerts && alerts.StartsWith('[') ? null : "it does not answer yet");
            await using var feed = await StartAsync(
                ("Notifications:am:Url", $"http://127.0.0.1:{port}"), ("Notifications:am:Format", "alertmanager"), ("Notifications:am:BatchWindow", "00:00:01"), ("Dashboard:PublicUrls", "https://d.example.com"));

            await feed.ReportAsync(Problem("outage/region=eu", nodes: 5_000) with { JobId = "job-1" }, Problem("quiet", ProblemSeverity.Notice));
            await Eventually.ContainsAsync(() => AlertsAsync(http), "\"problem\":\"outage/region=eu\"");
            var alerts = await AlertsAsync(http);
            foreach (var part in (string[])["\"alertname\":\"Outage\"", "\"severity\":\"warning\"", "\"cause\":\"outage\"", "\"execution_job\":\"job-1\"", "\"summary\":\"outage/region=eu is wrong\"", "\"concerns\":\"5,000 nodes\"", "https://d.example.com/attention?open=outage%2Fregion%3Deu"])
                Assert.Contains(part, alerts, StringComparison.Ordinal);
            Assert.DoesNotContain("\"quiet\"", alerts, StringComparison.Ordinal);

            // Its severity is a label: the alert of the one before ends.
            await feed.ReportAsync(Problem("outage/region=eu", ProblemSeverity.Critical, 5_000) with { JobId = "job-1" });
            await Eventually.HoldsAsync(async () => await AlertsAsync(http) is var now && now.Contains("\"severity\":\"critical\"", StringComparison.Ordinal) && !now.Contains("\"severity\":\"warning\"", StringComparison.Ordinal) ? null : now);

            await feed.ReportAsync();
            await Eventually.HoldsAsync(async () => await AlertsAsync(http) is var now && now.Trim() == "[]" ? null : now);
            await Eventually.HoldsAsync(() => Task.FromResult(receiver.Received.Any(r => r.Body.Contains("\"status\":\"resolved\"", StringComparison.Ordinal)) ? null : "no end was passed on"));
            Assert.True(MonitoredProgram.Value(await feed.ScrapeAsync(), "dashboard_notifications_total{outcome=\"sent\",target=\"am\"}") >= 3);
            Assert.Equal(0, MonitoredProgram.Value(await feed.ScrapeAsync(), "dashboard_notifications_total{outcome=\"failed\",target=\"am\"}"));
        }
        finally
        {
            alertmanager.Kill();
            await alertmanager.WaitForExitAsync();
        }
    }

    private static async Task<string> AlertsAsync(HttpClient http)
    {
        try
        {
            return await http.GetStringAsync(new Uri("api/v2/alerts?active=true", UriKind.Relative));
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }
}
