using System.IO.Compression;
using System.Net;
using System.Runtime.Versioning;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>The program below a path and behind TLS: links, cookies and redirects.</summary>
public sealed class PathBaseTests(PathBaseTests.StartedProgram program) : IClassFixture<PathBaseTests.StartedProgram>
{
    /// <summary>One for all tests: they only read.</summary>
    public sealed class StartedProgram : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private PartProcess _program = null!;

        internal HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        internal string Data => _folder["data"];

        public async Task InitializeAsync()
        {
            _program = await PartProcess.StartAsync(new Dictionary<string, string>
            {
                ["Simulator:Database"] = "", ["Simulator:ChangesPerSecond"] = "0", ["Storage:ConnectionString"] = Path.Combine(Data, "fleet.db"),
                ["Dashboard:PathBase"] = "/fleet", ["Dashboard:TrustedProxies"] = "127.0.0.1",
            }, _folder.Path);
            Http.BaseAddress = _program.Address;
            await Eventually.ContainsAsync(() => Http.GetStringAsync("fleet/health/ready"), "\"description\":\"live\"");
        }

        public async Task DisposeAsync()
        {
            Http.Dispose();
            await _program.DisposeAsync();
            _folder.Dispose();
        }
    }

    // Proxies that leave the path on a request, and those that take it off.
    [Theory]
    [InlineData("fleet/executions?q=x", "/fleet/")]
    [InlineData("executions?q=x", "/fleet/")]
    [InlineData("executions?q=x", "/other/", "/other")]
    [InlineData("other/executions?q=x", "/other/", "/other/")]
    [InlineData("fleet/no/such/page", "/fleet/")]
    public async Task Get_Page_IsRelativeToThePathThatPeopleOpen(string address, string expected, string? prefix = null)
    {
        using var reply = await AskAsync(address, ("X-Forwarded-Prefix", prefix));
        var page = await reply.Content.ReadAsStringAsync();

        Assert.Equal(address.Contains("no/such", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, reply.StatusCode);
        Assert.Contains($"<base href=\"{expected}\" />", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(href|src|action)=\"/(?!(fleet|other)/\")", page);
    }

    [Theory]
    [InlineData("fleet", "/fleet/")]
    [InlineData("fleet?a=b", "/fleet/?a=b")]
    public async Task Get_PathWithoutItsSlash_IsSentToTheFolder(string address, string expected)
    {
        using var reply = await AskAsync(address);

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Equal(expected, reply.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("app.css")]
    [InlineData("js/timeline/scale.js")]
    [InlineData("_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("_framework/blazor.web.js")]
    [InlineData("export/executions.csv")]
    [InlineData("health/live")]
    [InlineData("metrics")]
    public async Task Get_AnythingBelowThePath_IsThatOfTheRoot(string address)
    {
        foreach (var path in (string[])[address, "fleet/" + address])
        {
            using var reply = await AskAsync(path);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public async Task Get_PageBehindTls_HasSecureCookiesOfThePath(string scheme, bool isSecure)
    {
        using var reply = await AskAsync("fleet/executions?q=x", ("X-Forwarded-Proto", scheme));
        var cookies = reply.Headers.GetValues("Set-Cookie").ToList();

        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
        Assert.All(cookies, cookie => Assert.Contains("path=/fleet", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("fleet/executions?q=x", "br")]
    [InlineData("fleet/executions?q=x", "gzip")]
    [InlineData("fleet/export/executions.csv", "br")]
    [InlineData("fleet/export/executions.json", "gzip")]
    [InlineData("fleet/health/ready", "gzip")]
    public async Task Get_PageOrExport_IsCompressedAsAsked(string address, string encoding)
    {
        using var reply = await AskAsync(address, ("Accept-Encoding", encoding), ("X-Forwarded-Proto", "https"));
        var sent = await reply.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br" ? new BrotliStream(sent, CompressionMode.Decompress) : new GZipStream(sent, CompressionMode.Decompress);

        Assert.Equal([encoding], reply.Content.Headers.ContentEncoding);
        using var again = await AskAsync(address);
        var (one, other) = (await new StreamReader(plain).ReadToEndAsync(), await again.Content.ReadAsStringAsync());
        if (address.Contains("export", StringComparison.Ordinal)) Assert.Equal(other.Length, one.Length);
        Assert.Equal(other[..20], one[..20]);
    }

    [Fact]
    public async Task Get_SimulatorByTheFeed_IsNotCompressed()
    {
        using var reply = await AskAsync("simulator/api/v1/jobs", ("Accept-Encoding", "gzip"));

        Assert.Empty(reply.Content.Headers.ContentEncoding);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Start_KeysOfCookies_AreInTheDataFolderForTheAccountAlone()
    {
        var folder = Path.Combine(program.Data, "keys");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.All(Directory.GetFiles(folder, "key-*.xml").DefaultIfEmpty(""), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private async Task<HttpResponseMessage> AskAsync(string address, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        return await program.Http.SendAsync(request);
    }
}
