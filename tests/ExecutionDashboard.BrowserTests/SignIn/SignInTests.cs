using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Proxies;
using ExecutionDashboard.IntegrationTests.SignIn;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExecutionDashboard.BrowserTests.SignIn;

/// <summary>Signing in and out in a real browser, at a real OpenID provider, behind nginx with TLS.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SignInTests(Browser browser, SignInTests.Parts parts) : IClassFixture<SignInTests.Parts>
{
    /// <summary>A provider, a dashboard, and nginx in front of it.</summary>
    public sealed class Parts : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private PartProcess _program = null!;
        private ProxyProcess _proxy = null!;

        internal OpenIdProvider Provider { get; private set; } = null!;

        internal Uri Address => _proxy.Address;

        public async Task InitializeAsync()
        {
            var port = FreePort.Next();
            var own = new Uri($"http://127.0.0.1:{port}/");
            _proxy = await ProxyProcess.StartAsync("nginx", own, own);
            Provider = await OpenIdProvider.StartAsync(_proxy.Address);
            var settings = Provider.Settings("openid profile email groups offline_access");
            foreach (var (key, value) in ((string, string)[])
                [("Simulator:Database", ""), ("Simulator:ChangesPerSecond", "0"), ("Storage:ConnectionString", _folder["fleet.db"]), ("Dashboard:TrustedProxies", "127.0.0.1"), ("Dashboard:PublicUrls", _proxy.Address.ToString())])
                settings[key] = value;
            _program = await PartProcess.StartAsync(settings, _folder.Path, port);
            using var http = new HttpClient();
            await Eventually.ContainsAsync(() => http.GetStringAsync(new Uri(own, "health/ready")), "\"description\":\"live\"");
        }

        public async Task DisposeAsync()
        {
            await _program.DisposeAsync();
            await _proxy.DisposeAsync();
            await Provider.DisposeAsync();
            _folder.Dispose();
        }
    }

    [Fact]
    public async Task SignIn_RoleFromGroups_DecidesWhatButtonsOfferAndSignOutReachesTheOtherTab()
    {
        var context = await NewContextAsync();
        await using var tab = new Tab(await context.NewPageAsync());
        await SignInAsync(tab.Page, "ann", "jobs");
        await tab.Page.Locator(".job-table a").First.ClickAsync();
        await Expect(Button(tab.Page, "Rerun…")).ToBeEnabledAsync();
        await Expect(Button(tab.Page, "Delete…")).ToBeDisabledAsync();
        await Expect(Button(tab.Page, "Delete…")).ToHaveAttributeAsync("title", "This needs the role admin; you are operator.");
        var other = await context.NewPageAsync();
        await other.GotoAsync(new Uri(parts.Address, "nodes").ToString());
        await LiveAsync(other);

        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        // The provider asks whether its own session shall end.
        await Button(other, "Yes, sign me out").ClickAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Signed out" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#rights-banner")).ToContainTextAsync("This page is read-only. You signed out.");
        await Expect(Button(tab.Page, "Rerun…")).ToBeDisabledAsync();
        // The pages of the provider have no icon.
        Assert.DoesNotContain(tab.Errors, error => !error.Contains($"{parts.Provider.Address}favicon.ico", StringComparison.Ordinal));
        await tab.Page.Locator("#rights-banner a").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
        // It did: now it asks who it is.
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByLabel("Name")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task OpenPage_WhenTheTokensEndAndAreNotRenewed_GoesReadOnlyAndStillShowsTheFleet()
    {
        await using var tab = new Tab(await (await NewContextAsync()).NewPageAsync());
        await parts.Provider.GiveTokensForAsync(1);
        try
        {
            // The tokens end every second and are renewed, so the page is there for as long as it takes to look at it.
            await SignInAsync(tab.Page, "ada", "jobs");
            await tab.Page.Locator(".job-table a").First.ClickAsync();
            await Expect(Button(tab.Page, "Delete…")).ToBeEnabledAsync();

            await parts.Provider.RevokeAsync();

            await Expect(tab.Page.Locator("#rights-banner")).ToContainTextAsync("This page is read-only. The identity provider withdrew your sign-in.");
            await Expect(Button(tab.Page, "Delete…")).ToBeDisabledAsync();
            await Expect(tab.Page.Locator(".execution-head h1")).ToBeVisibleAsync();
            Assert.Empty(tab.Errors);
        }
        finally
        {
            await parts.Provider.GiveTokensForAsync(3_600);
        }
    }

    [Fact]
    public async Task SignIn_RefusedAndReplayed_AreSaidOnAPageThatLeadsOn()
    {
        await using var tab = new Tab(await (await NewContextAsync()).NewPageAsync());
        var callbacks = new List<string>();
        tab.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/signin-oidc?", StringComparison.Ordinal)) lock (callbacks) callbacks.Add(request.Url);
        };
        await tab.Page.GotoAsync(parts.Address.ToString());
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("access was denied");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await EnterAsync(tab.Page, "vera");
        await LiveAsync(tab.Page);
        string used;
        lock (callbacks) used = callbacks[^1];
        await tab.Page.GotoAsync(used);

        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("was used before");
    }

    private Task<IBrowserContext> NewContextAsync() => browser.NewContextAsync(new() { IgnoreHTTPSErrors = true, ViewportSize = new() { Width = 1440, Height = 900 } });

    private async Task SignInAsync(IPage page, string name, string path)
    {
        page.SetDefaultTimeout(20_000);
        await page.GotoAsync(new Uri(parts.Address, path).ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await EnterAsync(page, name);
        await LiveAsync(page);
    }

    private static async Task EnterAsync(IPage page, string name)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go" }).ClickAsync();
    }

    private static async Task LiveAsync(IPage page)
    {
        await Expect(page.Locator(".app-bar")).ToBeVisibleAsync();
        await page.Locator("#boot").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });
}
