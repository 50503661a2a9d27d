namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Replaces the placeholder address of a request by the control plane's, which may only be known after the clients were created.</summary>
internal sealed class AddressHandler(Func<Uri?> baseAddress) : DelegatingHandler
{
    /// <summary>The placeholder; its name can never be resolved.</summary>
    public static Uri Placeholder { get; } = new("http://control-plane.invalid");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (baseAddress() is not { } address) throw new ControlPlaneException(Failures.AddressUnknown);
        var asked = request.RequestUri!;
        // Concatenate instead of resolving, so that an escaped slash in an id is kept.
        var path = asked.AbsolutePath == "/" ? "" : asked.AbsolutePath;
        request.RequestUri = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + path + asked.Query);
        return base.SendAsync(request, cancellationToken);
    }
}
