using System.Net;
using System.Net.Sockets;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Ports for programs that restart at the same address.</summary>
public static class FreePort
{
    // Below the range for outgoing connections, so that none of those takes the port between two starts.
    private const int Lowest = 20_000;
    private const int Highest = 30_000;

    /// <summary>A port that nobody listens on.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // somebody else's; the next one
            }
        }
    }
}
