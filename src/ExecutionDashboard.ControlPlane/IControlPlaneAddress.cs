using Microsoft.Extensions.Options;

namespace ExecutionDashboard.ControlPlane;

/// <summary>
/// Where the control plane is. Asked with every call, because a host that serves the control plane itself knows its own address only
/// after it has started.
/// </summary>
public interface IControlPlaneAddress
{
    /// <summary>Absolute http or https address, with or without <c>/api/v1</c>; null while it is not known.</summary>
    Uri? BaseAddress { get; }
}

/// <summary>The address that the options name.</summary>
internal sealed class ConfiguredAddress(IOptions<ControlPlaneOptions> options) : IControlPlaneAddress
{
    public Uri? BaseAddress { get; } = options.Value.Url.Length == 0 ? null : new Uri(options.Value.Url);
}

/// <summary>The forms of the API's address.</summary>
internal static class ApiAddress
{
    /// <summary>The address with its <c>/api/v1</c> and without a slash at the end, query, fragment or user name.</summary>
    public static Uri Of(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        if (!path.EndsWith("/api/v1", StringComparison.OrdinalIgnoreCase)) path += "/api/v1";
        return new UriBuilder(address.Scheme, address.Host, address.Port, path).Uri;
    }
}
