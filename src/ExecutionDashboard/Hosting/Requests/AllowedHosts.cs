using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Primitives;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// The host names under which this process answers: those that it listens on, those of <see cref="PublicUrls"/>, and the setting <c>AllowedHosts</c> (names,
/// <c>*.example.com</c>, or <c>*</c> for all). An attacker's name that was made to point here (DNS rebinding) is none of them. The framework's own
/// filter (<c>HostFilteringMiddleware</c>) reads its list before the process listens, and answers without naming a setting.
/// </summary>
internal sealed class AllowedHosts(IConfiguration configuration, PublicUrls publicUrls, IServer server, IHostApplicationLifetime lifetime)
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "AllowedHosts";

    private readonly IReadOnlyList<string> _set = Read(configuration);
    private volatile IList<StringSegment>? _names;

    /// <summary>Whether a request for a host is for this process.</summary>
    /// <param name="host">The host as asked for; none at all is no browser's doing.</param>
    /// <param name="reached">The address of this machine that the connection came to.</param>
    public bool Contains(HostString host, IPAddress? reached)
    {
        if (!host.HasValue) return true;
        if (IPAddress.TryParse(host.Host, out var address) && (IPAddress.IsLoopback(address) || IsSame(address, reached))) return true;
        return HostString.MatchesAny(host.Value, Names);
    }

    /// <summary>The setting's names.</summary>
    /// <exception cref="InvalidOperationException">An address where a name belongs.</exception>
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

    // What is listened on as told by the server, and as it was set: a name that is set is told as the addresses of all of the machine.
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
            // The server has said so already.
            return "";
        }
    }

    private static bool IsSame(IPAddress address, IPAddress? reached) =>
        reached is not null && (reached.IsIPv4MappedToIPv6 ? reached.MapToIPv4() : reached).Equals(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
