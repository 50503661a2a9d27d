namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// Puts the address in at the last moment. Requests are made against a placeholder, because the address may be known only after
/// the clients were made.
/// </summary>
internal sealed class AddressHandler(Func<Uri?> baseAddress) : DelegatingHandler
{
    /// <summary>What requests are made against; the name can never be resolved.</summary>
    public static Uri Placeholder { get; } = new("http://control-plane.invalid");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (baseAddress() is not { } address) throw new ControlPlaneException(Failures.AddressUnknown);
        var asked = request.RequestUri!;
        // The text is joined, not resolved: an escaped slash in an id must stay as it is.
        var path = asked.AbsolutePath == "/" ? "" : asked.AbsolutePath;
        request.RequestUri = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + path + asked.Query);
        return base.SendAsync(request, cancellationToken);
    }
}
