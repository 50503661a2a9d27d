using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Primitives;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// The host names that this process accepts: those it listens on, those of <see cref="PublicUrls"/>, and the setting <c>AllowedHosts</c> (names,
/// <c>*.example.com</c>, or <c>*</c> for all). This blocks DNS rebinding, where an attacker's name points here. The framework's own filter
/// (<c>HostFilteringMiddleware</c>) reads its list before the process listens, and its reply names no setting.
/// </summary>
internal sealed class AllowedHosts(IConfiguration configuration, PublicUrls publicUrls, IServer server, IHostApplicationLifetime lifetime)
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "AllowedHosts";

    private readonly IReadOnlyList<string> _set = Read(configuration);
    private volatile IList<StringSegment>? _names;

    /// <summary>Whether a host is accepted.</summary>
    /// <param name="host">The Host header; a request without one is not from a browser.</param>
    /// <param name="reached">The local address of the connection.</param>
    public bool Contains(HostString host, IPAddress? reached)
    {
        if (!host.HasValue) return true;
        if (IPAddress.TryParse(host.Host, out var address) && (IPAddress.IsLoopback(address) || IsSame(address, reached))) return true;
        return HostString.MatchesAny(host.Value, Names);
    }

    /// <summary>The names of the setting.</summary>
    /// <exception cref="InvalidOperationException">An address instead of a name.</exception>
    internal static IReadOnlyList<string> Read(IConfiguration configuration)
    {
        var names = ListSetting.Read(configuration, Key);
        return names.FirstOrDefault(name => name.Contains('/', StringComparison.Ordinal) || new HostString(name).Port is not null) is not { } address ? names
            : throw new InvalidOperationException($"Setting '{Key}' has '{address}'; it takes host names without a port, such as dashboard.example.com. Addresses belong in {PublicUrls.Key}.");
    }

    private IList<StringSegment> Names
    {
        get
        {
            if (_names is { } known) return known;
            var names = (IList<StringSegment>)[.. ListenNames().Concat(publicUrls.Hosts).Concat(_set).Prepend("localhost").Select(name => new StringSegment(name))];
            if (lifetime.ApplicationStarted.IsCancellationRequested) _names = names;
            return names;
        }
    }

    // Both the server's addresses and the configured ones: the server replaces a configured name by "all addresses".
    private IEnumerable<string> ListenNames()
    {
        var set = (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        foreach (var url in (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Concat(set).Concat(endpoints))
        {
            var host = HostOf(url);
            var isAny = host is "+" or "*" || (IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
            if (host.Length > 0) yield return isAny ? Dns.GetHostName() : host;
        }
    }

    private static string HostOf(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.IsNamedPipe ? "" : address.Host;
        }
        catch (FormatException)
        {
            // The server has reported the error already.
            return "";
        }
    }

    private static bool IsSame(IPAddress address, IPAddress? reached) =>
        reached is not null && (reached.IsIPv4MappedToIPv6 ? reached.MapToIPv4() : reached).Equals(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
