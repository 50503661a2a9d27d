using System.Globalization;
using System.Net;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>Where the process listens: by default on this machine only.</summary>
public static class ListenAddress
{
    /// <summary>The default address.</summary>
    public const string Url = "http://localhost:5080";

    /// <summary>Names of the settings for the address.</summary>
    internal const string Names = "ASPNETCORE_URLS, ASPNETCORE_HTTP_PORTS, ASPNETCORE_HTTPS_PORTS, Kestrel:Endpoints";

    private const int HighestPort = 65_535;
    private static readonly string[] PortKeys = ["HTTP_PORTS", "HTTPS_PORTS"];

    /// <summary>Applies the default unless an address is set. It is not in appsettings.json, because it would take precedence over <c>ASPNETCORE_URLS</c>.</summary>
    /// <exception cref="InvalidOperationException">The configured address is invalid. The server would exit with a stack trace, or take <c>localhost:80a</c> for a name and listen on all addresses.</exception>
    public static void Default(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        string[] keys = [WebHostDefaults.ServerUrlsKey, .. PortKeys];
        var endpoints = configuration.GetSection("Kestrel:Endpoints");
        foreach (var url in Parts(configuration[WebHostDefaults.ServerUrlsKey], ';')) CheckUrl("ASPNETCORE_URLS", url);
        foreach (var key in PortKeys)
            foreach (var port in Parts(configuration[key], ';'))
                if (!IsPort(port)) throw new InvalidOperationException($"Setting 'ASPNETCORE_{key}' has '{port}'; it takes ports from 0 to {HighestPort}, separated by semicolons.");
        foreach (var endpoint in endpoints.GetChildren())
            if (endpoint["Url"] is { Length: > 0 } url) CheckUrl($"{endpoint.Path}:Url", url);
        if (!keys.Any(key => !string.IsNullOrEmpty(configuration[key])) && !endpoints.Exists()) builder.WebHost.UseUrls(Url);
    }

    /// <summary>The first address that other machines can reach, as it is set; null when there is none. Goes by what the server obeys: <c>Kestrel:Endpoints</c>, else URLs, else ports.</summary>
    internal static string? BeyondThisMachine(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").Where(url => url.Length > 0).ToList();
        if (endpoints.Count > 0) return endpoints.Find(IsBeyondThisMachine);
        if (Parts(configuration[WebHostDefaults.ServerUrlsKey], ';') is { Length: > 0 } urls) return Array.Find(urls, IsBeyondThisMachine);
        // Ports alone are listened to on all addresses.
        return PortKeys.Where(key => Parts(configuration[key], ';').Length > 0).Select(key => $"ASPNETCORE_{key}={configuration[key]}").FirstOrDefault();
    }

    private static bool IsBeyondThisMachine(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.IsUnixPipe || address.IsNamedPipe) return false;
        return !string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) && !(IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    private static void CheckUrl(string key, string url)
    {
        if (!IsUrl(url)) throw new InvalidOperationException($"Setting '{key}' has '{url}'; it takes addresses such as http://127.0.0.1:5080, with http or https and a port from 0 to {HighestPort}.");
    }

    private static bool IsUrl(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return false;
        }
        if (address.Scheme.ToLowerInvariant() is not ("http" or "https")) return false;
        if (address.IsUnixPipe || address.IsNamedPipe) return true;
        // A colon left in the host, unless it is IPv6, is followed by something that is no port.
        return address.Port is >= 0 and <= HighestPort && (!address.Host.Contains(':', StringComparison.Ordinal) || address.Host.StartsWith('['));
    }

    private static bool IsPort(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= HighestPort;

    private static string[] Parts(string? text, char separator) => (text ?? "").Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
