using Microsoft.Extensions.Options;

namespace ExecutionDashboard.ControlPlane;

/// <summary>The address of the control plane. Read with every call, because a host that runs the simulator knows its own address only after its start.</summary>
public interface IControlPlaneAddress
{
    /// <summary>Absolute http or https address, with or without <c>/api/v1</c>; null while unknown.</summary>
    Uri? BaseAddress { get; }
}

/// <summary>The address of the options.</summary>
internal sealed class ConfiguredAddress(IOptions<ControlPlaneOptions> options) : IControlPlaneAddress
{
    public Uri? BaseAddress { get; } = options.Value.Url.Length == 0 ? null : new Uri(options.Value.Url);
}

/// <summary>Normalises API addresses.</summary>
internal static class ApiAddress
{
    /// <summary>The address with <c>/api/v1</c>, without trailing slash, query, fragment and user name.</summary>
    public static Uri Of(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        if (!path.EndsWith("/api/v1", StringComparison.OrdinalIgnoreCase)) path += "/api/v1";
        return new UriBuilder(address.Scheme, address.Host, address.Port, path).Uri;
    }
}
