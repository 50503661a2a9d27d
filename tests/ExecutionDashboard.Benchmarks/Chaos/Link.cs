using System.Net;
using System.Net.Sockets;

namespace ExecutionDashboard.Benchmarks.Chaos;

/// <summary>A connection between two parts, which can be cut (all connections are reset, new ones refused) or go silent (nothing passes, nobody is told).</summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<Socket> _open = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _silence;
    private volatile bool _isCut;

    /// <param name="name">What it connects.</param>
    /// <param name="target">Port of the part that is called.</param>
    public Link(string name, int target)
    {
        (Name, _target) = (name, target);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What it connects.</summary>
    public string Name { get; }

    /// <summary>Where the caller finds it.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Resets all connections and takes no new ones.</summary>
    public void Cut()
    {
        _isCut = true;
        lock (_open)
            foreach (var socket in _open) Reset(socket);
    }

    /// <summary>Lets nothing pass.</summary>
    public void Silence() => _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Works again.</summary>
    public void Mend()
    {
        _isCut = false;
        Interlocked.Exchange(ref _silence, null)?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Mend();
        _listener.Stop();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        if (_isCut)
        {
            Reset(caller);
            return;
        }
        using var called = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        lock (_open) _open.UnionWith([caller, called]);
        try
        {
            await called.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            await Task.WhenAny(PassAsync(caller, called), PassAsync(called, caller));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The called part is not there.
        }
        finally
        {
            Reset(caller);
            Reset(called);
            lock (_open) _open.ExceptWith([caller, called]);
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is var read and > 0)
            {
                if (_silence is { } silence) await silence.Task.WaitAsync(_end.Token);
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either end is gone.
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
        socket.Dispose();
    }
}
