using System.Net;
using System.Net.WebSockets;
using System.Text;
using ExecutionDashboard.IntegrationTests.Circuits;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.AspNetCore.Http.Connections;

namespace ExecutionDashboard.IntegrationTests.Proxies;

/// <summary>Two dashboards behind real proxies: pages work, and continue when one dashboard is down.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private static readonly byte[] Ping = [2, 0x91, 6];
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private PartProcess _whole = null!, _dashboard = null!;

    public async Task InitializeAsync()
    {
        var settings = new Dictionary<string, string>
        {
            ["Dashboard:TrustedProxies"] = "127.0.0.1", [SharedKey.Setting] = SharedKey.Value, ["Storage:ConnectionString"] = _folder["one/fleet.db"], ["Simulator:Database"] = "",
            ["Simulator:ChangesPerSecond"] = "20",
        };
        _whole = await PartProcess.StartAsync(settings, _folder.Path);
        settings["Roles"] = "Dashboard";
        settings["ControlPlane:Url"] = new Uri(_whole.Address, "simulator/api/v1").ToString();
        settings["Feed:Url"] = _whole.Address.ToString();
        settings["Storage:ConnectionString"] = _folder["other/fleet.db"];
        _dashboard = await PartProcess.StartAsync(settings, _folder.Path);
        foreach (var part in (PartProcess[])[_whole, _dashboard])
            await Eventually.ContainsAsync(() => _http.GetStringAsync(new Uri(part.Address, "health/ready")), "\"description\":\"live\"");
    }

    public async Task DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        await _whole.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    [InlineData("caddy")]
    public async Task Proxy_InFrontOfTwoDashboards_PassesPagesAndCircuitsAndOutlivesOneOfThem(string name)
    {
        await using var proxy = await ProxyProcess.StartAsync(name, _whole.Address, _dashboard.Address);
        using var visitor = await VisitorOfAsync(proxy, _dashboard.Address.Authority);
        var below = new Uri(proxy.Address, "fleet/");
        var quiet = OutlivesAsync(visitor, proxy.Address, 2 * ProxyProcess.QuietSeconds);

        await IsServedAsync(visitor, proxy.Address, "/");
        await IsServedAsync(visitor, below, "/fleet/");
        await using var atRoot = await visitor.OpenAsync(proxy.Address, HttpTransportType.WebSockets);
        await using var belowPath = await visitor.OpenAsync(below, HttpTransportType.WebSockets);
        await using var polling = await visitor.OpenAsync(proxy.WithoutSockets, HttpTransportType.LongPolling);
        foreach (var circuit in (Circuit[])[atRoot, belowPath, polling]) await MovesAsync(circuit);
        Assert.Contains("403", (await Assert.ThrowsAsync<WebSocketException>(() => visitor.ConnectAsync(proxy.WithoutSockets))).Message, StringComparison.Ordinal);

        // A viewer stays with a dashboard, and what is quiet for longer than the proxy waits is kept alive by both ends.
        Assert.Equal(_dashboard.Address.Authority, await visitor.DashboardAsync(proxy.Address));
        await quiet;

        await _dashboard.KillAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(atRoot.IsOpen ? "the circuit of a killed dashboard is still open" : null));
        await Eventually.HoldsAsync(async () => await TryDashboardAsync(visitor, proxy.Address) is var serving && serving == _whole.Address.Authority ? null : $"served by {serving}");
        await using var again = await visitor.OpenAsync(proxy.Address, HttpTransportType.WebSockets);
        await MovesAsync(again);
    }

    private static async Task IsServedAsync(Visitor visitor, Uri address, string path)
    {
        using var reply = await visitor.Http.GetAsync(new Uri(address, "executions?q=x"));
        var page = await reply.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Contains($"<base href=\"{path}\" />", page, StringComparison.Ordinal);
        var cookies = reply.Headers.TryGetValues("Set-Cookie", out var all) ? all.Where(cookie => cookie.Contains("Antiforgery", StringComparison.Ordinal)).ToList() : [];
        Assert.All(cookies, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        foreach (var asset in (string[])["js/shell.js", "js/timeline/scale.js", "_framework/blazor.web.js", "export/executions.csv?q=x"])
            Assert.Equal(HttpStatusCode.OK, (await visitor.Http.GetAsync(new Uri(address, asset))).StatusCode);
    }

    private static Task MovesAsync(Circuit circuit)
    {
        var before = circuit.Batches;
        return Eventually.HoldsAsync(() => Task.FromResult(circuit.Batches > before + 2 ? null : $"{circuit.Batches} renders, {circuit.Errors} errors"));
    }

    // Balancers spread visitors; one comes to each dashboard sooner or later.
    private static async Task<Visitor> VisitorOfAsync(ProxyProcess proxy, string dashboard)
    {
        for (var i = 0; i < 200; i++)
        {
            var visitor = new Visitor();
            if (await visitor.DashboardAsync(proxy.Address) == dashboard) return visitor;
            visitor.Dispose();
        }
        throw new InvalidOperationException($"No visitor of 200 came to {dashboard}: {proxy.Problems}");
    }

    private static async Task<string> TryDashboardAsync(Visitor visitor, Uri address)
    {
        try
        {
            return await visitor.DashboardAsync(address);
        }
        catch (HttpRequestException problem)
        {
            return problem.Message;
        }
    }

    // A connection on which nothing happens but what keeps it alive, until the server has done so for as long as was asked; a proxy that ends it is the failure.
    private static async Task OutlivesAsync(Visitor visitor, Uri address, int seconds)
    {
        const int interval = 15; // seconds from one message of the server to the next
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(4 * seconds));
        using var socket = await visitor.ConnectAsync(address);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, limit.Token);
        var buffer = new byte[1024];
        for (var pings = 0; pings * interval < seconds;)
        {
            var got = await socket.ReceiveAsync(buffer, limit.Token);
            Assert.NotEqual(WebSocketMessageType.Close, got.MessageType);
            if (!buffer.AsSpan(0, got.Count).SequenceEqual(Ping)) continue;
            pings++;
            await socket.SendAsync(Ping, WebSocketMessageType.Binary, true, limit.Token);
        }
    }
}
