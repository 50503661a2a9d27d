using System.Net;
using System.Text.Json;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.SignIn;

/// <summary>Signing in at a real OpenID provider, without a browser's scripts.</summary>
public sealed class OidcTests(OidcTests.Parts parts) : IClassFixture<OidcTests.Parts>
{
    /// <summary>A provider, and a dashboard that renews its sign-ins.</summary>
    public sealed class Parts : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private readonly int _port = FreePort.Next();

        internal OpenIdProvider Provider { get; private set; } = null!;

        internal PartProcess Program { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Provider = await OpenIdProvider.StartAsync(new Uri($"http://127.0.0.1:{_port}"));
            await StartAsync();
        }

        internal async Task RestartAsync()
        {
            await Program.DisposeAsync();
            await StartAsync();
        }

        public async Task DisposeAsync()
        {
            await Program.DisposeAsync();
            await Provider.DisposeAsync();
            _folder.Dispose();
        }

        private async Task StartAsync()
        {
            var settings = Provider.Settings("openid profile email groups offline_access");
            (settings["Simulator:Database"], settings["Simulator:ChangesPerSecond"], settings["Storage:ConnectionString"]) = ("", "0", Path.Combine(_folder["data"], "fleet.db"));
            Program = await PartProcess.StartAsync(settings, _folder.Path, _port);
        }
    }

    [Theory]
    [InlineData("vera", "viewer")]
    [InlineData("ann", "operator")]
    [InlineData("ada", "admin")]
    public async Task SignIn_GroupsOfThePerson_GiveTheRoleAndThePageThatWasWanted(string name, string role)
    {
        using var person = new Person(parts.Program.Address);

        using var page = await person.SignInAsync(name, "/executions?state=running");

        Assert.Equal((HttpStatusCode.OK, "/executions?state=running"), (page.StatusCode, page.RequestMessage!.RequestUri!.PathAndQuery));
        Assert.Contains($"<span class=\"quiet\">{role}</span>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_PersonWithoutARole_ReadsWhichValuesWereFound()
    {
        using var person = new Person(parts.Program.Address);

        using var page = await person.SignInAsync("nina");

        var text = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("signed in as Nina", text, StringComparison.Ordinal);
        Assert.Contains("'groups' has a role: strangers", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callback_UsedAgainRefusedOrMadeUp_SignsNobodyInAndSaysWhy()
    {
        using var person = new Person(parts.Program.Address);
        using var other = new Person(parts.Program.Address);
        var callback = await person.AnswerUntilCallbackAsync(await person.Http.GetAsync("signin/start"), ("login", "ann"));
        // Another browser gets hold of the address first: it has no part of the sign-in.
        await RefusedAsync(other, callback, "cannot be completed");
        using (var first = await person.Http.GetAsync(callback)) Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        await RefusedAsync(person, callback, "cannot be completed");
        await RefusedAsync(other, new Uri("signin-oidc?code=x&state=y", UriKind.Relative), "cannot be completed");
        await RefusedAsync(other, await other.AnswerUntilCallbackAsync(await other.Http.GetAsync("signin/start"), ("deny", "1")), "access was denied");
        Assert.Equal("/signin", (await other.Http.GetAsync("")).RequestMessage!.RequestUri!.AbsolutePath);

        static async Task RefusedAsync(Person person, Uri address, string why)
        {
            using var reply = await person.Http.GetAsync(address);
            Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
            Assert.Contains(why, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SignOut_EndsTheSignInAndTheProvidersSession()
    {
        using var person = new Person(parts.Program.Address);
        using var page = await person.SignInAsync("ann");
        var cookies = person.Cookies;

        using var signedOut = await person.Http.PostAsync("signout", null);

        var text = WebUtility.HtmlDecode(await signedOut.Content.ReadAsStringAsync());
        Assert.Contains($"0;url={parts.Provider.Address}session/end?", text, StringComparison.Ordinal);
        Assert.Contains("id_token_hint=", text, StringComparison.Ordinal);
        Assert.Equal("/signin", (await person.Http.GetAsync("nodes")).RequestMessage!.RequestUri!.AbsolutePath);
        // A copy of the cookie from before is worth nothing either.
        using var copy = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(parts.Program.Address, "signin/check")) { Headers = { { "Cookie", cookies } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await copy.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task SignInAndOut_AreInTheAuditWithPersonRoleAndAddress()
    {
        await parts.Provider.PutAsync("olga", "operators");
        using (var olga = new Person(parts.Program.Address))
        {
            using (await olga.SignInAsync("olga")) { }
            using (await olga.Http.PostAsync("signout", null)) { }
        }
        using (var refused = new Person(parts.Program.Address))
        using (await refused.Http.GetAsync(await refused.AnswerUntilCallbackAsync(await refused.Http.GetAsync("signin/start"), ("deny", "1")))) { }
        using var ada = new Person(parts.Program.Address);
        using (await ada.SignInAsync("ada")) { }

        await Eventually.HoldsAsync(async () =>
        {
            using var audit = JsonDocument.Parse(await ada.Http.GetStringAsync("export/audit.json"));
            var rows = audit.RootElement.EnumerateArray().Select(row => string.Join(' ', new[] { "action", "outcome", "who", "role", "from", "target_id", "answer" }.Select(name => row.GetProperty(name).GetString()))).ToHashSet();
            string[] expected =
            [
                "sign in done Olga operator 127.0.0.1 oidc ", "sign out done Olga operator 127.0.0.1  ", "sign in done Ada admin 127.0.0.1 oidc ",
                "sign in refused somebody at 127.0.0.1 none 127.0.0.1 oidc The identity provider refused it: 'access_denied'.",
            ];
            return expected.Where(row => !rows.Contains(row)).ToList() is { Count: > 0 } missing ? $"Missing: {string.Join('\n', missing)}\nThere: {string.Join('\n', rows)}" : null;
        });
    }

    [Fact]
    public async Task Tokens_ThatEnded_AreRenewedWithTheRolesOfTodayUntilTheProviderRefuses()
    {
        using var person = new Person(parts.Program.Address);
        await parts.Provider.PutAsync("rita", "operators");
        await parts.Provider.GiveTokensForAsync(1);
        try
        {
            using var page = await person.SignInAsync("rita");
            await parts.Provider.PutAsync("rita", "viewers");
            await Eventually.ContainsAsync(() => person.Http.GetStringAsync(""), "<span class=\"quiet\">viewer</span>");
            // A restart ends no sign-in, and the renewed tokens are in the cookie.
            await parts.RestartAsync();
            await Eventually.ContainsAsync(() => person.Http.GetStringAsync(""), "Rita");

            await parts.Provider.RevokeAsync();

            await Eventually.ContainsAsync(() => person.Http.GetStringAsync(""), "identity provider says who you are");
        }
        finally
        {
            await parts.Provider.GiveTokensForAsync(3_600);
        }
    }

    [Fact]
    public async Task Secret_OfTheClient_IsNowhereToBeSeen()
    {
        using var person = new Person(parts.Program.Address);
        using var page = await person.SignInAsync("ada");
        using var start = await person.Steps.GetAsync("signin/start");

        foreach (var text in (string[])[await page.Content.ReadAsStringAsync(), start.Headers.Location!.ToString(), await person.Http.GetStringAsync("metrics"), parts.Program.Output, person.Cookies])
            Assert.DoesNotContain(OpenIdProvider.Secret, text, StringComparison.Ordinal);
        Assert.StartsWith(parts.Provider.Address.ToString(), start.Headers.Location.ToString(), StringComparison.Ordinal);
        // Proxies refuse replies with longer headers.
        Assert.InRange(person.Cookies.Length, 1, 4_000);
    }
}
