using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.Connection;

/// <summary>What an operator sees when a part is down, and that the page recovers without a reload.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ConnectionTests(Browser browser, SeparateParts separate) : IClassFixture<SeparateParts>
{
    private const string Row = "tbody tr[data-index]";

    [Fact]
    public async Task ControlPlaneGone_Banner_SaysSinceWhenOverTheLastGoodRows()
    {
        await using var tab = await browser.OpenAsync(separate.Address, "executions");
        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync("Live");
        await Expect(tab.Page.Locator(Row).First).ToBeVisibleAsync();

        await separate.Parts.KillSimulatorAsync();

        await Expect(tab.Page.Locator(".banner.bad")).ToContainTextAsync(new Regex("Control plane unreachable since [0-9]{2}:[0-9]{2}:[0-9]{2}"));
        await Expect(tab.Page.Locator(".banner.bad")).ToContainTextAsync("Showing the last good data");
        await Expect(tab.Page.Locator(".freshness")).ToContainTextAsync("Stale since");
        await Expect(tab.Page.Locator(Row).First).ToBeVisibleAsync();

        await separate.Parts.StartSimulatorAsync();
        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync("Live", new() { Timeout = 40_000 });
        await Expect(tab.Page.Locator(".banner")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task FeedGone_Banner_SaysReconnectingAndRowsGoOnAfterwards()
    {
        await using var tab = await browser.OpenAsync(separate.Address, "executions");
        await Expect(tab.Page.Locator(Row).First).ToBeVisibleAsync();

        await separate.Parts.KillFeedAsync();

        await Expect(tab.Page.Locator(".banner.warn")).ToContainTextAsync(new Regex("Feed unreachable since [0-9]{2}:[0-9]{2}:[0-9]{2}; reconnecting"));
        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync("Reconnecting");
        await Expect(tab.Page.Locator(Row).First).ToBeVisibleAsync();

        await separate.Parts.StartFeedAsync();
        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync("Live", new() { Timeout = 40_000 });
        await Expect(tab.Page.Locator(".banner")).ToHaveCountAsync(0);
        // The counts of the states are those of all rows: they move when any row does.
        var counts = await tab.Page.Locator(".state-strip").InnerTextAsync();
        await Expect(tab.Page.Locator(".state-strip")).Not.ToHaveTextAsync(counts, new() { UseInnerText = true });
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task DashboardRestarted_Page_SaysSinceWhenAndComesBackByItselfWhereItWas()
    {
        await using var tab = await browser.OpenAsync(separate.Address, "executions?sort=id&cols=state,id,node");
        await tab.Page.Locator(Row).First.ClickAsync();
        await Expect(tab.Page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        await tab.Page.Locator(".rows").EvaluateAsync("e => { e.scrollTop = 3400; }");
        var row = tab.Page.Locator("tbody tr[data-index='105']");
        await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(tab.Page.Locator(".bulk-bar")).ToContainTextAsync("1 selected");
        var id = await row.Locator(".c-check input").GetAttributeAsync("value");
        var url = tab.Page.Url;
        await tab.Page.EvaluateAsync("() => { window.notReloaded = true; }");

        await separate.KillDashboardAsync();

        var dialog = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Disconnected from the dashboard" });
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync(new Regex("^Disconnected since [0-9]{2}:[0-9]{2}:[0-9]{2}$"), new() { UseInnerText = true });
        var box = (await dialog.BoundingBoxAsync())!;
        Assert.Equal((720, 450), (Math.Round(box.X + (box.Width / 2)), Math.Round(box.Y + (box.Height / 2))));

        // The component library has rules for this id of its own.
        Assert.Equal("none 0px", await dialog.GetByRole(AriaRole.Button, new() { Name = "Try now" }).EvaluateAsync<string>("b => `${getComputedStyle(b).textTransform} ${getComputedStyle(b).marginTop}`"));

        await separate.StartDashboardAsync();

        await tab.Page.WaitForFunctionAsync("() => !window.notReloaded", null, new() { Timeout = 40_000 });
        await Expect(tab.Page.Locator(".freshness")).ToHaveTextAsync("Live", new() { UseInnerText = true });
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(tab.Page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        await Expect(tab.Page).ToHaveURLAsync(url);
        await Expect(tab.Page.Locator("thead th")).ToHaveCountAsync(4);
        await Expect(tab.Page.Locator(".bulk-bar")).ToContainTextAsync("1 selected");
        await Expect(tab.Page.Locator($".c-check input[value='{id}']")).ToBeCheckedAsync();
        Assert.Equal(3400, await tab.Page.Locator(".rows").EvaluateAsync<int>("e => Math.round(e.scrollTop)"));
    }

    [Fact]
    public async Task ConnectionBroken_CircuitStillThere_GoesOnWithoutAReload()
    {
        await using var tab = await browser.OpenAsync(separate.Address, "executions?sort=id");
        await Expect(tab.Page.Locator(Row).First).ToBeVisibleAsync();
        await tab.Page.EvaluateAsync("() => { window.notReloaded = true; }");
        // Whether it was seen at all is asked of the page: it may be back before anybody looks.
        await tab.Page.EvaluateAsync("() => new MutationObserver(() => { window.wasGone = true; }).observe(document.documentElement, { attributeFilter: ['data-circuit'] })");
        await tab.Page.EvaluateAsync("() => Blazor._internal.forceCloseConnection()");

        await tab.Page.WaitForFunctionAsync("() => window.wasGone && !document.documentElement.dataset.circuit");
        await Expect(tab.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await tab.Page.Locator(Row).First.ClickAsync();
        await Expect(tab.Page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.notReloaded"));
    }
}
