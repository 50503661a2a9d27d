using ExecutionDashboard.BrowserTests.Engines;
using Microsoft.Playwright;

namespace ExecutionDashboard.BrowserTests;

/// <summary>One real Chromium for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // Everything that tells the time of day; timers and performance.now() have another clock.
    private const string WrongClock = """
        globalThis.clockAhead = AHEAD;
        globalThis.Date = class extends Date {
          constructor(...given) { if (given.length === 0) super(new.target.now()); else super(...given); }
          static now() { return super.now() + globalThis.clockAhead; }
        };
        """;

    private IPlaywright _playwright = null!;
    private IBrowser _chromium = null!;
    private IBrowser? _withScrollbars;

    public async Task InitializeAsync()
    {
        // Expectations are met quickly on an idle machine; on a busy one they are late, not wrong.
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Headless = true, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        if (_withScrollbars is not null) await _withScrollbars.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>
    /// Opens a tab with a new profile, and waits until the page handles keys and clicks. The tab's time zone is <paramref name="zone"/>, and its clock is
    /// <paramref name="clockAhead"/> of the real time; <c>clockAhead</c> in the page, in milliseconds, changes it.
    /// </summary>
    public Task<Tab> OpenAsync(
        Uri address, string path = "", int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, bool touch = false, string zone = "Europe/Berlin", TimeSpan? clockAhead = null, bool connects = true) =>
        OpenAsync(_chromium, address, path, width, height, scheme, touch, zone, clockAhead, connects);

    /// <summary>The same in a browser with scrollbars, which headless browsers hide.</summary>
    public async Task<Tab> OpenWithScrollbarsAsync(Uri address, string path, int width)
    {
        _withScrollbars ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Headless = true, Args = Flags, IgnoreDefaultArgs = ["--hide-scrollbars"] });
        return await OpenAsync(_withScrollbars, address, path, width, 900, ColorScheme.Light, touch: false, "Europe/Berlin", clockAhead: null, connects: true);
    }

    private static async Task<Tab> OpenAsync(
        IBrowser chromium, Uri address, string path, int width, int height, ColorScheme scheme, bool touch, string zone, TimeSpan? clockAhead, bool connects)
    {
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = address.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, Locale = "en-GB", TimezoneId = zone,
            Permissions = ["clipboard-read", "clipboard-write"], HasTouch = touch,
        });
        if (clockAhead is { } ahead) await context.AddInitScriptAsync(WrongClock.Replace("AHEAD", $"{(long)ahead.TotalMilliseconds}", StringComparison.Ordinal));
        if (!connects) await context.RouteAsync("**/_blazor/**", route => route.AbortAsync());
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        var tab = new Tab(page);
        await page.GotoAsync(path);
        if (connects) await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        return tab;
    }

    /// <summary>Opens a tab that does not become interactive, with the server's document or a cached one.</summary>
    public async Task<Tab> OpenWithoutPlaceAsync(Uri address, string path, string? document = null)
    {
        var page = await (await _chromium.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } })).NewPageAsync();
        page.SetDefaultTimeout(20_000);
        if (document is not null) await page.RouteAsync("**/" + path, route => route.FulfillAsync(new() { Body = document, ContentType = "text/html; charset=utf-8" }), new() { Times = 1 });
        await page.GotoAsync(path);
        return new Tab(page);
    }

    /// <summary>A new profile, for pages of other sites.</summary>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null) => _chromium.NewContextAsync(options);

    /// <summary>Opens a tab without scripts, which shows only the document.</summary>
    public async Task<Tab> OpenWithoutScriptAsync(Uri address, string path)
    {
        var context = await _chromium.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 }, JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return new Tab(page);
    }
}

/// <summary>A tab, with the errors that its console showed.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    public Tab(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") lock (_errors) _errors.Add($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) =>
        {
            lock (_errors) _errors.Add(error);
        };
    }

    /// <summary>The page in it.</summary>
    public IPage Page { get; }

    /// <summary>Errors so far.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors) return [.. _errors];
        }
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>, ICollectionFixture<Firefox>, ICollectionFixture<WebKit>, ICollectionFixture<DemoFleet>
{
    public const string Name = "browser";
}
