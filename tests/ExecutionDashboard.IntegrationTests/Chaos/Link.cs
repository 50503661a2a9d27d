using System.Net;
using System.Net.Sockets;

namespace ExecutionDashboard.IntegrationTests.Chaos;

/// <summary>
/// A TCP relay between two processes. It can be cut (all connections are reset, new ones are refused), or stalled (connections stay open and new ones are accepted, but no byte passes). What a stall held up passes
/// when it ends.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<Socket> _open = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _stall;
    private bool _isCut;

    /// <param name="name">What it connects, such as <c>feed 1 to redis</c>.</param>
    /// <param name="target">Port of the process that is called, on this machine.</param>
    public Link(string name, int target)
    {
        (Name, _target) = (name, target);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What it connects.</summary>
    public string Name { get; }

    /// <summary>Port for the calling process, on this machine.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Address for the calling process, of a target that speaks HTTP.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Resets all connections and refuses new ones.</summary>
    public void Cut()
    {
        lock (_open)
        {
            _isCut = true;
            foreach (var socket in _open) Reset(socket);
        }
    }

    /// <summary>Lets no byte pass.</summary>
    public void Stall() => _stall = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Works again.</summary>
    public void Mend()
    {
        lock (_open) _isCut = false;
        Interlocked.Exchange(ref _stall, null)?.TrySetResult();
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
            while (true) _ = RelayAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task RelayAsync(Socket caller)
    {
        using var called = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        if (!Add(caller, called))
        {
            Reset(caller);
            return;
        }
        try
        {
            if (_stall is { } stall) await stall.Task.WaitAsync(_end.Token);
            await called.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            await Task.WhenAny(PassAsync(caller, called), PassAsync(called, caller));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The called process does not listen.
        }
        finally
        {
            Reset(caller);
            Reset(called);
            lock (_open) _open.ExceptWith([caller, called]);
        }
    }

    private bool Add(Socket caller, Socket called)
    {
        lock (_open)
        {
            if (!_isCut) _open.UnionWith([caller, called]);
            return !_isCut;
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is var read and > 0)
            {
                if (_stall is { } stall) await stall.Task.WaitAsync(_end.Token);
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _end.Token);
            }
            // Whoever reads to the end of an answer gets all of it.
            to.Shutdown(SocketShutdown.Send);
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
