using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Devices;

/// <summary>Printed pages: light, without navigation, at full length.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PaperTests(Browser browser, DemoFleet fleet)
{
    [Fact]
    public async Task List_PrintedInTheDark_IsLightWithoutTheShellAndSaysWhatIsLeftOut()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions", scheme: ColorScheme.Dark);
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(tab.Page.Locator(".app-bar")).ToBeVisibleAsync();

        await tab.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await Expect(tab.Page.Locator(".app-bar")).ToBeHiddenAsync();
        await Expect(tab.Page.Locator(".side-nav")).ToBeHiddenAsync();
        await Expect(tab.Page.Locator("#printed")).ToContainTextAsync(new Regex("/executions · printed \\d"));
        Assert.Equal("rgb(255, 255, 255)", await StyleAsync(tab, "body", "backgroundColor"));
        Assert.Equal("visible", await StyleAsync(tab, ".rows", "overflowY"));
        Assert.Matches("counter\\(printed\\) \" of [1-9]", await tab.Page.Locator(".rows").EvaluateAsync<string>("e => getComputedStyle(e, '::after').content"));
        await Expect(tab.Page.Locator(".rows tbody tr[aria-hidden]:visible")).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator("tbody tr[data-index]").First).ToBeVisibleAsync();

        await tab.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(tab.Page.Locator(".app-bar")).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Pages_Printed_FitTheSheetWithoutTheShell()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "", width: 718, height: 1000, scheme: ColorScheme.Dark);
        await tab.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var (path, ready) in new[]
        {
            ("", ".needs-attention"), ("executions", "tbody tr[data-index]"), ("nodes?view=map", ".map-host[data-drawn='200']"), ("nodes?group=region", "tbody tr[data-index]"),
            ("timeline", ".lanes-canvas"), ("deployments", ".deployment-table tbody tr"), ("jobs", ".job-table tbody tr"), ("specs", ".skew-table tbody tr"),
        })
        {
            await tab.Page.GotoAsync(path);
            await Expect(tab.Page.Locator(ready).First).ToBeVisibleAsync();
            await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
            await Expect(tab.Page.Locator(".app-bar")).ToBeHiddenAsync();
            Assert.True(await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") is > 0 and <= 718, $"/{path} is wider than the sheet");
        }
        Assert.Empty(tab.Errors);
    }

    private static Task<string> StyleAsync(Tab tab, string selector, string property) =>
        tab.Page.Locator(selector).EvaluateAsync<string>("(e, p) => getComputedStyle(e)[p]", property);
}
