using System.Net.Sockets;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>
/// Tells of a connection that the other side ended at once as of every other one that failed. .NET 10 lets the error of the socket through as it is when the connection is reset between its making and
/// its first use, which no caller expects of a request.
/// </summary>
internal sealed class ConnectionFaults : DelegatingHandler
{
    /// <summary>Puts it before every client that is made from here on.</summary>
    public static void Tell(IServiceCollection services) => services.ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(() => new ConnectionFaults()));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException fault)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, fault.Message, fault);
        }
    }
}
