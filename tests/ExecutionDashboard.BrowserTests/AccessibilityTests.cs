using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests;

/// <summary>axe finds nothing on any page, in either theme; no page has a console error under the security policy.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Browser browser, DemoFleet fleet)
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    [Theory]
    [InlineData("", ".failures li", ColorScheme.Light)]
    [InlineData("", ".failures li", ColorScheme.Dark)]
    [InlineData("executions", "tbody tr[data-index]", ColorScheme.Light)]
    [InlineData("executions", "tbody tr[data-index]", ColorScheme.Dark)]
    [InlineData("panel", ".panel .steps li", ColorScheme.Light)]
    [InlineData("panel", ".panel .steps li", ColorScheme.Dark)]
    [InlineData("execution", ".execution-page .steps li", ColorScheme.Light)]
    [InlineData("execution", ".execution-page .steps li", ColorScheme.Dark)]
    [InlineData("spec", ".tab-panel .card", ColorScheme.Light)]
    [InlineData("spec", ".tab-panel .card", ColorScheme.Dark)]
    public async Task Page_InEitherTheme_HasNoViolation(string page, string ready, ColorScheme scheme)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, page is "" ? "" : "executions?state=running&sort=-created", scheme: scheme);
        if (page is "panel" or "execution" or "spec")
        {
            await tab.Page.Locator("tbody tr[data-index] .c-id").First.ClickAsync();
            if (page is "execution" or "spec") await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Open as a page" }).ClickAsync();
            if (page is "spec") await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Spec" }).ClickAsync();
        }
        await Expect(tab.Page.Locator(ready).First).ToBeVisibleAsync();

        var found = await tab.Page.RunAxe(Wcag);

        Assert.Empty(found.Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        Assert.Empty(tab.Errors);
    }
}
