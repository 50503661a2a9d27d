using System.Text.Json.Nodes;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Lists;

/// <summary>Executions with unusual data: no page fails, and nothing in them is executed.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OddDataTests(Browser browser)
{
    private const string Slashes = "a/b/../c d?e#f%2f";
    private const string Script = "<img src=x onerror=\"window.hacked=true\"><script>window.hacked=true</script>";

    [Fact]
    public async Task Pages_OddExecutions_ShowThemAsTheyAre()
    {
        using var folder = new TemporaryFolder();
        await using var server = await LyingControlPlane.StartAsync();
        server.Put(Slashes, "failed", 3, new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), Script);
        server.Put("bare", new JsonObject { ["id"] = "bare" });
        server.Put("no-object", new JsonObject { ["id"] = "no-object", ["job_id"] = "j", ["job_version"] = 2, ["job_spec"] = new JsonArray("text") });
        var deep = new JsonObject { ["leaf"] = "at the bottom" };
        for (var i = 0; i < 50; i++) deep = new JsonObject { [$"<b onmouseover=x>{i}"] = deep };
        server.Put("deep", new JsonObject { ["id"] = "deep", ["job_spec"] = new JsonObject { ["name"] = "deep", ["config"] = deep, [Script] = Script } });
        server.Put("strange", "hibernating", 1, new(2027, 11, 1, 0, 0, 0, TimeSpan.Zero));
        await using var program = await PartProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["ControlPlane:Url"] = server.Address.ToString(), ["ControlPlane:PollInterval"] = "00:00:00.3", ["ControlPlane:RequestTimeout"] = "00:00:02", ["Storage:ConnectionString"] = folder["fleet.db"],
            }, folder.Path);
        await using var tab = await browser.OpenAsync(program.Address, "executions?sort=id");
        await Expect(tab.Page.Locator("tbody tr[data-index]")).ToHaveCountAsync(5);
        await Expect(tab.Page.Locator("tbody")).ToContainTextAsync(Script);
        await Expect(tab.Page.Locator("tbody .st-other").Last).ToHaveTextAsync("hibernating");

        await tab.Page.Locator("tbody tr[data-index]", new() { HasText = Script }).ClickAsync();
        await Expect(tab.Page.Locator(".panel")).ToContainTextAsync(Slashes);
        await Expect(tab.Page.Locator(".panel .steps li").First).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Open as a page" }).ClickAsync();
        await Expect(tab.Page.Locator(".execution-page")).ToContainTextAsync(Script);
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("dt:text-is('Execution') + dd")).ToContainTextAsync(Slashes);
        foreach (var id in new[] { "bare", "strange", "deep", "no-object" })
        {
            foreach (var view in new[] { "", "?tab=timeline", "?tab=spec", "?tab=raw" })
            {
                await tab.Page.GotoAsync($"executions/{id}{view}");
                await Expect(tab.Page.Locator("#tabpanel > *").First).ToBeVisibleAsync();
            }
        }
        await tab.Page.GotoAsync("executions/no-object?tab=spec");
        await Expect(tab.Page.Locator(".empty")).ToContainTextAsync("is no object but a list");
        await tab.Page.GotoAsync("executions/deep?tab=spec");
        await tab.Page.GetByLabel("Search in Config").FillAsync("at the bottom");
        await Expect(tab.Page.Locator(".code-line.current")).ToContainTextAsync("leaf");
        Assert.False(await tab.Page.EvaluateAsync<bool>("() => window.hacked === true"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Pages_ControlPlaneLies_KeepTheRowsAndSayWhy()
    {
        using var folder = new TemporaryFolder();
        await using var server = await LyingControlPlane.StartAsync();
        server.Put("exec-1", "running", 1, new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var program = await PartProcess.StartAsync(
            new Dictionary<string, string> { ["ControlPlane:Url"] = server.Address.ToString(), ["ControlPlane:PollInterval"] = "00:00:00.3", ["Storage:ConnectionString"] = folder["fleet.db"] }, folder.Path);
        await using var tab = await browser.OpenAsync(program.Address, "executions?sort=id");
        await Expect(tab.Page.Locator("tbody tr[data-index]")).ToHaveCountAsync(1);

        server.Lie = Lie.Html;
        await Expect(tab.Page.Locator(".banner.bad")).ToContainTextAsync("HTML instead of JSON");
        await Expect(tab.Page.Locator("tbody tr[data-index]")).ToHaveCountAsync(1);
        server.Lie = Lie.Garbage;
        await Expect(tab.Page.Locator(".banner.warn")).ToContainTextAsync("unreadable and left out");
        server.Lie = Lie.None;
        server.Put("exec-1", "failed", 2, new(2026, 5, 1, 13, 0, 0, TimeSpan.Zero), "Out of memory");

        await Expect(tab.Page.Locator("tbody tr[data-index]")).ToContainTextAsync("Out of memory");
        await Expect(tab.Page.Locator(".banner")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        Assert.Empty(tab.Errors);
    }
}
