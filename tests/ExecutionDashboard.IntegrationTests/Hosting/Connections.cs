using System.Net;
using System.Net.Sockets;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>Clients that stand for other machines.</summary>
internal static class Connections
{
    /// <summary>A client that sends from an address of its own: the whole network 127.0.0.0/8 is this machine.</summary>
    public static HttpClient From(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
