using System.Net;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Connection;

/// <summary>The first load of a fleet, held in the middle.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LoadingTests(Browser browser)
{
    [Fact]
    public async Task Pages_HalfLoaded_ShowTheProgressAndWhatIsThere()
    {
        using var folder = new TemporaryFolder();
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartServerAsync(rest.Task);
        await using var program = await PartProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["ControlPlane:Url"] = server.Urls.First(), ["ControlPlane:RequestTimeout"] = "00:02:00", ["Storage:ConnectionString"] = folder["fleet.db"],
            }, folder.Path);
        await using var tab = await browser.OpenAsync(program.Address, "executions?sort=id");

        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync("Loading 1,000 of 1,500");
        await Expect(tab.Page.Locator(".list-count strong")).ToHaveTextAsync("1,000");
        await tab.Page.Locator("tbody tr[data-index]").First.ClickAsync();
        await Expect(tab.Page.Locator(".panel .execution-title .state")).ToHaveTextAsync("running");
        rest.SetResult();

        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync("Live");
        await Expect(tab.Page.Locator(".list-count strong")).ToHaveTextAsync("1,500");
        Assert.Empty(tab.Errors);
    }

    private static async Task<WebApplication> StartServerAsync(Task rest)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/api/v1/executions", async (string? order_by, string? next_token) =>
        {
            if (order_by == "updated_at") return Json(Page(1_499, 1, ""));
            if (string.IsNullOrEmpty(next_token)) return Json(Page(0, 1_000, "rest"));
            await rest;
            return Json(Page(1_000, 500, ""));
        });
        app.MapGet("/api/v1/jobs", () => Json("""{"items":[{"id":"job-1","spec":{"name":"ingest"},"status":{"version":1,"state":{"state_type":"running"}}}]}"""));
        app.MapGet("/api/v1/nodes", () => Json("""{"items":[{"id":"node-1","status":{"connection_state":"connected"}}]}"""));
        app.MapGet("/api/v1/status", () => Json("""{"executions":{"total":1500}}"""));
        app.MapFallback(() => Results.Text("{}", "application/json", statusCode: 404));
        await app.StartAsync();
        return app;
    }

    private static string Page(int from, int count, string next)
    {
        var rows = Enumerable.Range(from, count).Select(i => $$"""
            {"id":"exec-{{i:0000}}","job_id":"job-1","job_version":1,"node_id":"node-1",
             "status":{"desired_state":{"state_type":"running"},"observed_state":{"state_type":"running"},"revision":1,"created_at":"2026-05-01T00:00:00Z","updated_at":"2026-05-01T00:00:00Z"} }
            """);
        return $$"""{"items":[{{string.Join(',', rows)}}],"next_token":"{{next}}"}""";
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");
}
