using System.Text.RegularExpressions;
using ExecutionDashboard.Operations.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>More moments of the past than there is memory for.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PastMemoryTests(Browser browser, OneMomentFleet fleet) : IClassFixture<OneMomentFleet>
{
    [Fact]
    public async Task Moment_WithoutMemory_WaitsForATabThatNobodyLooksAt()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var first = await browser.OpenAsync(fleet.Address, MomentAddress.With("executions?state=running", now));
        await Expect(first.Page.Locator(".past-bar")).ToHaveAttributeAsync("data-past", "shown");

        await using var second = await browser.OpenAsync(fleet.Address, MomentAddress.With("nodes", now.AddSeconds(1)));
        await Expect(second.Page.Locator(".past-wait h1")).ToHaveTextAsync("Waiting for memory");
        await Expect(second.Page.Locator(".past-wait")).ToContainTextAsync("1 other moment of the fleet is being looked at, and there is no memory for one more.");
        await Expect(second.Page.Locator(".past-numbers")).ToContainTextAsync("nodes connected");
        await ShowAsync(first.Page, isHidden: true);
        await Expect(second.Page.Locator(".past-bar")).ToHaveAttributeAsync("data-past", "shown");
        await Expect(first.Page.Locator("h1")).ToHaveTextAsync("This moment was put aside");

        // Whoever comes back to it waits in turn, and is where they were.
        await ShowAsync(second.Page, isHidden: true);
        await first.Page.WaitForFunctionAsync("() => performance.now() > 1100");
        await first.Page.Mouse.MoveAsync(200, 200);
        await Expect(first.Page).ToHaveURLAsync(new Regex(@"/executions\?state=running&at="));
        await Expect(first.Page.Locator(".past-bar")).ToHaveAttributeAsync("data-past", "shown");
        await Expect(first.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        await Expect(second.Page.Locator("h1")).ToHaveTextAsync("This moment was put aside");
        Assert.Empty(first.Errors);
        Assert.Empty(second.Errors);
    }

    // As a browser does when another tab or window is in front of it, which there is none of here.
    private static Task ShowAsync(IPage page, bool isHidden) =>
        page.EvaluateAsync("hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);
}
