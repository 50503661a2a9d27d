namespace ExecutionDashboard.Hosting.Requests;

/// <summary>The origin of a page: scheme, host and port.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">The host in lower case as sent: ASCII names, IPv6 without brackets.</param>
/// <param name="Port">The port, also when it is the default of the scheme.</param>
internal readonly record struct WebOrigin(string Scheme, string Host, int Port)
{
    /// <summary>The origin of an address; null when invalid, such as <c>null</c>.</summary>
    public static WebOrigin? Parse(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? new WebOrigin(uri.Scheme, uri.IdnHost.ToLowerInvariant(), uri.Port)
            : null;
}
