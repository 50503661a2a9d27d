using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// Tells of a connection that the other side ended at once as of every other one that failed. .NET 10 lets the error of the socket through as it is when the connection is reset between its making and
/// its first use, which no caller expects of a request.
/// </summary>
public sealed class ConnectionFaults : DelegatingHandler
{
    /// <summary>For a client of the factory, which sets what comes after it.</summary>
    public ConnectionFaults()
    {
    }

    /// <summary>For any other client.</summary>
    /// <param name="inner">What makes the connections.</param>
    public ConnectionFaults(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>Puts it before every client that the factory makes from here on.</summary>
    public static void Tell(IServiceCollection services) => services.ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(() => new ConnectionFaults()));

    /// <inheritdoc/>
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
