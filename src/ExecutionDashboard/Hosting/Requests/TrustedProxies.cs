using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
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
