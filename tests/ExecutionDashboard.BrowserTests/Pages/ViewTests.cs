using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Pages;

/// <summary>Saved views and preferences in a browser, without sign-in: each profile is another person.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ViewTests(Browser browser, QuietFleet fleet) : IClassFixture<QuietFleet>
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    // What the document's attributes were from its first paint on.
    private const string Watch = """
        globalThis.seen = [];
        new MutationObserver(() => {
          const root = document.documentElement, now = root && `${root.dataset.theme} ${root.dataset.zone} ${root.dataset.density}`;
          if (root?.dataset.theme && now !== globalThis.seen.at(-1)) globalThis.seen.push(now);
        }).observe(document, { subtree: true, childList: true, attributes: true });
        """;

    [Fact]
    public async Task View_SavedChangedOrderedAndDeleted_IsThePersonsOwnInEveryTab()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        var page = tab.Page;
        await page.Locator(".state-toggle.st-running").ClickAsync();
        await SaveAsync(page, "Running", isDefault: true);
        await Expect(Current(page)).ToContainTextAsync("Running");
        Assert.Equal("Running", await CurrentNameAsync(page));

        // What is shown is changed, saved, and then the same.
        await page.Locator("[data-column=Updated] button").ClickAsync();
        await Expect(page.Locator(".view-changed")).ToBeVisibleAsync();
        await page.Locator(".view-changed").GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".view-said")).ToHaveTextAsync("Saved “Running”.");
        await Expect(page.Locator(".view-changed")).ToHaveCountAsync(0);

        // The edge of a column is drawn, and a view keeps it.
        await DrawEdgeAsync(page, "Job");
        await Expect(page).ToHaveURLAsync(new Regex("job\\.2[0-9]{2}"));
        await page.GetByLabel("Row height").SelectOptionAsync("compact");
        await Expect(page.Locator(".view-tabs")).ToHaveAttributeAsync("data-density", "compact");
        await page.WaitForFunctionAsync("() => Math.round(document.querySelector('tbody tr[data-index]').getBoundingClientRect().height) === 26");
        await SaveAsync(page, "Wide", isDefault: false);
        await Expect(Current(page)).ToContainTextAsync("Wide");

        // Moved by keys, the focus goes along.
        var wide = page.Locator(".view-tabs li a").Filter(new() { HasText = "Wide" });
        await wide.FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await Expect(page.Locator(".view-said")).ToHaveTextAsync("“Wide” is tab 1 of 2.");
        await Expect(page.Locator(".view-tabs li").Nth(1)).ToContainTextAsync("Wide");
        await Expect(wide).ToBeFocusedAsync();

        // Another tab of the same profile has all of it, and opens the default.
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("executions");
        await Expect(other).ToHaveURLAsync(new Regex("executions\\?state=running&.*saved="));
        await other.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Expect(other.Locator(".view-tabs li")).ToHaveCountAsync(3);
        await Expect(other.Locator(".view-tabs li").Nth(1)).ToContainTextAsync("Wide");
        Assert.Empty((await other.Locator(".view-tabs").RunAxe(Wcag)).Violations);
        Assert.Contains("link \"Running default\"", await other.Locator(".view-tabs").AriaSnapshotAsync(), StringComparison.Ordinal);

        // Deleted here, gone there; undone, back there.
        await page.Locator(".view-menu > button").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete…" }).ClickAsync();
        await page.Locator(".view-dialog").GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(other.Locator(".view-tabs li")).ToHaveCountAsync(2);
        await page.Locator(".view-said").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(other.Locator(".view-tabs li")).ToHaveCountAsync(3);

        // Columns of a short list are as wide as they are drawn, too. The first one has a width, so that its edge stays where it is while texts change.
        await other.GotoAsync("jobs?cols=job.300,type");
        await other.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Expect(other.Locator("td.j-job").First).ToHaveCSSAsync("width", "300px");
        await DrawEdgeAsync(other, "Job");
        await Expect(other).ToHaveURLAsync(new Regex("jobs\\?cols=job\\.360,type$"));
        await Expect(other.Locator("td.j-job").First).ToHaveCSSAsync("width", "360px");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Link_OfASharedView_OpensItForAnotherPersonAndAPrivateOneDoesNot()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "nodes?view=list");
        await SaveAsync(tab.Page, "Shared list", isShared: true);
        await Expect(Current(tab.Page)).ToContainTextAsync("Shared list");
        var shared = await tab.Page.Locator(".view-tabs").GetAttributeAsync("data-view");
        await tab.Page.GotoAsync("timeline?group=state");
        await tab.Page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await SaveAsync(tab.Page, "My lanes");
        await Expect(Current(tab.Page)).ToContainTextAsync("My lanes");
        var own = await tab.Page.Locator(".view-tabs").GetAttributeAsync("data-view");

        await using var another = await browser.OpenAsync(fleet.Address, $"views/{shared}", width: 390, height: 800);

        await Expect(another.Page).ToHaveURLAsync(new Regex($"nodes\\?view=list&saved={shared}"));
        await Expect(Current(another.Page)).ToContainTextAsync("Shared list");
        Assert.Empty((await another.Page.Locator(".view-tabs").RunAxe(Wcag)).Violations);
        Assert.True(await another.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await another.Page.GotoAsync($"views/{own}");
        await Expect(another.Page.GetByRole(AriaRole.Heading, new() { Name = "View not found" })).ToBeVisibleAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Preferences_Chosen_AreThereFromTheFirstPaintOnAndOfThisBrowserAlone()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions", scheme: ColorScheme.Light);
        var page = tab.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Preferences" }).ClickAsync();
        await Expect(page.Locator("#preference-zone")).ToBeVisibleAsync();
        Assert.Empty((await page.Locator(".preferences-dialog").RunAxe(Wcag)).Violations);
        await page.Locator("#preference-theme").SelectOptionAsync("dark");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Locator("#preference-density").SelectOptionAsync("compact");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-density", "compact");
        await page.Locator("#preference-keys").SelectOptionAsync("off");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-keys", "off");
        await page.Locator("#preference-motion").SelectOptionAsync("reduced");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-motion", "reduced");
        await page.Locator("#preference-page").SelectOptionAsync("nodes");
        await page.Locator("#preference-zone").SelectOptionAsync("utc");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-zone", "utc");
        await page.Locator("#preference-zone").SelectOptionAsync("named");
        await Expect(page.Locator("html")).Not.ToHaveAttributeAsync("data-zone", "utc");
        await page.Locator("#preference-zone-name").FillAsync("asia/tokyo");
        await page.Locator("#preference-zone-name").PressAsync("Enter");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-zone", "Asia/Tokyo");
        await Expect(page.Locator("[data-zone-now]")).ToContainTextAsync("Asia/Tokyo");
        await page.Locator("#preference-zone-name").FillAsync("Middle/Earth");
        await page.Locator("#preference-zone-name").PressAsync("Enter");
        await Expect(page.Locator(".preferences-dialog [role=alert]")).ToContainTextAsync("knows no time zone “Middle/Earth”");
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await page.Context.AddInitScriptAsync(Watch);
        await page.ReloadAsync();
        await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await Expect(page.Locator("rel-time[title]").First).ToHaveAttributeAsync("title", new Regex("Asia/Tokyo$"));
        Assert.Equal(["dark Asia/Tokyo compact"], await page.EvaluateAsync<string[]>("() => globalThis.seen"));
        await page.WaitForFunctionAsync("() => Math.round(document.querySelector('tbody tr[data-index]').getBoundingClientRect().height) === 26");
        // Clocks that are set back have an hour twice, in a zone that is not the browser's too.
        Assert.Equal(["01:30:00 −04:00", "01:30:00 −05:00"], await page.EvaluateAsync<string[]>("""
            async () => {
              const zone = await import('./js/zone.js');
              zone.useZone('America/New_York');
              const all = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'].map(at => zone.clock(Date.parse(at)));
              zone.useZone('Asia/Tokyo');
              return all;
            }
            """));
        // A key that were on would have opened its dialog before the palette, which always opens.
        await page.Locator("#palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#palette")).Not.ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("#palette [role=option]").First).ToBeVisibleAsync();
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        Assert.Equal("none", await page.Locator("#palette").EvaluateAsync<string>("e => getComputedStyle(e).animationName"));
        await page.GotoAsync("");
        await Expect(page).ToHaveURLAsync(new Regex("/nodes$"));
        await using var another = await browser.OpenAsync(fleet.Address, "executions");
        await Expect(another.Page.Locator("html")).ToHaveAttributeAsync("data-zone", "local");
        await Expect(another.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        Assert.Empty(tab.Errors);
    }

    // Draws the right edge of a column's head 60 pixels to the right.
    private static async Task DrawEdgeAsync(IPage page, string column)
    {
        var at = (await page.Locator($"th[data-column={column}]").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(at.X + at.Width - 2, at.Y + 10);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(at.X + at.Width + 58, at.Y + 10, new() { Steps = 4 });
        await page.Mouse.UpAsync();
    }

    private static ILocator Current(IPage page) => page.Locator(".view-tabs [aria-current=page]");

    private static Task<string> CurrentNameAsync(IPage page) => Current(page).EvaluateAsync<string>("a => a.firstChild.textContent");

    private static async Task SaveAsync(IPage page, string name, bool isShared = false, bool isDefault = false)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as view…" }).ClickAsync();
        await page.Locator("#view-name").FillAsync(name);
        if (isShared) await page.Locator("#view-shared").CheckAsync();
        if (isDefault) await page.Locator("#view-default").CheckAsync();
        await page.Locator(".view-dialog").GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".view-dialog")).ToHaveCountAsync(0);
    }
}
