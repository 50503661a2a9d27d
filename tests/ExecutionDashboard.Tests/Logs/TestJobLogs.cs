using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Tests.Logs;

/// <summary>Logs in memory: each time somebody follows, the next answer is given.</summary>
internal sealed class TestJobLogs : IJobLogs
{
    private readonly Channel<ControlPlaneResult<LogStream>> _answers = Channel.CreateUnbounded<ControlPlaneResult<LogStream>>();
    private readonly Channel<LogRequest> _asked = Channel.CreateUnbounded<LogRequest>();

    /// <summary>The next to follow gets this log.</summary>
    public TestSocket Opens()
    {
        var socket = new TestSocket();
        _answers.Writer.TryWrite(new LogStream(socket, SecretMask.MaskText));
        return socket;
    }

    /// <summary>The next to follow is refused.</summary>
    public void Refuses(ControlPlaneFailure failure) => _answers.Writer.TryWrite(failure);

    /// <summary>What was asked next.</summary>
    public async Task<LogRequest> AskedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        return await _asked.Reader.ReadAsync(patience.Token);
    }

    public async Task<ControlPlaneResult<LogStream>> FollowAsync(LogRequest request, CancellationToken cancel = default)
    {
        _asked.Writer.TryWrite(request);
        return await _answers.Reader.ReadAsync(cancel);
    }
}

/// <summary>The client's end of a connection whose other end is the test.</summary>
internal sealed class TestSocket : WebSocket
{
    private readonly Channel<byte[]?> _frames = Channel.CreateUnbounded<byte[]?>();
    private WebSocketState _state = WebSocketState.Open;

    public override WebSocketCloseStatus? CloseStatus => null;
    public override string? CloseStatusDescription => null;
    public override WebSocketState State => _state;
    public override string? SubProtocol => null;

    /// <summary>Sends a line.</summary>
    public void Says(string line, string level = "info", long second = 1_793_534_400, string node = "node-1") =>
        Sends($$$"""{"streams":[{"stream":{"node_id":"{{{node}}}","level":"{{{level}}}"},"values":[["{{{second}}}000000000",{{{System.Text.Json.JsonSerializer.Serialize(line)}}}]]}]}""");

    /// <summary>Sends a frame.</summary>
    public void Sends(string frame) => _frames.Writer.TryWrite(Encoding.UTF8.GetBytes(frame));

    /// <summary>Closes.</summary>
    public void Closes() => _frames.Writer.TryWrite(null);

    /// <summary>Breaks.</summary>
    public void Breaks() => _frames.Writer.TryComplete(new WebSocketException("broken"));

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        byte[]? frame;
        try
        {
            frame = await _frames.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException e) when (e.InnerException is { } broken)
        {
            throw broken;
        }
        if (frame is null)
        {
            _state = WebSocketState.CloseReceived;
            return new WebSocketReceiveResult(0, WebSocketMessageType.Close, true);
        }
        frame.CopyTo(buffer.AsSpan());
        return new WebSocketReceiveResult(frame.Length, WebSocketMessageType.Text, true);
    }

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _state = WebSocketState.Closed;
        return Task.CompletedTask;
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);
    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => Task.CompletedTask;
    public override void Abort() => _state = WebSocketState.Aborted;
    public override void Dispose() => _state = WebSocketState.Closed;
}
