using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>The overview.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OverviewTests(Browser browser, DemoFleet fleet)
{
    [Fact]
    public async Task Counts_OfEachState_TickAndLeadToTheirList()
    {
        await using var tab = await browser.OpenAsync(fleet.Address);
        var grid = tab.Page.Locator(".count-grid");
        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync("Live");
        var before = await grid.InnerTextAsync();
        await Expect(grid).Not.ToHaveTextAsync(before, new() { UseInnerText = true });

        await grid.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^failed") }).ClickAsync();

        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"executions\?state=failed&of=current$"));
        await Expect(tab.Page.Locator("tbody tr[data-index] .state").First).ToHaveTextAsync("failed");
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator(".needs-attention")).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Deployments_InProgress_HaveBarsThatLeadToThemAndTheirExecutions()
    {
        await using var tab = await browser.OpenAsync(fleet.Address);
        var deployment = tab.Page.Locator(".deployments li").Last;
        await Expect(deployment.Locator(".bar span").First).ToBeVisibleAsync();
        await Expect(deployment.Locator(".bar")).ToHaveAttributeAsync("aria-label", new Regex("[0-9]+ [a-z]+"));
        await deployment.Locator("a").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/deployments/"));
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "View executions" }).ClickAsync();

        await Expect(tab.Page).ToHaveURLAsync(new Regex("deployment="));
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Theme_Switched_IsKeptOverAReload()
    {
        await using var tab = await browser.OpenAsync(fleet.Address);
        var button = tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Theme") });
        await button.ClickAsync();
        await button.ClickAsync();
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await tab.Page.ReloadAsync();

        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(button).ToHaveAttributeAsync("aria-label", new Regex("dark"));
        Assert.Empty(tab.Errors);
    }
}
