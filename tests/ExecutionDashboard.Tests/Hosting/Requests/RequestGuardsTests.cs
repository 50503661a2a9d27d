using CsCheck;
using ExecutionDashboard.Hosting.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Hosting.Requests;

public sealed class RequestGuardsTests
{
    private static readonly PublicUrls Public = new(Settings(PublicUrls.Key, "https://dash.example.com, https://bücher.example:8443"));

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("HTTP://LOCALHOST:5080")]
    [InlineData("https://dash.example.com")]
    [InlineData("https://dash.example.com:443")]
    [InlineData("https://xn--bcher-kva.example:8443")]
    public void IsOfAnotherSite_OwnOrPublicOrigin_IsNot(string origin) => Assert.False(IsForeign("POST", origin));

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("https://localhost:5080")]
    [InlineData("http://localhost:5081")]
    [InlineData("http://localhost")]
    [InlineData("http://dash.example.com")]
    [InlineData("https://dash.example.com.evil.example")]
    [InlineData("https://evil.example/https://dash.example.com")]
    [InlineData("https://dash.example.com@evil.example")]
    [InlineData("file:///index.html")]
    [InlineData("chrome-extension://abcdefghijklmnop")]
    public void IsOfAnotherSite_AnyOtherOrigin_IsWhateverIsAsked(string origin)
    {
        foreach (var method in (string[])["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) Assert.True(IsForeign(method, origin), method);
    }

    [Fact]
    public void IsOfAnotherSite_TwoOrigins_Is() => Assert.True(IsForeign("POST", ["http://localhost:5080", "http://localhost:5080"]));

    [Fact]
    public void IsOfAnotherSite_AnyOriginThatIsNotListed_Is() =>
        Gen.Select(Gen.Bool.Select(secure => secure ? "https" : "http"), Gen.String[Gen.Char['a', 'z'], 1, 12], Gen.Int[1, 65_535]).Sample((scheme, host, port) =>
            IsForeign("GET", $"{scheme}://{host}:{port}") == ((scheme, host, port) != ("http", "localhost", 5080)));

    [Theory]
    [InlineData("GET", "same-origin", "cors", "empty", false)]
    [InlineData("GET", "none", "navigate", "document", false)]
    [InlineData("GET", null, null, null, false)]
    [InlineData("POST", null, null, null, false)]
    [InlineData("GET", "cross-site", "navigate", "document", false)]
    [InlineData("HEAD", "same-site", "navigate", "document", false)]
    [InlineData("POST", "cross-site", "navigate", "document", true)]
    [InlineData("GET", "cross-site", "navigate", "iframe", true)]
    [InlineData("GET", "cross-site", "no-cors", "image", true)]
    [InlineData("GET", "cross-site", "no-cors", "script", true)]
    [InlineData("GET", "same-site", "cors", "empty", true)]
    [InlineData("GET", "cross-site", "websocket", "websocket", true)]
    public void IsOfAnotherSite_NoOrigin_TheBrowserSaysWhoseItIs(string method, string? site, string? mode, string? destination, bool expected) =>
        Assert.Equal(expected, IsForeign(method, [], site, mode, destination));

    [Theory]
    [InlineData("dash.example.com")]
    [InlineData("https://dash.example.com/base")]
    [InlineData("https://dash.example.com?a=b")]
    [InlineData("https://user@dash.example.com")]
    [InlineData("ftp://dash.example.com")]
    [InlineData("*")]
    public void PublicUrls_NoAddressOfAHost_StopTheStartByTheSettingsName(string url) =>
        Assert.Contains($"'Dashboard:PublicUrls' has '{url}'", Assert.Throws<InvalidOperationException>(() => new PublicUrls(Settings(PublicUrls.Key, url))).Message, StringComparison.Ordinal);

    [Fact]
    public void PublicUrls_OfAnArray_AreTheSame() => Assert.Equal(["a.example", "[2001:db8::1]"],
        new PublicUrls(Settings((PublicUrls.Key + ":0", "https://A.example/"), (PublicUrls.Key + ":1", "http://[2001:db8::1]:8080"))).Hosts);

    [Theory]
    [InlineData("10.0.0.7, 10.1.2.3/16;::1 2001:db8::/32", "10.0.0.7/32", "10.1.0.0/16", "::1/128", "2001:db8::/32")]
    [InlineData("")]
    public void TrustedProxies_AddressesAndNetworks_AreNetworks(string text, params string[] networks) =>
        Assert.Equal(networks, TrustedProxies.Read(Settings(TrustedProxies.Key, text)).Select(network => network.ToString()));

    [Theory]
    [InlineData("nginx")]
    [InlineData("10.0.0.0/33")]
    [InlineData("*")]
    public void TrustedProxies_Anything_StopsTheStartByTheSettingsName(string text) =>
        Assert.Contains($"'Dashboard:TrustedProxies' has '{text}'", Assert.Throws<InvalidOperationException>(() => TrustedProxies.Read(Settings(TrustedProxies.Key, text))).Message, StringComparison.Ordinal);

    private static bool IsForeign(string method, string origin) => IsForeign(method, [origin]);

    private static bool IsForeign(string method, string[] origins, string? site = null, string? mode = null, string? destination = null)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = (method, "http", new HostString("localhost", 5080));
        if (origins.Length > 0) request.Headers.Origin = origins;
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        if (mode is not null) request.Headers["Sec-Fetch-Mode"] = mode;
        if (destination is not null) request.Headers["Sec-Fetch-Dest"] = destination;
        return RequestGuards.IsOfAnotherSite(request, Public);
    }

    private static IConfiguration Settings(string key, string value) => Settings((key, value));

    private static IConfiguration Settings(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => (string?)v.Value)).Build();
}
