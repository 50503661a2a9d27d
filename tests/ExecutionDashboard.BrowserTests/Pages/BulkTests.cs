using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using ExecutionDashboard.BrowserTests.Lists;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>A bulk run from the list to its end, seen by two people.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BulkTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };
    // A stop takes effect with the node's next heartbeat.
    private static readonly LocatorAssertionsToContainTextOptions InEffect = new() { Timeout = 30_000 };

    [Fact]
    public async Task Run_OfFourInTwoWaves_PausesGoesOnAndIsCanceledForAll()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?q=pii-redaction-gateway&state=running&sort=id");
        for (var i = 0; i < 4; i++) await tab.Page.Locator("tbody tr[data-index]:not(:has(.last-known))").Nth(i).GetByRole(AriaRole.Checkbox).CheckAsync();
        await tab.Page.Locator(".bulk-bar").GetByRole(AriaRole.Button, new() { Name = "Bulk run…" }).ClickAsync();
        var dialog = tab.Page.Locator(".bulk-dialog");
        await Expect(dialog).ToContainTextAsync("4 executions on 4 nodes of 1 job");
        var start = dialog.GetByRole(AriaRole.Button, new() { Name = "Stop 4", Exact = true });
        await Expect(start).ToBeDisabledAsync();
        await dialog.Locator("#bulk-wave").FillAsync("2");
        await dialog.Locator("#bulk-pause").FillAsync("3600");
        await dialog.Locator("#bulk-reason").FillAsync("Draining the site");
        await Expect(dialog.Locator(".bulk-note[role=status]")).ToContainTextAsync("2 waves");
        await Expect(dialog.Locator(".copy-command")).ToHaveAttributeAsync("data-copy", new Regex("^for id in (\\S+ ){3}\\S+; do curl .*\\{\"reason\":\"Draining the site\"\\}'; done$"));
        await dialog.Locator("#bulk-typed").FillAsync("Stop 4");
        await start.ClickAsync();

        var page = tab.Page.Locator(".bulk-page");
        await Expect(page.Locator(".bulk-head h1")).ToHaveTextAsync("Stop 4 executions");
        await Expect(page.Locator(".bulk-total")).ToContainTextAsync("2 of 4", InEffect);
        await Expect(page.Locator(".bulk-items tbody tr:has(.bp-seen)")).ToHaveCountAsync(2);
        await using var other = await browser.OpenAsync(fleet.Address, "bulk");
        var state = other.Page.Locator(".bulk-table tbody tr").Filter(new() { HasText = "Draining the site" }).Locator(".bulk-state");
        await Expect(state).ToHaveTextAsync("running");
        await page.Locator(".bulk-pause").ClickAsync();
        await Expect(state).ToHaveTextAsync("paused");
        await page.Locator(".bulk-resume").ClickAsync();
        await Expect(state).ToHaveTextAsync("running");
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", scheme == ColorScheme.Dark ? "dark" : "light");
            Assert.Empty((await page.RunAxe(Wcag)).Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }
        await page.Locator(".bulk-cancel").ClickAsync();
        await Expect(page.Locator(".bulk-ask")).ToContainTextAsync("2 executions not sent yet never will be");
        await page.Locator(".bulk-confirm").ClickAsync();

        await Expect(state).ToHaveTextAsync("canceled");
        await Expect(page.Locator(".bulk-items tbody tr:has(.bp-canceled)")).ToHaveCountAsync(2);
        await tab.Page.SetViewportSizeAsync(390, 844);
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal(2, (await fleet.ListAsync("executions?states=stopped")).Count(e => e.ToString().Contains("pii-redaction", StringComparison.Ordinal) && e.ToString().Contains("Draining the site", StringComparison.Ordinal)));
        Assert.Empty(tab.Errors.Concat(other.Errors));
    }

    [Fact]
    public async Task Stop_OfWhatIsFiltered_TakesAtMostFourClicks()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=id");
        await tab.Page.FilterAsync("job:vessel-telemetry-sync state:running -node:edge-*");
        await Expect(tab.Page.Locator(".chip")).ToHaveTextAsync([new Regex("job\\s+vessel-telemetry-sync"), new Regex("node is not\\s+edge-\\*")]);
        await Expect(tab.Page.Locator(".list-count")).ToContainTextAsync("of");
        await tab.Page.EvaluateAsync("() => { window.clicks = 0; addEventListener('click', e => { if (e.detail > 0) window.clicks++; }, true); }");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Bulk run…" }).ClickAsync();
        var dialog = tab.Page.Locator(".bulk-dialog");
        // The reason has the focus; what is to be typed is on the button.
        await Expect(dialog.Locator("#bulk-reason")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("Emptying the ships");
        var phrase = await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Stop [0-9]+$") }).InnerTextAsync();
        await dialog.Locator("#bulk-typed").ClickAsync();
        await tab.Page.Keyboard.TypeAsync(phrase.Trim());
        await dialog.GetByRole(AriaRole.Button, new() { Name = phrase.Trim(), Exact = true }).ClickAsync();

        var page = tab.Page.Locator(".bulk-page");
        await Expect(page.Locator(".bulk-head h1")).ToHaveTextAsync($"{phrase.Trim()} executions");
        Assert.InRange(await tab.Page.EvaluateAsync<int>("() => window.clicks"), 1, 4);
        await page.Locator(".bulk-cancel").ClickAsync();
        await page.Locator(".bulk-confirm").ClickAsync();
        await Expect(page.Locator(".bulk-head .bulk-state")).ToHaveTextAsync("canceled");
        Assert.Empty(tab.Errors);
    }
}
