using System.Diagnostics;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.BrowserTests.Engines;

/// <summary>A real nginx in front of two dashboards, sticky by address: a client stays with one dashboard until that is down.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private const string Used = "X-Used-Dashboard";
    private readonly TemporaryFolder _folder = new();
    private readonly Process _nginx;

    private Balancer(Uri first, Uri second)
    {
        Directory.CreateDirectory(_folder.Path);
        Address = new($"http://127.0.0.1:{FreePort.Next()}/");
        File.WriteAllText(_folder["nginx.conf"], $$"""
            daemon off; master_process off; pid {{_folder["nginx.pid"]}}; error_log stderr warn;
            events { worker_connections 256; }
            http {
              access_log off; client_body_temp_path {{_folder["body"]}}; proxy_temp_path {{_folder["proxy"]}}; fastcgi_temp_path {{_folder["fastcgi"]}}; uwsgi_temp_path {{_folder["uwsgi"]}}; scgi_temp_path {{_folder["scgi"]}};
              map $http_upgrade $connection_upgrade { default upgrade; '' close; }
              upstream dashboards { ip_hash; server {{first.Authority}}; server {{second.Authority}}; }
              server {
                listen {{Address.Authority}};
                location / {
                  proxy_pass http://dashboards; proxy_http_version 1.1; proxy_read_timeout 60s; proxy_set_header Host $http_host;
                  proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; add_header {{Used}} $upstream_addr always;
                }
              }
            }
            """);
        _nginx = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-p", _folder.Path, "-c", _folder["nginx.conf"]]) { RedirectStandardError = true })!;
        _nginx.ErrorDataReceived += (_, _) => { };
        _nginx.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one and waits until a page comes through it.</summary>
    public static async Task<Balancer> StartAsync(Uri first, Uri second)
    {
        var balancer = new Balancer(first, second);
        using var http = new HttpClient();
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                using var reply = await http.GetAsync(balancer.Address);
                return reply.IsSuccessStatusCode ? null : $"nginx says {reply.StatusCode}";
            }
            catch (HttpRequestException e)
            {
                return e.Message;
            }
        });
        return balancer;
    }

    /// <summary>The dashboard, as host and port, that this machine comes to. After one has failed, the last that was tried.</summary>
    public async Task<string> UsedAsync(HttpClient http)
    {
        using var reply = await http.GetAsync(Address);
        return reply.Headers.GetValues(Used).Single().Split(", ")[^1];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_nginx.HasExited) _nginx.Kill(entireProcessTree: true);
        await _nginx.WaitForExitAsync();
        _nginx.Dispose();
        _folder.Dispose();
    }
}
