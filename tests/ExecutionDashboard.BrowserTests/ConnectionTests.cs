using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests;

/// <summary>The three parts as processes of their own, for tests that take them away.</summary>
public sealed class SeparateParts : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private PartProcess _dashboard = null!;

    /// <summary>The parts.</summary>
    public SplitParts Parts { get; } = new(new() { ["ChangesPerSecond"] = "20" }, new() { ["ControlPlane:PollInterval"] = "00:00:00.5" });

    /// <summary>Where the dashboard is, over restarts.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public async Task InitializeAsync()
    {
        await Parts.StartSimulatorAsync();
        await Parts.StartFeedAsync();
        await StartDashboardAsync();
    }

    /// <summary>Starts the dashboard and waits until it is live.</summary>
    public async Task StartDashboardAsync()
    {
        _dashboard = await Parts.StartDashboardAsync(_port);
        await Parts.StandsAsync(Address, "live");
    }

    /// <summary>Ends the dashboard as a crash would.</summary>
    public Task KillDashboardAsync() => _dashboard.KillAsync();

    public async Task DisposeAsync() => await Parts.DisposeAsync();
}

/// <summary>What an operator sees when a part is gone, and that it goes on by itself when it is back.</summary>
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
        await Expect(tab.Page.Locator(".banner.bad")).ToContainTextAsync("Shown is the last good data");
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
    public async Task DashboardGone_Dialog_OffersRetryAndTheReloadedPageIsWhereItWas()
    {
        await using var tab = await browser.OpenAsync(separate.Address, "executions?state=running&sort=id&cols=state,id,node");
        await tab.Page.Locator(Row).First.ClickAsync();
        await Expect(tab.Page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        var url = tab.Page.Url;

        await separate.KillDashboardAsync();

        var dialog = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "The connection to the dashboard is gone" });
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Reload" })).ToBeVisibleAsync();

        await separate.StartDashboardAsync();
        await Expect(dialog).ToContainTextAsync("The dashboard was restarted", new() { Timeout = 40_000 });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reload" }).ClickAsync();

        await Expect(tab.Page.Locator(".panel .execution-head")).ToBeVisibleAsync();
        await Expect(tab.Page).ToHaveURLAsync(url);
        await Expect(tab.Page.Locator(".state-toggle.st-running")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(tab.Page.Locator("thead th")).ToHaveCountAsync(4);
    }
}
