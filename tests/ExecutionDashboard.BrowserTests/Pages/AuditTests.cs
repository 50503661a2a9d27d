using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>The page of the audit: what is done in one tab is there in another.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AuditTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    [Fact]
    public async Task Audit_StopInAnotherTab_ComesLiveOpensWithKeysAndIsExported()
    {
        await using var audit = await browser.OpenAsync(fleet.Address, "audit?action=stop%20execution");
        await Expect(audit.Page.Locator("[data-loaded] .empty")).ToContainTextAsync("Nothing matches");
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?q=syslog-shipper&state=running");
        await tab.Page.Locator("tbody tr[data-index]:not(:has(.last-known))").First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        await tab.Page.Locator("#stop-reason").FillAsync("Replaced by hand");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the execution" }).ClickAsync();
        await Expect(tab.Page.Locator(".panel [data-operation=seen]")).ToContainTextAsync("by somebody at ");

        var row = audit.Page.Locator("[data-act]");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("Seen");
        await audit.Page.Keyboard.PressAsync("j");
        await Expect(row.Locator("a.row-link")).ToBeFocusedAsync();
        await audit.Page.Keyboard.PressAsync("Enter");
        var entry = audit.Page.Locator("aside");
        await Expect(entry).ToContainTextAsync("Replaced by hand");
        await Expect(entry.Locator(".audit-steps li")).ToHaveCountAsync(3);
        await Expect(entry).ToContainTextAsync("1 execution, running");
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await audit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Expect(audit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", scheme == ColorScheme.Dark ? "dark" : "light");
            Assert.Empty((await audit.Page.Locator(".audit-page").RunAxe(Wcag)).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }
        var address = audit.Page.Url;
        await entry.GetByRole(AriaRole.Link, new() { Name = "All entries of this object" }).ClickAsync();
        await Expect(audit.Page.Locator(".chip")).ToContainTextAsync("object");
        await Expect(row).ToHaveCountAsync(1);

        // A phone shows the same, and nothing beside the screen.
        await audit.Page.SetViewportSizeAsync(390, 844);
        await audit.Page.GotoAsync(address);
        await Expect(entry.Locator(".audit-steps li")).ToHaveCountAsync(3);
        Assert.True(await audit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));

        var csv = await audit.Page.Context.APIRequest.GetAsync(new Uri(fleet.Address, "export/audit.csv?action=stop%20execution").ToString());
        Assert.Contains("Replaced by hand", await csv.TextAsync(), StringComparison.Ordinal);
        Assert.Empty(audit.Errors.Concat(tab.Errors));
    }
}
