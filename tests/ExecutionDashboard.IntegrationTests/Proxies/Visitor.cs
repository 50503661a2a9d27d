using System.Net;
using System.Net.WebSockets;
using ExecutionDashboard.IntegrationTests.Circuits;
using Microsoft.AspNetCore.Http.Connections;

namespace ExecutionDashboard.IntegrationTests.Proxies;

/// <summary>A browser as proxies see it: it keeps cookies, accepts their certificate, and sends the header that some balance by.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly string _name = Guid.NewGuid().ToString("N");

    public Visitor() => Http = new HttpClient(Handler()) { DefaultRequestHeaders = { { "X-Viewer", _name } }, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>For what is no circuit.</summary>
    public HttpClient Http { get; }

    /// <summary>The dashboard that answers this visitor, as its proxy names it.</summary>
    public async Task<string> DashboardAsync(Uri address)
    {
        using var reply = await Http.GetAsync(new Uri(address, "health/live"));
        reply.EnsureSuccessStatusCode();
        return reply.Headers.GetValues("X-Dashboard").Last();
    }

    /// <summary>Opens the live list over one transport.</summary>
    public async Task<Circuit> OpenAsync(Uri address, HttpTransportType transport)
    {
        const string page = "executions?sort=-created";
        return await Circuit.OpenAsync(Http, address, page, await Http.GetStringAsync(new Uri(address, page)), _ => { }, _ => { }, options =>
        {
            options.Transports = transport;
            options.SkipNegotiation = false;
            options.Cookies = _cookies;
            options.Headers["X-Viewer"] = _name;
            options.Headers["Origin"] = address.GetLeftPart(UriPartial.Authority);
            options.HttpMessageHandlerFactory = _ => Handler();
            options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        });
    }

    /// <summary>A bare WebSocket of the circuits.</summary>
    public async Task<ClientWebSocket> ConnectAsync(Uri address)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = _cookies;
        socket.Options.SetRequestHeader("X-Viewer", _name);
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        await socket.ConnectAsync(new UriBuilder(new Uri(address, "_blazor")) { Scheme = address.Scheme == "https" ? "wss" : "ws" }.Uri, CancellationToken.None);
        return socket;
    }

    public void Dispose() => Http.Dispose();

    private HttpClientHandler Handler() => new() { CookieContainer = _cookies, ServerCertificateCustomValidationCallback = (_, _, _, _) => true, AllowAutoRedirect = false };
}
