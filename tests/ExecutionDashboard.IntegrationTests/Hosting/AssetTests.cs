using System.Net;
using System.Text.RegularExpressions;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>The program as it is started: what it serves, and that its root folders are found.</summary>
public sealed partial class AssetTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PartProcess _program = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _program = await PartProcess.StartAsync(
            new Dictionary<string, string> { ["Simulator:Database"] = "", ["Storage:ConnectionString"] = _folder["fleet.db"] }, _folder.Path);
        _http = new HttpClient { BaseAddress = _program.Address };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
        _folder.Dispose();
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
