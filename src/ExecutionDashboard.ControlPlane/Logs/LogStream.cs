using System.Net.WebSockets;
using System.Threading.Channels;

namespace ExecutionDashboard.ControlPlane.Logs;

/// <summary>A log that is being followed. Lines are queued; when the queue is full the oldest are dropped and counted. Disposing it closes the connection.</summary>
public sealed class LogStream : IAsyncDisposable
{
    /// <summary>Most lines in the queue.</summary>
    public const int MostWaiting = 4_000;

    /// <summary>Longest frame, bytes; longer ones are skipped.</summary>
    public const int LongestFrame = 4 * 1024 * 1024;

    private readonly WebSocket _socket;
    private readonly Func<string, string> _hide;
    private readonly Func<string, string>? _nodeIdOf;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<LogLine> _lines;
    private readonly Task<ControlPlaneFailure> _reading;
    private long _dropped, _unreadable;

    /// <summary>Starts reading.</summary>
    /// <param name="socket">An open socket; disposed with the stream.</param>
    /// <param name="hide">Masks secrets in a server's text.</param>
    /// <param name="nodeIdOf">See <see cref="LogRequest.NodeIdOf"/>.</param>
    internal LogStream(WebSocket socket, Func<string, string> hide, Func<string, string>? nodeIdOf = null)
    {
        (_socket, _hide, _nodeIdOf) = (socket, hide, nodeIdOf);
        _lines = Channel.CreateBounded<LogLine>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The lines; completes when the connection ends.</summary>
    public ChannelReader<LogLine> Lines => _lines.Reader;

    /// <summary>Number of lines dropped from the queue.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Number of frames, or parts of frames, that could not be read.</summary>
    public long Unreadable => Interlocked.Read(ref _unreadable);

    /// <summary>Completes with the reason when the connection ends.</summary>
    public Task<ControlPlaneFailure> Ended => _reading;

    private async Task<ControlPlaneFailure> ReadAsync()
    {
        var ended = new ControlPlaneFailure(ControlPlaneError.Unreachable, "The control plane ended the log.");
        var buffer = new byte[32 * 1024];
        var length = 0;
        var skipping = false;
        try
        {
            while (true)
            {
                if (length == buffer.Length && !skipping && buffer.Length < LongestFrame) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, LongestFrame));
                // Skip the rest of a frame that is too long, reusing the buffer.
                if (length == buffer.Length) (skipping, length) = (true, 0);
                var part = await _socket.ReceiveAsync(buffer.AsMemory(length), _end.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await CloseAsync();
                    return Said(ended);
                }
                length += part.Count;
                if (!part.EndOfMessage) continue;
                var unreadable = skipping ? 1 : LogFrames.Read(buffer.AsMemory(0, length), line => _lines.Writer.TryWrite(_nodeIdOf is { } own && line.NodeId.Length > 0 ? line with { NodeId = own(line.NodeId) } : line));
                Interlocked.Add(ref _unreadable, unreadable);
                (skipping, length) = (false, 0);
            }
        }
        catch (OperationCanceledException)
        {
            return ended with { Message = "The log was left." };
        }
        catch (WebSocketException)
        {
            return ended with { Message = "The connection to the log broke." };
        }
        finally
        {
            _lines.Writer.TryComplete();
        }
    }

    private ControlPlaneFailure Said(ControlPlaneFailure ended) =>
        _socket.CloseStatusDescription is { Length: > 0 } why ? ended with { Message = Http.Failures.Short("The control plane ended the log: " + _hide(why)) } : ended;

    private async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // gone without a word: there is nobody to say goodbye to
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Close first: cancelling a receive aborts the socket, and the server would log an error.
        if (!_reading.IsCompleted) await CloseAsync();
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        _end.Dispose();
    }
}
