using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// The proxies that are believed what they say of a caller: <c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c> and <c>-Prefix</c> (setting <c>Dashboard:TrustedProxies</c>).
/// From anybody else these headers are ignored.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "Dashboard:TrustedProxies";

    /// <summary>Sets the framework's own reading of these headers up, <see cref="ForwardedHeadersExtensions.UseForwardedHeaders(IApplicationBuilder)"/>.</summary>
    /// <exception cref="InvalidOperationException">Something that is neither an IP address nor a network.</exception>
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var proxies = Read(configuration);
        return services.Configure<ForwardedHeadersOptions>(options =>
        {
            // Without any proxy it must be off: an empty list is read as all of them.
            options.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix;
            // As many proxies in a row as are trusted.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in proxies) options.KnownIPNetworks.Add(network);
        });
    }

    /// <summary>The setting's networks; an address is a network of one.</summary>
    /// <exception cref="InvalidOperationException">Something that is neither an IP address nor a network.</exception>
    internal static IReadOnlyList<IPNetwork> Read(IConfiguration configuration) =>
        [.. ListSetting.Read(configuration, Key).Select(text => Parse(text)
            ?? throw new InvalidOperationException($"Setting '{Key}' has '{text}'; it takes IP addresses and networks such as 10.0.0.7 and 10.1.0.0/16, separated by commas."))];

    private static IPNetwork? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}
