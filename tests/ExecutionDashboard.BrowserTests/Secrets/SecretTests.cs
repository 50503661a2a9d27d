using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Secrets;

/// <summary>The passwords, keys and tokens in the fleet's specs are on no page and in no export.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SecretTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    private static readonly string[] Planted =
    [
        "s3nsor-Pa55!", "kfk-9f1b77c2e0", "E5-s3cret", "eyJhbGciOiJIUzI1NiJ9.c3RvcmU.4rT9", "wJalrEXAMPLEKEYnotreal", "qr-7788aa", "m3trics", "Tr0ub4dor", "ck_live_51Hx00demo", "oa2-5d0c1f",
    ];

    [Fact]
    public async Task EveryView_OfAnExecutionOfEachJob_HasNoPlantedSecret()
    {
        var sent = await fleet.Http.GetStringAsync(new Uri(fleet.Api, "jobs?limit=1000"));
        Assert.All(Planted, secret => Assert.Contains(secret, sent, StringComparison.Ordinal));
        var executions = (await fleet.ListAsync("executions")).GroupBy(e => e.GetProperty("job_id").GetString()).Select(g => g.First().GetProperty("id").GetString()!);
        await using var tab = await browser.OpenAsync(fleet.Address);
        Clean(await tab.Page.ContentAsync(), "overview");

        foreach (var id in executions)
        {
            await tab.Page.GotoAsync($"executions/{id}");
            await Expect(tab.Page.Locator(".steps li").First).ToBeVisibleAsync();
            Clean(await tab.Page.ContentAsync(), id);
            await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Timeline" }).ClickAsync();
            await Expect(tab.Page.Locator(".steps li").First).ToBeVisibleAsync();
            Clean(await tab.Page.ContentAsync(), id + " timeline");
            await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Spec" }).ClickAsync();
            foreach (var view in new[] { "Readable", "YAML", "JSON" })
            {
                await tab.Page.GetByRole(AriaRole.Button, new() { Name = view, Exact = true }).ClickAsync();
                await Expect(tab.Page.Locator(".source").First).ToContainTextAsync("pipeline");
                Clean(await tab.Page.ContentAsync(), $"{id} {view}");
            }
            await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Raw" }).ClickAsync();
            await Expect(tab.Page.Locator(".source")).ToContainTextAsync("\"job_spec\"");
            Clean(await tab.Page.ContentAsync(), id + " raw");
        }
        foreach (var format in new[] { "csv", "json" }) Clean(await fleet.Http.GetStringAsync(new Uri(fleet.Address, "export/executions." + format)), format);
        Assert.Empty(tab.Errors);
    }

    private static void Clean(string text, string where) =>
        Assert.All(Planted, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{secret} is shown: {where}"));
}
