using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Connection;

/// <summary>A dashboard whose limit is one tab.</summary>
public sealed class SmallDashboard() : StartedFleet(("Simulator:ChangesPerSecond", "0"), ("Limits:CircuitsPerAddress", "1"));

/// <summary>What a user sees when the limit of tabs is reached.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LimitTests(Browser browser, SmallDashboard dashboard) : IClassFixture<SmallDashboard>
{
    [Fact]
    public async Task Open_NoPlaceForTheTab_SaysSoAndLetsItInWhenAnotherIsClosed()
    {
        // A document that was let in when there was a place still.
        var document = await dashboard.Http.GetStringAsync(new Uri(dashboard.Address, "executions"));
        var first = await browser.OpenAsync(dashboard.Address, "executions");
        await using var second = await browser.OpenWithoutPlaceAsync(dashboard.Address, "executions");
        await Expect(second.Page.GetByRole(AriaRole.Heading, new() { Name = "Too many open tabs" })).ToBeVisibleAsync();
        await Expect(second.Page.Locator("main")).ToContainTextAsync("limit of 1 open tab from one address");

        await using var late = await browser.OpenWithoutPlaceAsync(dashboard.Address, "executions", document);
        await Expect(late.Page.GetByRole(AriaRole.Heading, new() { Name = "Too many open tabs" })).ToBeVisibleAsync();

        await first.DisposeAsync();
        await Eventually.HoldsAsync(async () =>
        {
            using var reply = await dashboard.Http.GetAsync(new Uri(dashboard.Address, "executions"));
            return reply.IsSuccessStatusCode ? null : $"status {reply.StatusCode}";
        });
        await second.Page.GetByRole(AriaRole.Link, new() { Name = "Reload" }).ClickAsync();

        await Expect(second.Page.Locator(".freshness")).ToHaveTextAsync("Live");
    }
}
