using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// The proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c> and <c>-Prefix</c> headers are trusted (setting <c>Dashboard:TrustedProxies</c>). From other
/// clients these headers are ignored.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "Dashboard:TrustedProxies";

    private static readonly object Peer = new();

    /// <summary>Configures <see cref="ForwardedHeadersExtensions.UseForwardedHeaders(IApplicationBuilder)"/>.</summary>
    /// <exception cref="InvalidOperationException">A value is neither an IP address nor a network.</exception>
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var proxies = Read(configuration);
        return services.Configure<ForwardedHeadersOptions>(options =>
        {
            // Off without any proxy: an empty list would trust all clients.
            options.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix;
            // Any number of trusted proxies in a row.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in proxies) options.KnownIPNetworks.Add(network);
        });
    }

    /// <summary>Notes who the other end of the connection is, before the headers name somebody else.</summary>
    public static void NotePeer(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        context.Items[Peer] = context.Connection.RemoteIpAddress;
        return next(context);
    });

    /// <summary>Whether the other end of the connection is a trusted proxy.</summary>
    public static bool IsPeerOne(HttpContext context)
    {
        if (context.Items[Peer] is not IPAddress peer) return false;
        if (peer.IsIPv4MappedToIPv6) peer = peer.MapToIPv4();
        return context.RequestServices.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.KnownIPNetworks.Any(network => network.Contains(peer));
    }

    /// <summary>The networks of the setting; an address is a network of one.</summary>
    /// <exception cref="InvalidOperationException">A value is neither an IP address nor a network.</exception>
    internal static IReadOnlyList<IPNetwork> Read(IConfiguration configuration) =>
        [.. ListSetting.Read(configuration, Key).Select(text => Parse(text)
            ?? throw new InvalidOperationException($"Setting '{Key}' has '{text}'; it takes IP addresses and networks such as 10.0.0.7 and 10.1.0.0/16, separated by commas."))];

    private static IPNetwork? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}
