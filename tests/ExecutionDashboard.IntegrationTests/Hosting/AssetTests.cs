using System.Net;
using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>The files that the program serves, and that it finds its folders.</summary>
public sealed partial class AssetTests(AssetTests.StartedProgram program) : IClassFixture<AssetTests.StartedProgram>
{
    private readonly HttpClient _http = program.Http;

    /// <summary>One for all tests: they only read.</summary>
    public sealed class StartedProgram : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private PartProcess _program = null!;

        internal HttpClient Http { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            _program = await PartProcess.StartAsync(
                new Dictionary<string, string> { ["Simulator:Database"] = "", ["Storage:ConnectionString"] = _folder["fleet.db"] }, _folder.Path);
            Http = new HttpClient { BaseAddress = _program.Address };
        }

        public async Task DisposeAsync()
        {
            Http.Dispose();
            await _program.DisposeAsync();
            _folder.Dispose();
        }
    }

    [Fact]
    public async Task Get_Metrics_TellsOfReplicaAndRuntimeWithoutNames()
    {
        await Eventually.ContainsAsync(() => _http.GetStringAsync("health/ready"), "\"description\":\"live\"");
        var metrics = await _http.GetStringAsync("metrics");
        foreach (var name in new[] { "dashboard_live{", "dashboard_executions{", "feed_changes_total{", "dotnet_gc_collections_total{" }) Assert.Contains(name, metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("edge-", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RootFingerprintedAndPackageAssets_AreServed()
    {
        foreach (var asset in new[] { "app.css", "js/time.js", "favicon.svg", "_content/MudBlazor/MudBlazor.min.css", "_framework/blazor.web.js" })
        {
            using var reply = await _http.GetAsync(asset);
            Assert.True(reply.IsSuccessStatusCode, $"{asset}: {reply.StatusCode}");
        }

        var page = await _http.GetStringAsync("/");
        var fingerprinted = Fingerprinted().Match(page);
        Assert.True(fingerprinted.Success, "the page names app.css by its fingerprint");
        using var css = await _http.GetAsync(fingerprinted.Groups[1].Value);
        Assert.Equal(HttpStatusCode.OK, css.StatusCode);
        Assert.Equal(await _http.GetStringAsync("app.css"), await css.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("_content/MudBlazor/MudBlazor.min.css", 3)]
    [InlineData("app.css", 3)]
    [InlineData("theme.css", 3)]
    // Put together by the server and compressed as it is sent, at a speed for streams.
    [InlineData("pages.css", 2)]
    [InlineData("_framework/blazor.web.js", 3)]
    public async Task Get_AssetByABrowserThatTakesGzip_IsSentCompressed(string asset, int times)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, asset) { Headers = { AcceptEncoding = { new("gzip") } } };
        using var reply = await _http.SendAsync(request);
        var sent = await reply.Content.ReadAsByteArrayAsync();

        Assert.Equal(["gzip"], reply.Content.Headers.ContentEncoding);
        Assert.InRange(sent.Length, 1, (await _http.GetByteArrayAsync(asset)).Length / times);
    }

    [Fact]
    public async Task Get_Page_IsKeptNowhere()
    {
        using var reply = await _http.GetAsync("executions?sort=-updated");

        Assert.True(reply.Headers.CacheControl?.NoStore, $"{reply.Headers.CacheControl}");
    }

    [Theory]
    [InlineData("executions?q=x", "executions.view=state%3Dfailed")]
    [InlineData("executions", "executions.view=state%3Dfailed")]
    [InlineData("executions", "")]
    public async Task Get_WithAViewThatOlderVersionsKept_IsThePageOfTheAddress(string address, string cookie)
    {
        using var reply = await BareAsync(address, cookie);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    private async Task<HttpResponseMessage> BareAsync(string address, string cookie)
    {
        using var direct = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
        return await direct.SendAsync(request);
    }

    [Fact]
    public async Task Get_Theme_IsOneSheetOfBothSchemesThatBrowsersMayKeep()
    {
        var address = ThemeSheet().Match(await _http.GetStringAsync("/")).Groups[1].Value;
        using var reply = await _http.GetAsync(address);
        var css = await reply.Content.ReadAsStringAsync();

        Assert.Equal("text/css", reply.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", reply.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        var schemes = css.Split("[data-theme=dark]");
        Assert.Equal(2, schemes.Length);
        var (light, dark) = (Background().Match(schemes[0]).Groups[1].Value, Background().Match(schemes[1]).Groups[1].Value);
        Assert.NotEmpty(light);
        Assert.NotEmpty(dark);
        Assert.NotEqual(light, dark);
        Assert.Equal(css.Count(c => c == '{'), css.Count(c => c == '}'));
        Assert.DoesNotContain("<", css, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Page_HasTheStrictPolicyAndNoInlineScript()
    {
        using var reply = await _http.GetAsync("/");
        var html = await reply.Content.ReadAsStringAsync();

        Assert.Contains("default-src 'self'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotMatch("<script>|<script type=\"importmap\"", html);
    }

    [Fact]
    public async Task Get_Health_NamesEachDependency()
    {
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync("/health/live")).StatusCode);

        using var ready = await _http.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        var json = await ready.Content.ReadAsStringAsync();
        Assert.Contains("\"replica\"", json, StringComparison.Ordinal);
        Assert.Contains("control plane", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownPage_Is404WithAPage()
    {
        using var reply = await _http.GetAsync("/no/such/page");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("<html", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("href=\"(theme\\.css\\?v=[0-9a-f]+)\"")]
    private static partial Regex ThemeSheet();

    [GeneratedRegex("--mud-palette-background: ?([^;]+);")]
    private static partial Regex Background();

    [GeneratedRegex("href=\"(app\\.[a-z0-9]+\\.css)\"")]
    private static partial Regex Fingerprinted();
}
