using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using System.Text;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>The program behind a proxy with all three parts, for tests of request checks.</summary>
public sealed class GuardedProgram : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PartProcess _program = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address => _program.Address;

    /// <summary>All that it printed.</summary>
    public string Output => _program.Output;

    /// <summary>The folder of its databases, which it made.</summary>
    public string Data => _folder["data"];

    public async Task InitializeAsync() => _program = await PartProcess.StartAsync(
        new Dictionary<string, string>
        {
            ["Simulator:Database"] = Path.Combine(Data, "simulator.db"), ["Storage:ConnectionString"] = Path.Combine(Data, "fleet.db"), ["Simulator:ChangesPerSecond"] = "0",
            ["Dashboard:PublicUrls"] = "https://dash.example.com", ["Dashboard:TrustedProxies"] = DoorTests.Proxy, ["AllowedHosts"] = "*.inner.example",
        }, _folder.Path);

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Which requests are accepted: by host name, by origin, and through which proxy.</summary>
public sealed class DoorTests(GuardedProgram program) : IClassFixture<GuardedProgram>, IDisposable
{
    /// <summary>The address that the trusted proxy sends from.</summary>
    internal const string Proxy = "127.0.0.2";

    private readonly HttpClient _http = new();
    private readonly HttpClient _proxy = Connections.From(Proxy);

    public void Dispose()
    {
        _http.Dispose();
        _proxy.Dispose();
    }

    [Fact]
    public async Task Post_ToWhatIsNotThere_Is404AsItIs()
    {
        using var reply = await _http.PostAsync(new Uri(program.Address, "nothing-here"), new StringContent(""));

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:5080")]
    [InlineData("dash.example.com")]
    [InlineData("a.inner.example")]
    public async Task Get_HostThatIsOurs_IsAnswered(string host)
    {
        foreach (var path in (string[])["health/live", "app.css", "executions?sort=-updated"]) Assert.Equal(HttpStatusCode.OK, (await AskAsync(_http, path, ("Host", host))).Status);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("dash.example.com.evil.example:5080")]
    [InlineData("192.168.1.1")]
    [InlineData("inner.example")]
    [InlineData("[fe80::1]")]
    public async Task Ask_HostThatIsNotOurs_Is400WithThePlainReason(string host)
    {
        foreach (var path in (string[])["", "health/live", "metrics", "app.css", "export/executions.csv", "_blazor/negotiate", "hubs/feed", "simulator/api/v1/jobs", "no/such/page"])
        {
            var (status, text) = await AskAsync(_http, path, ("Host", host));
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("Dashboard:PublicUrls", text, StringComparison.Ordinal);
            Assert.Contains(host, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://dash.example.com")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task Ask_OriginThatIsNotOurs_Is403WithThePlainReason(string origin)
    {
        (string Method, string Path)[] asks =
        [
            ("POST", "_blazor/negotiate?negotiateVersion=1"), ("GET", "_blazor?id=x"), ("POST", "_blazor/disconnect"), ("POST", "hubs/feed/negotiate?negotiateVersion=1"), ("GET", "hubs/feed"),
            ("POST", "feed/v1/timeline"), ("POST", "simulator/api/v1/jobs/x/stop"), ("PUT", "simulator/api/v1/jobs"), ("DELETE", "simulator/api/v1/jobs/x"), ("OPTIONS", "simulator/api/v1/jobs"),
            ("GET", "export/executions.json"), ("POST", "executions"),
        ];
        foreach (var (method, path) in asks)
        {
            var (status, text) = await AskAsync(_http, path, new HttpMethod(method), ("Origin", origin));
            Assert.True(status == HttpStatusCode.Forbidden, $"{method} {path}: {status}");
            Assert.Contains("Dashboard:PublicUrls", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Negotiate_OwnOriginPublicOriginOrNone_IsAnswered()
    {
        foreach (var origin in (string[])[program.Address.GetLeftPart(UriPartial.Authority), "https://dash.example.com", ""])
        {
            var (status, text) = await AskAsync(_http, "_blazor/negotiate?negotiateVersion=1", HttpMethod.Post, origin.Length > 0 ? [("Origin", origin)] : []);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("connectionToken", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("_blazor")]
    [InlineData("hubs/feed")]
    [InlineData("simulator/api/v1/jobs/x/logs")]
    public async Task Connect_WebSocketOfAnotherOrigin_Is403(string path)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", "https://evil.example");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(new Uri(program.Address, path)) { Scheme = "ws" }.Uri, CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Ask_ForwardedByTheTrustedProxy_IsJudgedByWhatItForwards()
    {
        (string, string)[] forwarded = [("X-Forwarded-Host", "dash.example.com"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "198.51.100.7")];

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(_proxy, "health/live", [("Host", "upstream"), .. forwarded])).Status);
        // The own origin is the one that people see.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(_proxy, "_blazor/negotiate", HttpMethod.Post, [("Origin", "https://a.inner.example"), ("X-Forwarded-Host", "a.inner.example"), ("X-Forwarded-Proto", "https")])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(_proxy, "_blazor/negotiate", HttpMethod.Post, [("Origin", "http://a.inner.example"), ("X-Forwarded-Host", "a.inner.example"), ("X-Forwarded-Proto", "https")])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(_proxy, "health/live", ("X-Forwarded-Host", "evil.example"))).Status);
    }

    [Fact]
    public async Task Ask_ForwardedByAnybodyElse_IsJudgedByWhatItIs()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(_http, "health/live", ("Host", "upstream"), ("X-Forwarded-Host", "dash.example.com"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(_http, "health/live", ("X-Forwarded-Host", "evil.example"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(_http, "_blazor/negotiate", HttpMethod.Post, [("Origin", "https://a.inner.example"), ("X-Forwarded-Host", "a.inner.example"), ("X-Forwarded-Proto", "https")])).Status);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task Write_ToTheSimulatorOtherThanAsJson_Is415(string? type)
    {
        using var api = new HttpClient { BaseAddress = new Uri(program.Address, "simulator/api/v1/") };
        foreach (var (method, path) in new[] { ("PUT", "jobs"), ("PUT", "jobs/x"), ("POST", "jobs/x/stop"), ("DELETE", "jobs/x"), ("PUT", "jobs/x/rerun"), ("POST", "jobs/x/rollback"), ("POST", "executions/x/stop"), ("POST", "deployments/x/promote"), ("DELETE", "nodes/x") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"reason":"x"}""")) };
            if (type is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var reply = await api.SendAsync(request);
            Assert.True(reply.StatusCode == HttpStatusCode.UnsupportedMediaType, $"{method} {path}: {reply.StatusCode}");
        }
    }

    [Theory]
    [InlineData("export/executions.csv")]
    [InlineData("export/executions.json")]
    [InlineData("export/spec?of=x")]
    [InlineData("executions?sort=-updated")]
    [InlineData("health/ready")]
    [InlineData("metrics")]
    [InlineData("feed/v1/status")]
    [InlineData("simulator/api/v1/jobs")]
    [InlineData("no/such/page")]
    public async Task Get_AnythingButAssets_MayBeKeptNowhereAndNamesNoServer(string path)
    {
        using var reply = await _http.GetAsync(new Uri(program.Address, path));

        Assert.True(reply.Headers.CacheControl?.NoStore, $"{reply.Headers.CacheControl}");
        Assert.Empty(reply.Headers.Server);
        Assert.Equal(["same-origin"], reply.Headers.GetValues("Cross-Origin-Resource-Policy"));
    }

    [Fact]
    public async Task Metrics_AfterRefusals_CountThemAndTellNothingOfWhoAsked()
    {
        await AskAsync(_http, "executions/a-secret-path?q=a-secret-query", ("Host", "a-secret-host.example"));
        await AskAsync(_http, "a-secret-path", new HttpMethod("ASECRETMETHOD"), ("Origin", "https://a-secret-host.example"));
        await AskAsync(_http, "feed/v1/status", ("Authorization", "Bearer a-secret-key"));

        var metrics = await _http.GetStringAsync(new Uri(program.Address, "metrics"));

        foreach (var expected in (string[])["reason=\"host\"", "reason=\"origin\"", "feed_refused_total"]) Assert.Contains(expected, metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", metrics, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Data_OfAFolderThatTheProgramMade_IsTheOwnersAlone()
    {
        const UnixFileMode others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(program.Data);

        Assert.Superset(new HashSet<string?> { "fleet.db", "fleet.db-wal", "fleet.db-shm", "simulator.db" }, files.Select(Path.GetFileName).ToHashSet());
        Assert.All(files.Append(program.Data), path => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & others));
    }

    private Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient http, string path, params (string Name, string Value)[] headers) => AskAsync(http, path, HttpMethod.Get, headers);

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient http, string path, HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(program.Address, path));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var reply = await http.SendAsync(request);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }
}
