using System.Net;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.IntegrationTests.SignIn;

/// <summary>The list of entry points in docs/security.md, against what exists, and each of them with every role.</summary>
public sealed partial class EntryPointTests(EntryPointTests.SignedInProgram program) : IClassFixture<EntryPointTests.SignedInProgram>
{
    private const string UserHeader = "X-Test-User", RolesHeader = "X-Test-Groups";

    private static readonly IReadOnlyDictionary<string, string> Listed =
        Row().Matches(System.IO.File.ReadAllText(Path.Combine(PartProcess.Repository, "docs", "security.md"))).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value, StringComparer.Ordinal);

    /// <summary>The program behind a proxy that names people: the test is the proxy.</summary>
    public sealed class SignedInProgram : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private PartProcess _program = null!;

        internal HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        // The same roles for a part of the fleet.
        private static string Part(string role) => $"part-{role}s: namespace=payments";

        internal static Dictionary<string, string> Settings => new()
        {
            ["Simulator:Database"] = "", ["Simulator:ChangesPerSecond"] = "0", ["Auth:Mode"] = "Proxy", ["Auth:ProxyHeader"] = UserHeader, ["Auth:ProxyRolesHeader"] = RolesHeader,
            ["Dashboard:TrustedProxies"] = "127.0.0.1", ["Auth:Roles:Viewer"] = $"viewers; {Part("viewer")}", ["Auth:Roles:Operator"] = $"operators; {Part("operator")}", ["Auth:Roles:Admin"] = $"admins; {Part("admin")}",
            [SharedKey.Setting] = SharedKey.Value,
        };

        public async Task InitializeAsync()
        {
            _program = await PartProcess.StartAsync(new Dictionary<string, string>(Settings) { ["Storage:ConnectionString"] = _folder["fleet.db"] }, _folder.Path);
            Http.BaseAddress = _program.Address;
        }

        public async Task DisposeAsync()
        {
            Http.Dispose();
            await _program.DisposeAsync();
            _folder.Dispose();
        }
    }

    [Fact]
    public void List_Addresses_AreThoseThatExist()
    {
        using var folder = new TemporaryFolder();
        using var factory = new WebApplicationFactory<Program>();
        using var host = factory.WithWebHostBuilder(web =>
        {
            foreach (var (key, value) in SignedInProgram.Settings) web.UseSetting(key, value);
            web.UseSetting("Storage:ConnectionString", folder["fleet.db"]);
            // Nobody is asked for anything.
            foreach (var key in (string[])["ControlPlane:Url", "Feed:Url"]) web.UseSetting(key, "http://127.0.0.1:9");
            foreach (var (key, value) in ((string, string)[])[("Roles", "Dashboard,Feed,Simulator"), ("Feed:Key", SharedKey.Value)]) web.UseSetting(key, value);
            web.UseEnvironment("Production");
            web.UseContentRoot(PartProcess.Repository);
        });
        var addresses = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(AddressOf).ToHashSet();

        Assert.Equal("", string.Join('\n', addresses.Except(Listed.Keys).Order(StringComparer.Ordinal)));
        Assert.Equal("", string.Join('\n', Listed.Keys.Where(entry => entry.StartsWith('/') || entry == "files").Except(addresses).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Ask_EveryAddressWithEveryRole_IsAnsweredFromTheLeastRoleOn()
    {
        var wrong = new List<string>();
        foreach (var (entry, least) in Listed.Where(entry => entry.Key.StartsWith('/')))
            foreach (var (role, isWhole) in Cells)
            {
                var refusals = new List<bool>();
                foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
                {
                    using var request = new HttpRequestMessage(method, Parameter().Replace(entry, "x").TrimEnd('*').TrimStart('/'));
                    Sign(request, role, isWhole);
                    using var reply = await program.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    // A method that an address does not have is answered by nothing behind it.
                    refusals.Add(reply.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed);
                }
                var expected = least switch { "open" => false, "key" or "token" => true, _ => role < Enum.Parse<AccessRole>(least, ignoreCase: true) };
                // What is for admins is about the whole fleet: the audit.
                expected |= !isWhole && least == "admin";
                // What is open for one method is, for another, as closed as what does not exist.
                if (expected ? refusals.Contains(false) : !refusals.Contains(false)) wrong.Add($"{entry} as {role}{(isWhole ? "" : " of a part")}");
            }
        Assert.Empty(wrong);
    }

    // The key opens the hub, and nothing else does, whoever asks.
    [Fact]
    public async Task Hub_EachMethodWithEveryRole_AnswersToTheKeyAlone()
    {
        var methods = new Dictionary<string, Func<HubConnection, Task>>
        {
            ["FeedHub.Announce"] = async hub => Assert.NotNull(await hub.InvokeAsync<PresenceList>(FeedContract.Announce, new PresenceList(0, []))),
            ["FeedHub.Join"] = hub => StreamsAsync(hub, FeedContract.Join),
            ["FeedHub.Subscribe"] = hub => StreamsAsync(hub, FeedContract.Subscribe),
        };
        Assert.Equal(Listed.Keys.Where(entry => entry.StartsWith("FeedHub.", StringComparison.Ordinal)).Order(StringComparer.Ordinal), methods.Keys);
        foreach (var (role, isWhole) in Cells)
            foreach (var key in (string?[])[null, SharedKey.Value + "x", SharedKey.Value])
            {
                await using var hub = new HubConnectionBuilder().WithUrl(new Uri(program.Http.BaseAddress!, "hubs/feed"), options =>
                {
                    foreach (var (name, value) in Headers(role, isWhole)) options.Headers[name] = value;
                    if (key is not null) options.AccessTokenProvider = () => Task.FromResult<string?>(key);
                }).Build();
                if (key != SharedKey.Value)
                {
                    Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync())).StatusCode);
                    foreach (var call in methods.Values) await Assert.ThrowsAsync<InvalidOperationException>(() => call(hub));
                    continue;
                }
                await hub.StartAsync();
                foreach (var call in methods.Values) await call(hub);
            }

        static async Task StreamsAsync(HubConnection hub, string method)
        {
            await using var batches = hub.StreamAsync<FeedBatch>(method, "", 0L).GetAsyncEnumerator();
            Assert.True(await batches.MoveNextAsync());
        }
    }

    [Fact]
    public async Task Ask_WhatDoesNotExist_IsToldFromNothingElse()
    {
        foreach (var path in (string[])["no/such", "executions/no-such", "signin/nothing", "export/other", "_blazor/other", "_framework/other"])
        {
            using var reply = await program.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        }
    }

    [Fact]
    public async Task Ask_HeadersThatNameTwoPeopleOrAreNotTheProxys_IsNobody()
    {
        using var twice = new HttpRequestMessage(HttpMethod.Get, "signin/check") { Headers = { { UserHeader, ["Ann", "Ada"] }, { RolesHeader, "admins" } } };
        using var other = Hosting.Connections.From("127.0.0.2");
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new Uri(program.Http.BaseAddress!, "signin/check")) { Headers = { { UserHeader, "Ann" }, { RolesHeader, "admins" }, { "X-Forwarded-For", "127.0.0.1" } } };

        using var first = await program.Http.SendAsync(twice);
        using var second = await other.SendAsync(foreign);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (first.StatusCode, second.StatusCode));
    }

    private static IEnumerable<(AccessRole Role, bool IsWhole)> Cells => Enum.GetValues<AccessRole>().SelectMany(role => role == AccessRole.None ? (bool[])[true] : [true, false], (role, isWhole) => (role, isWhole));

    private static IEnumerable<(string Name, string Value)> Headers(AccessRole role, bool isWhole) =>
        role == AccessRole.None ? [] : [(UserHeader, "Ann"), (RolesHeader, $"others, {(isWhole ? "" : "part-")}{role.ToString().ToLowerInvariant()}s")];

    private static void Sign(HttpRequestMessage request, AccessRole role, bool isWhole)
    {
        foreach (var (name, value) in Headers(role, isWhole)) request.Headers.Add(name, value);
    }

    // Files are one entry, since each is open and there are hundreds; what has a door of its own is one, too.
    private static string AddressOf(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        return pattern.StartsWith("/simulator/", StringComparison.Ordinal) ? "/simulator/api/v1/{**rest}" : pattern.StartsWith("/feed/v1", StringComparison.Ordinal) ? "/feed/v1/{**rest}" : endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && (pattern.StartsWith("/_content/", StringComparison.Ordinal) || pattern.StartsWith("/_framework/", StringComparison.Ordinal) || AssetName().IsMatch(pattern))
            ? "files" : pattern;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\.(css|js|svg|png|ico|map|woff2?|txt|json|gz|br)$|^/js/")]
    private static partial Regex AssetName();

    [GeneratedRegex(@"^\| `([^`]+)` \| (open|key|token|viewer|operator|admin) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
