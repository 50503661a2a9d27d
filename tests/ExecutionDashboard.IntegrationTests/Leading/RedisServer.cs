using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Leading;

/// <summary>A Redis server on a port of its own, which keeps nothing.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    /// <summary>Its port on this machine, the same after each start.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.Path, "--logfile", _folder["log"]]))!;
        await Eventually.HoldsAsync(async () =>
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return null;
            }
            catch (SocketException e)
            {
                return $"redis-server does not listen: {e.Message}";
            }
        });
    }

    /// <summary>Kills it.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }
}
