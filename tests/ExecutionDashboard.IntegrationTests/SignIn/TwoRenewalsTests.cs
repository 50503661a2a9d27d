using System.Net;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Storage;

namespace ExecutionDashboard.IntegrationTests.SignIn;

/// <summary>Two dashboards that renew the same sign-in at a provider whose refresh tokens work once.</summary>
public sealed class TwoRenewalsTests : IAsyncLifetime
{
    private const int Renewals = 6;
    private readonly Dictionary<string, string> _storage = new() { ["Storage:Provider"] = "PostgreSql", ["Storage:ConnectionString"] = $"{PostgresServer.Shared.ConnectionString};Search Path=two_renewals" };
    private readonly int[] _ports = [FreePort.Next(), FreePort.Next()];
    private readonly SplitParts _parts;
    private OpenIdProvider _provider = null!;

    public TwoRenewalsTests() => _parts = new(new() { ["Nodes"] = "4", ["Jobs"] = "2", ["ChangesPerSecond"] = "0" }, _storage);

    public async Task InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync(isRotating: true, [.. _ports.Select(port => new Uri($"http://127.0.0.1:{port}"))]);
        await _parts.StartSimulatorAsync();
        await _parts.StartFeedAsync();
        var settings = _provider.Settings("openid profile email groups offline_access");
        foreach (var (key, value) in _storage) settings[key] = value;
        foreach (var port in _ports) await _parts.StandsAsync((await _parts.StartDashboardAsync(port, settings: settings)).Address, "live");
    }

    public async Task DisposeAsync()
    {
        await _parts.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_EndedAndAskedForAtBothAtOnce_AreRenewedByOneAndTheSignInGoesOn()
    {
        using var person = new Person(new Uri($"http://127.0.0.1:{_ports[0]}/"));
        await _provider.GiveTokensForAsync(1);
        using (var page = await person.SignInAsync("ann")) Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        // Without taking new cookies, as requests that are under way at the same time.
        var cookies = person.Cookies;
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });

        await Eventually.HoldsAsync(async () =>
        {
            var replies = await Task.WhenAll(_ports.Concat(_ports).Select(AskAsync));
            Assert.All(replies, reply => Assert.Equal(HttpStatusCode.NoContent, reply));
            var renewals = await _provider.RenewalsAsync();
            return renewals >= Renewals ? null : $"{renewals} renewals";
        });

        async Task<HttpStatusCode> AskAsync(int port)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/signin/check") { Headers = { { "Cookie", cookies } } };
            using var reply = await http.SendAsync(request);
            return reply.StatusCode;
        }
    }
}
