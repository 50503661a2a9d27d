using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>A moment of the past in the browser: gone to by key, carried along links, stepped through, and left by key.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PastTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    [Fact]
    public async Task Moment_BeforeAStop_IsSaidCarriedSteppedAndLeft()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?q=syslog-shipper&state=running");
        var page = tab.Page;
        var id = (await page.Locator("tbody tr[data-index]:not(:has(.last-known)) .c-id code").First.TextContentAsync())!;
        var then = TimeProvider.System.GetUtcNow();
        using (var reply = await fleet.Http.PostAsync(new Uri(fleet.Api, $"executions/{id}/stop"), new StringContent("{}", null, "application/json"))) Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        await page.GotoAsync($"executions/{id}");
        await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Expect(page.Locator(".execution-title .state")).ToHaveTextAsync("stopped");

        // Typed, by key.
        await page.Keyboard.PressAsync("t");
        var field = page.Locator("#moment-panel input");
        await Expect(field).ToBeFocusedAsync();
        await field.FillAsync(then.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
        await Expect(page.Locator("#moment-said")).ToContainTextAsync(then.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await field.PressAsync("Enter");

        // Said in words, and the past is shown.
        var bar = page.Locator(".past-bar");
        await Expect(bar).ToHaveAttributeAsync("data-past", "shown");
        await Expect(bar).ToContainTextAsync("Past");
        await Expect(bar).ToContainTextAsync("Known since");
        await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Expect(page).ToHaveURLAsync(new Regex("[?&]at="));
        await Expect(page.Locator(".execution-title .state")).ToHaveTextAsync("running");
        var stop = page.GetByRole(AriaRole.Button, new() { Name = "Stop…" });
        await Expect(stop).ToBeDisabledAsync();
        await Expect(stop).ToHaveAttributeAsync("title", new Regex("shows the past"));

        // The change after, and the one before.
        await Expect(bar).ToHaveAttributeAsync("data-ready", "");
        await page.Locator("main").FocusAsync();
        var before = page.Url;
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page).Not.ToHaveURLAsync(before);
        await Expect(bar).ToHaveAttributeAsync("data-past", "shown");
        var after = page.Url;
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page).Not.ToHaveURLAsync(after);
        await Expect(page.Locator(".execution-title .state")).ToHaveTextAsync("running");

        // Along a link, and by key to a page without one.
        await page.Locator(".side-nav a", new() { HasText = "Executions" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/executions\\?.*at="));
        await Expect(bar).ToHaveAttributeAsync("data-past", "shown");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("o");
        await Expect(page.Locator(".overview h1")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("[?&]at="));

        // One key back.
        await page.Keyboard.PressAsync("b");
        await Expect(page.Locator(".freshness.live")).ToBeVisibleAsync();
        await Expect(bar).ToHaveCountAsync(0);
        Assert.DoesNotContain("at=", page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Axis_ClickedOnTheTimeline_IsAMomentThatPlaysUpToNow()
    {
        // Known since the fleet was loaded.
        var from = TimeProvider.System.GetUtcNow();
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        var page = tab.Page;
        await Expect(page.Locator(".freshness.live")).ToBeVisibleAsync();
        var to = TimeProvider.System.GetUtcNow();
        await page.GotoAsync($"timeline?from={from.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}&to={to.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}");
        await page.WaitForFunctionAsync("() => document.querySelector('.lanes-host')?.timeline?.s");
        var x = await page.EvaluateAsync<float>("() => { const t = document.querySelector('.lanes-host').timeline; return t.canvas.getBoundingClientRect().left + (t.s.x0 + t.s.x1) / 2; }");
        var y = await page.EvaluateAsync<float>("() => { const t = document.querySelector('.lanes-host').timeline; return t.canvas.getBoundingClientRect().top + t.axisH - 6; }");

        await page.Mouse.ClickAsync(x, y);

        var bar = page.Locator(".past-bar");
        await Expect(bar).ToHaveAttributeAsync("data-past", "shown");
        await Expect(page).ToHaveURLAsync(new Regex("/timeline\\?.*at="));
        await Expect(bar).ToHaveAttributeAsync("data-ready", "");
        await bar.GetByLabel("Speed").SelectOptionAsync("600");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await Expect(bar).ToContainTextAsync("This is where the present begins.");
        await Expect(bar.GetByRole(AriaRole.Button, new() { Name = "Play" })).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }
}
