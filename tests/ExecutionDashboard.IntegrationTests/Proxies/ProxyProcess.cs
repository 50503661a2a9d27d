using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Proxies;

/// <summary>
/// A real proxy in front of two dashboards, configured as in docs/production.md: TLS, at the root and below <c>/fleet</c>, with sticky sessions. It closes
/// connections after <see cref="QuietSeconds"/> of silence, and blocks WebSockets at a second address.
/// </summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    /// <summary>Silence after which the proxies of these tests end a connection; in the documents it is longer.</summary>
    public const int QuietSeconds = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private ProxyProcess(string name, Uri one, Uri other)
    {
        var (port, plainPort) = (FreePort.Next(), FreePort.Next());
        (Address, WithoutSockets) = (new Uri($"https://127.0.0.1:{port}/"), new Uri($"http://127.0.0.1:{plainPort}/"));
        File.WriteAllText(_folder["cert.pem"], Certificate());
        var settings = name switch
        {
            "nginx" => ProxySettings.Nginx(_folder, port, plainPort, one.Authority, other.Authority),
            "haproxy" => ProxySettings.HaProxy(_folder, port, plainPort, one.Authority, other.Authority),
            "caddy" => ProxySettings.Caddy(_folder, port, plainPort, one.Authority, other.Authority),
            _ => throw new ArgumentException($"There are no settings for the proxy {name}.", nameof(name)),
        };
        var file = _folder[name == "caddy" ? "Caddyfile" : name + ".conf"];
        File.WriteAllText(file, settings);
        string[] arguments = name switch
        {
            "nginx" => ["-c", file, "-e", _folder["error.log"]],
            "haproxy" => ["-db", "-f", file],
            _ => ["run", "--config", file, "--adapter", "caddyfile"],
        };
        var program = File.Exists($"/usr/sbin/{name}") ? $"/usr/sbin/{name}" : name;
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        // Where Caddy keeps what it makes for itself.
        start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = start.Environment["HOME"] = _folder.Path;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Problems += line.Data + "\n";
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens with TLS.</summary>
    public Uri Address { get; }

    /// <summary>Where it listens without, and refuses WebSockets.</summary>
    public Uri WithoutSockets { get; }

    /// <summary>What it said.</summary>
    public string Problems { get; private set; } = "";

    /// <summary>Starts one and waits until it listens.</summary>
    public static async Task<ProxyProcess> StartAsync(string name, Uri one, Uri other)
    {
        var proxy = new ProxyProcess(name, one, other);
        foreach (var address in (Uri[])[proxy.Address, proxy.WithoutSockets])
            await Eventually.HoldsAsync(async () =>
            {
                using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await probe.ConnectAsync(IPAddress.Loopback, address.Port);
                    return null;
                }
                catch (SocketException)
                {
                    return $"{name} does not listen: {proxy.Problems}";
                }
            });
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
