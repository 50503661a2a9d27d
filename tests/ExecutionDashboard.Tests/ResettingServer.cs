using System.Net;
using System.Net.Sockets;

namespace ExecutionDashboard.Tests;

/// <summary>Accepts connections and resets each at once, as a proxy does whose server is gone.</summary>
public sealed class ResettingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ResettingServer()
    {
        _listener.Start(512);
        // Two, so that a reset is there before the client goes on.
        for (var i = 0; i < 2; i++) _ = Task.Run(ResetAsync);
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ResetAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync();
                socket.LingerState = new LingerOption(true, 0);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }
}
