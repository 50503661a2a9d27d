namespace ExecutionDashboard.Hosting.Requests;

/// <summary>Where a page is from, as browsers tell pages apart: scheme, host and port.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">The host in lower case, as it travels: names in ASCII, IPv6 without brackets.</param>
/// <param name="Port">The port, that of the scheme included.</param>
internal readonly record struct WebOrigin(string Scheme, string Host, int Port)
{
    /// <summary>The origin of an address; null when it is none, as <c>null</c> is not.</summary>
    public static WebOrigin? Parse(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? new WebOrigin(uri.Scheme, uri.IdnHost.ToLowerInvariant(), uri.Port)
            : null;
}
