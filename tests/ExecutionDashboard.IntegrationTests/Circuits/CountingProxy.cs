using System.Net;
using System.Net.Sockets;

namespace ExecutionDashboard.IntegrationTests.Circuits;

/// <summary>A TCP proxy that counts the bytes sent by the server, after compression.</summary>
public sealed class CountingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _target;
    private readonly IPAddress _from;
    private readonly Task _loop;
    private long _sent;

    /// <summary>Begins to pass on.</summary>
    /// <param name="target">The server.</param>
    /// <param name="from">The address that the server sees, for whom the machine has several; null is any.</param>
    public CountingProxy(Uri target, IPAddress? from = null)
    {
        (_target, _from) = (target, from ?? IPAddress.Any);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _loop = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Bytes from the server so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // disposed
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient(new IPEndPoint(_from, 0)))
        {
            try
            {
                await server.ConnectAsync(_target.Host, _target.Port, _stop.Token);
                await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), counts: false), CopyAsync(server.GetStream(), client.GetStream(), counts: true));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // one side left
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool counts)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            if (counts) Interlocked.Add(ref _sent, read);
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }
}
