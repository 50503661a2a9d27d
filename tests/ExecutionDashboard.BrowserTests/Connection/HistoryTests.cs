using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Connection;

/// <summary>The address is the state of a page: back, forward, a bare link and a second tab.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HistoryTests(Browser browser, DemoFleet fleet)
{
    private const string Failed = ".state-toggle.st-failed";

    [Fact]
    public async Task Back_OverAFilterThatWasUndone_DoesNotApplyItAgain()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions");
        await tab.Page.Locator(Failed).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"/executions\?state=failed$"));
        await KeptAsync(tab.Page, "executions", "state=failed");
        await tab.Page.GoBackAsync();
        await Expect(tab.Page.Locator(Failed)).ToHaveAttributeAsync("aria-pressed", "false");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Specs", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Specs" })).ToBeVisibleAsync();

        await tab.Page.GoBackAsync();

        await Expect(tab.Page.Locator(".kept-view")).ToContainTextAsync("Last view: failed");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/executions$"));
        await Expect(tab.Page.Locator(Failed)).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData("executions", "state=failed&label=region%3Dus-west", "Last view: failed, region=us-west")]
    [InlineData("nodes", "connection=lost&view=list", "Last view: lost")]
    [InlineData("timeline", "state=running&last=300", "Last view: running")]
    public async Task BareLink_InANewTab_ShowsTheDefaultAndOffersTheLastView(string path, string view, string words)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, $"{path}?{view}");
        await KeptAsync(tab.Page, path, view);

        var other = await tab.Page.Context.NewPageAsync();
        await other.GotoAsync(path);
        var offer = other.Locator(".kept-view");
        await Expect(offer).ToContainTextAsync(words);
        await Expect(other).ToHaveURLAsync(new Regex($"/{path}$"));
        await Expect(other.Locator("main [aria-pressed=true].state-toggle")).ToHaveCountAsync(0);

        await offer.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(other).ToHaveURLAsync(new Regex($"/{path}\\?{Regex.Escape(view)}$"));
        await Expect(offer).ToHaveCountAsync(0);
        await other.GoBackAsync();
        await Expect(other).ToHaveURLAsync(new Regex($"/{path}$"));

        await other.ReloadAsync();
        await offer.GetByRole(AriaRole.Button, new() { Name = "Dismiss the last view" }).ClickAsync();
        await Expect(offer).ToHaveCountAsync(0);
        await other.WaitForFunctionAsync("name => localStorage.getItem(name) === null", $"view.{path}");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task BackAndForward_List_RestoreFilterScrollAndPanel()
    {
        await using var tab = await browser.OpenAsync(fleet.Address, "executions?sort=id");
        var page = tab.Page;
        await ScrollAsync(page, ".rows", 1_700);
        await page.Locator("tbody tr[data-index='55'] .c-job").ClickAsync();
        await Expect(page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        var opened = page.Url;
        await ScrollAsync(page, ".rows", 2_380);
        await ScrollAsync(page, ".panel", 120);
        await page.GetByRole(AriaRole.Link, new() { Name = "Specs", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Specs" })).ToBeVisibleAsync();

        await page.GoBackAsync();
        await Expect(page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(opened);
        await IsScrolledAsync(page, ".rows", 2_380);
        await IsScrolledAsync(page, ".panel", 120);
        await page.GoBackAsync();
        await Expect(page.Locator(".panel")).ToHaveCountAsync(0);
        await IsScrolledAsync(page, ".rows", 1_700);

        await page.Locator(".state-toggle.st-running").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("state=running"));
        await IsScrolledAsync(page, ".rows", 0);
        await page.GoBackAsync();
        await Expect(page.Locator(".state-toggle.st-running")).ToHaveAttributeAsync("aria-pressed", "false");
        await IsScrolledAsync(page, ".rows", 1_700);
        await page.GoForwardAsync();
        await Expect(page.Locator(".state-toggle.st-running")).ToHaveAttributeAsync("aria-pressed", "true");
        await IsScrolledAsync(page, ".rows", 0);
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData("nodes?view=list", ".rows", 1_020)]
    [InlineData("jobs", ":root", 240)]
    public async Task Back_FromWhatARowOpened_IsWhereTheListWasLeft(string path, string scroller, int top)
    {
        // Low enough that a dozen jobs are longer than the window.
        await using var tab = await browser.OpenAsync(fleet.Address, path, height: 500);
        await ScrollAsync(tab.Page, scroller, top);
        // Not by the pointer, which would scroll to it; and the rows of the place may be on their way.
        await tab.Page.WaitForFunctionAsync("() => { const link = [...document.querySelectorAll('a.row-link')].find(a => a.getBoundingClientRect().top > 250); link?.click(); return link; }");
        await Expect(tab.Page).Not.ToHaveURLAsync(new Regex(Regex.Escape(path) + "$"));
        await Expect(tab.Page.Locator(".crumbs").First).ToBeVisibleAsync();

        await tab.Page.GoBackAsync();

        await IsScrolledAsync(tab.Page, scroller, top);
        Assert.Empty(tab.Errors);
    }

    [Theory]
    [InlineData("executions")]
    [InlineData("nodes")]
    [InlineData("jobs")]
    [InlineData("deployments")]
    [InlineData("specs")]
    [InlineData("timeline")]
    public async Task Search_Typed_IsInTheAddressAsOneStepBack(string path)
    {
        await using var tab = await browser.OpenAsync(fleet.Address, path);
        var box = tab.Page.Locator(".search-box input").First;
        var steps = await tab.Page.EvaluateAsync<int>("() => history.length");
        await box.FocusAsync();
        await tab.Page.Keyboard.TypeAsync("sy");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("q=sy$"));
        await tab.Page.Keyboard.TypeAsync("sl");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("q=sysl$"));
        Assert.Equal(steps + 1, await tab.Page.EvaluateAsync<int>("() => history.length"));

        await tab.Page.GoBackAsync();
        await Expect(box).ToHaveValueAsync("");
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"/{path}$"));
        await tab.Page.GoForwardAsync();
        await Expect(box).ToHaveValueAsync("sysl");
        Assert.Empty(tab.Errors);
    }

    private static Task KeptAsync(IPage page, string path, string view) =>
        page.WaitForFunctionAsync("([name, view]) => localStorage.getItem(name) === view", new[] { $"view.{path}", view });

    // There is room only when the list knows how long it is; and the place is kept when the browser has told of it.
    private static Task ScrollAsync(IPage page, string scroller, int top) => page.EvaluateAsync("""
        async ([scroller, top]) => {
          let e;
          do await new Promise(requestAnimationFrame); while (!(e = document.querySelector(scroller)) || e.scrollHeight - e.clientHeight < top);
          const told = new Promise(done => addEventListener('scroll', done, { capture: true, once: true }));
          e.scrollTop = top;
          await told;
        }
        """, new object[] { scroller, top });

    private static Task IsScrolledAsync(IPage page, string scroller, int top) => page.WaitForFunctionAsync(
        "([scroller, top]) => Math.abs(document.querySelector(scroller)?.scrollTop - top) <= 1", new object[] { scroller, top });
}
