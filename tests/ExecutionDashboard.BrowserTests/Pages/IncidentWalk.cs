using System.Text.Json;
using System.Text.RegularExpressions;
using ExecutionDashboard.Components.Pages.Changes.Incident;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>The way of somebody who was alerted of an outage that is over: from the link of the alert to its moment, to the first node that was lost, what changed since, and a file for others.</summary>
internal static class IncidentWalk
{
    /// <summary>Walks it in a fleet that had an outage of <c>region=ap-south</c>, and is well again.</summary>
    public static async Task TakeAsync(Browser browser, StartedFleet fleet)
    {
        // What an alert links to.
        using var known = JsonDocument.Parse(await fleet.Http.GetStringAsync(new Uri(fleet.Address, "export/incident.json?from=-1h")));
        var outage = known.RootElement.GetProperty("changes").GetProperty("opened").EnumerateArray().Select(o => o.GetProperty("problem").GetProperty("id").GetString()!).First(id => id.StartsWith("outage", StringComparison.Ordinal));
        await using var tab = await browser.OpenAsync(fleet.Address, "attention?open=" + Uri.EscapeDataString(outage));
        var (page, bar) = (tab.Page, tab.Page.Locator(".past-bar"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Fleet when it began" }).ClickAsync();

        // The fleet of that moment.
        await Expect(bar).ToHaveAttributeAsync("data-past", "shown");
        await Expect(page.Locator(".overview h1")).ToBeVisibleAsync();
        await Expect(bar).ToHaveAttributeAsync("data-ready", "");
        await page.Locator(".side-nav a", new() { HasText = "Nodes" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/nodes\\?.*at="));
        await Expect(page.Locator(".state-toggle", new() { HasText = "stale heartbeat" })).ToHaveCountAsync(0);

        // Step by step to the first node that is lost.
        var down = page.Locator(".nodes-page .state-strip .state-toggle", new() { HasTextRegex = new Regex("(disconnected|lost)\\s*[1-9]") });
        for (var steps = 0; steps < 40 && await down.CountAsync() == 0; steps++)
        {
            var before = page.Url;
            await bar.GetByRole(AriaRole.Button, new() { Name = "Change after" }).ClickAsync();
            await Expect(page).Not.ToHaveURLAsync(before);
            await Expect(bar).ToHaveAttributeAsync("data-past", "shown");
        }
        await down.First.ClickAsync();
        await page.Locator("tbody tr[data-index='0'] .row-link").ClickAsync();
        await Expect(page.Locator(".execution-title .state")).ToHaveTextAsync(new Regex("disconnected|lost"));
        await Expect(page).ToHaveURLAsync(new Regex("/nodes/.*at="));

        // Then beside now.
        await bar.GetByRole(AriaRole.Link, new() { Name = "What changed since" }).ClickAsync();
        await Expect(page.Locator(".changes-page[data-loaded]")).ToBeVisibleAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("[?&]at="));
        await Expect(bar).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Export incident" }).ClickAsync();
        var html = await page.GetByRole(AriaRole.Link, new() { Name = "HTML, one file that opens offline" }).GetAttributeAsync("href");
        var bytes = await fleet.Http.GetByteArrayAsync(new Uri(fleet.Address, html));
        Assert.True(IncidentFile.IsWhole(bytes));

        // For who has no network.
        var folder = Directory.CreateTempSubdirectory("incident-");
        var file = Path.Combine(folder.FullName, "incident.html");
        await File.WriteAllBytesAsync(file, bytes);
        await using (var offline = await browser.NewContextAsync(new() { Offline = true }))
        {
            var opened = await offline.NewPageAsync();
            await opened.GotoAsync(new Uri(file).ToString());
            await Expect(opened.Locator("h1")).ToContainTextAsync("Incident");
            await Expect(opened.Locator("body")).ToContainTextAsync("ap-south");
        }
        folder.Delete(recursive: true);
        Assert.Empty(tab.Errors);
    }
}
