using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Devices;

/// <summary>axe reports nothing on any page, in either theme; no page has a console error under the security policy.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    // The other scheme differs in colours only.
    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryPage_InEitherTheme_HasNoViolation(ColorScheme scheme)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, scheme: scheme);
        var page = tab.Page;
        var found = new List<string>();
        // Only the changed part of a page is checked again.
        async Task CheckAsync(string what, string ready, string part = "html") =>
            found.AddRange(await ViolationsAsync(page, what, ready, scheme == ColorScheme.Light ? Wcag : Colours, part));

        await CheckAsync("overview", ".needs-attention");
        await page.GotoAsync("executions?state=running&sort=-created&label=region%3Dus-west");
        await CheckAsync("list", "tbody tr[data-index]");
        await page.Locator("tbody tr[data-index] input").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "+ Filter" }).ClickAsync();
        await CheckAsync("filter menu", ".filter-menu [data-begin]", ".filters");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("tbody tr[data-index] .c-job").First.ClickAsync();
        await CheckAsync("panel", ".panel .steps li", ".panel");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open as a page" }).ClickAsync();
        await CheckAsync("execution", ".execution-page .steps li");
        foreach (var (name, ready) in new[] { ("Timeline", ".steps li"), ("Spec", ".tab-panel .card"), ("Raw", ".source .code-line") })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();
            await CheckAsync(name, ready, ".tab-panel");
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        await CheckAsync("stop dialog", ".stop-dialog", ".stop-dialog");
        await page.GotoAsync("attention");
        await CheckAsync("attention", ".problem-table tbody tr");
        await page.Locator(".problem-table .row-link").First.ClickAsync();
        await CheckAsync("problem", ".problem-view .evidence li", ".panel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge…" }).ClickAsync();
        await CheckAsync("acknowledge dialog", "#acknowledge-by", ".stop-dialog");
        await page.Locator("#acknowledge-by").PressAsync("Escape");
        await page.Locator(".problem-subjects a").First.ClickAsync();
        await CheckAsync("cards", ".problem-card .evidence li", ".problem-cards");
        Assert.Empty(tab.Errors);
        await page.GotoAsync("no/such/page");
        await CheckAsync("not found", "h1");

        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public async Task Page_PhoneWidth_HasNoViolation()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "", 390, 844);
        var found = await ViolationsAsync(tab.Page, "overview", ".needs-attention", Wcag);
        await tab.Page.GotoAsync("executions?state=running");
        found.AddRange(await ViolationsAsync(tab.Page, "list", "tbody tr[data-index]", Wcag));
        await tab.Page.GotoAsync("attention");
        found.AddRange(await ViolationsAsync(tab.Page, "attention", ".problem-table tbody tr", Wcag));

        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    private static async Task<List<string>> ViolationsAsync(IPage page, string what, string ready, AxeRunOptions rules, string part = "html")
    {
        await Expect(page.Locator(ready).First).ToBeVisibleAsync();
        return [.. (await page.Locator(part).RunAxe(rules)).Violations.Select(v => $"{what}: {v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")];
    }
}
