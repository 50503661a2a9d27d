using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>The program behind a real nginx, set up as docs/production.md says.</summary>
public sealed class ProxyTests(GuardedProgram program) : IClassFixture<GuardedProgram>
{
    private const string Client = "127.0.0.3";
    private readonly int _port = FreePort.Next();

    [Fact]
    public async Task Nginx_InFront_PassesPagesAndCircuitsAndTellsTheClient()
    {
        using var folder = new TemporaryFolder();
        using var nginx = await StartNginxAsync(folder);
        using var http = Connections.From(Client);
        http.BaseAddress = new Uri($"http://127.0.0.1:{_port}/");

        // Refused first: only then the log tells who it was. What the client says of itself does not count.
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync(http, HttpMethod.Get, "executions", ("Host", "evil.example"), ("X-Forwarded-For", "198.51.100.7")));
        await Eventually.ContainsAsync(() => Task.FromResult(program.Output), $"Refused a request with 400, from {Client}: Not an address of this dashboard: 'evil.example'");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, HttpMethod.Get, "executions?sort=-updated", ("Host", "dash.example.com")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, HttpMethod.Post, "_blazor/negotiate?negotiateVersion=1", ("Host", "dash.example.com"), ("Origin", "https://dash.example.com")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, HttpMethod.Post, "_blazor/negotiate?negotiateVersion=1", ("Host", "dash.example.com"), ("Origin", "https://evil.example")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, HttpMethod.Post, "_blazor/negotiate?negotiateVersion=1", ("Host", "a.inner.example"), ("Origin", "http://a.inner.example")));

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "dash.example.com");
        socket.Options.SetRequestHeader("Origin", "https://dash.example.com");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/_blazor"), CancellationToken.None);
        Assert.Equal(WebSocketState.Open, socket.State);
        nginx.Kill();
        await nginx.WaitForExitAsync();
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var reply = await http.SendAsync(request);
        return reply.StatusCode;
    }

    private async Task<Process> StartNginxAsync(TemporaryFolder folder)
    {
        await File.WriteAllTextAsync(folder["nginx.conf"], $$"""
            daemon off; master_process off; pid {{folder["nginx.pid"]}};
            events { }
            http {
              access_log off;
              client_body_temp_path {{folder["body"]}}; proxy_temp_path {{folder["proxy"]}}; fastcgi_temp_path {{folder["fastcgi"]}}; uwsgi_temp_path {{folder["uwsgi"]}}; scgi_temp_path {{folder["scgi"]}};
              map $http_upgrade $connection_upgrade { default upgrade; '' close; }
              server {
                listen 127.0.0.1:{{_port}};
                location / {
                  proxy_bind {{DoorTests.Proxy}};
                  proxy_pass {{program.Address.GetLeftPart(UriPartial.Authority)}};
                  proxy_http_version 1.1;
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto $scheme;
                  proxy_set_header X-Forwarded-Host $http_host;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection $connection_upgrade;
                  proxy_read_timeout 1h;
                }
              }
            }
            """);
        var nginx = Process.Start(new ProcessStartInfo(File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx", ["-c", folder["nginx.conf"], "-e", folder["error.log"]]) { UseShellExecute = false })!;
        await Eventually.HoldsAsync(async () =>
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, _port);
                return null;
            }
            catch (SocketException)
            {
                return $"nginx does not listen: {(File.Exists(folder["error.log"]) ? await File.ReadAllTextAsync(folder["error.log"]) : "")}";
            }
        });
        return nginx;
    }
}
