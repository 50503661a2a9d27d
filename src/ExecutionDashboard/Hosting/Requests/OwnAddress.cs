using System.Net;
using ExecutionDashboard.ControlPlane;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>The address at which this process can reach itself once it listens.</summary>
public sealed class OwnAddress(IServer server, IHostApplicationLifetime lifetime)
{
    private volatile Uri? _address;

    /// <summary>The address with a trailing slash; null before the process listens. Prefers plain HTTP.</summary>
    public Uri? BaseAddress
    {
        get
        {
            if (_address is not null || !lifetime.ApplicationStarted.IsCancellationRequested) return _address;
            var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            return _address = listening.Select(Reachable).OfType<Uri>().OrderBy(u => u.Scheme == Uri.UriSchemeHttp ? 0 : 1).FirstOrDefault();
        }
    }

    /// <summary>An address to connect to: wildcards become the loopback address.</summary>
    internal static Uri? Reachable(string listening)
    {
        var local = listening.Replace("://+", "://127.0.0.1", StringComparison.Ordinal).Replace("://*", "://127.0.0.1", StringComparison.Ordinal);
        if (!Uri.TryCreate(local, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        var any = IPAddress.TryParse(uri.DnsSafeHost, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
        return any ? new UriBuilder(uri) { Host = ip!.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]" }.Uri : uri;
    }
}

/// <summary>The address of the control plane: the setting <c>ControlPlane:Url</c>, or the simulator in this process.</summary>
public sealed class ControlPlaneAddress(IOptions<ControlPlaneOptions> options, OwnAddress own) : IControlPlaneAddress
{
    /// <summary>Path of the simulator's API.</summary>
    public const string SimulatorPath = "simulator/api/v1/";

    /// <summary>Whether the control plane is a simulator, in this process or another one of this program.</summary>
    internal static bool IsSimulator(string url) => url.Length == 0 || $"{url.TrimEnd('/')}/".EndsWith($"/{SimulatorPath}", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public Uri? BaseAddress =>
        options.Value.Url is { Length: > 0 } url ? new Uri(url)
        : own.BaseAddress is { } self ? new Uri(self, SimulatorPath)
        : null;
}

