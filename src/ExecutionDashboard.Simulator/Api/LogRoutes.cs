using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>The WebSocket <c>/jobs/{id}/logs</c>: log lines of a job's executions, in Loki's push format.</summary>
internal static class LogRoutes
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private const int LinesAtOnce = 20;

    // Seconds of past lines that a new reader gets; for a single node an hour, with the lines of ended executions.
    private const int LongestPast = 120;
    private const int LongestPastOfNode = 3_600;

    /// <summary>Maps it.</summary>
    public static void MapLogs(this IEndpointRouteBuilder api, Replies replies)
    {
        var sockets = api.CreateApplicationBuilder();
        sockets.UseWebSockets();
        sockets.Run(context => Serve(context, replies));
        api.MapGet("/jobs/{id}/logs", sockets.Build());
    }

    private static async Task Serve(HttpContext context, Replies replies)
    {
        var engine = replies.Engine;
        SimJob? job;
        lock (engine.Gate) engine.World.JobsById.TryGetValue(context.Id(), out job);
        var refusal = job is null or { Deleted: true } ? new RefusedException(404, $"job '{context.Id()}' not found")
            : !context.WebSockets.IsWebSocketRequest ? new RefusedException(400, "this is a WebSocket: ask for an upgrade") : null;
        if (refusal is not null || job is null)
        {
            await replies.Send(context, _ => throw refusal!);
            return;
        }
        var nodeId = context.Request.Query["node_id"].ToString();
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var listening = ListenAsync(socket, gone);
        using var timer = new PeriodicTimer(Every, context.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            var since = StartOf(context, nodeId, engine.World.Now);
            do since = await SendAsync(socket, engine, job, nodeId, since, gone.Token);
            while (await timer.WaitForNextTickAsync(gone.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // The reader closed the log.
        }
        await gone.CancelAsync();
        await listening;
    }

    /// <summary>Waits until the reader closes; its messages are ignored.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource gone)
    {
        var ignored = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(ignored, gone.Token)).MessageType != WebSocketMessageType.Close) continue;
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, gone.Token);
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // Closed without a handshake.
        }
        await gone.CancelAsync();
    }

    /// <summary>The first second: <c>start</c> (nanoseconds since 1970), or now without it.</summary>
    private static long StartOf(HttpContext context, string nodeId, long now)
    {
        var second = SecondOf(now);
        return long.TryParse(context.Request.Query["start"], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? Math.Clamp((start + 999_999_999) / 1_000_000_000, second - (nodeId.Length > 0 ? LongestPastOfNode : LongestPast), second) : second;
    }

    private static long SecondOf(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    /// <summary>Sends the lines from a second up to now in one frame.</summary>
    /// <returns>The following second.</returns>
    private static async Task<long> SendAsync(WebSocket socket, SimulatorEngine engine, SimJob job, string nodeId, long since, CancellationToken cancel)
    {
        using var page = new PageBuffer();
        long now;
        lock (engine.Gate)
        {
            var world = engine.World;
            now = SecondOf(world.Now);
            using var json = new Utf8JsonWriter(page);
            json.WriteStartObject();
            json.WriteStartArray("streams"u8);
            var speaking = world.Live.FindAll(e => ReferenceEquals(e.Job, job) && e.Node.SilentSince == 0 && (nodeId.Length == 0 || e.Node.Id == nodeId));
            if (nodeId.Length > 0 && now > since) WriteEnded(json, world, job, nodeId, since, now);
            for (var second = since; second <= now && speaking.Count > 0; second++)
            {
                // Another group of nodes each second.
                var first = (int)((ulong)second * LinesAtOnce % (ulong)speaking.Count);
                for (var i = 0; i < Math.Min(LinesAtOnce, speaking.Count); i++)
                    if (speaking[(first + i) % speaking.Count] is var execution && (nodeId.Length == 0 || second >= SecondOf(execution.CreatedAt))) WriteStream(json, execution, second, i);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        await socket.SendAsync(page.Written, WebSocketMessageType.Text, endOfMessage: true, cancel);
        return Math.Max(since, now + 1);
    }

    /// <summary>The last lines of ended executions on a node, up to their last change.</summary>
    private static void WriteEnded(Utf8JsonWriter json, World world, SimJob job, string nodeId, long since, long now)
    {
        for (var execution = world.Recency.Newest; execution is not null; execution = execution.Older)
        {
            if (SecondOf(execution.UpdatedAt) < since) return;
            if (!execution.IsTerminal || !ReferenceEquals(execution.Job, job) || execution.Node.Id != nodeId) continue;
            var last = Math.Min(now, SecondOf(execution.UpdatedAt));
            for (var second = Math.Max(since, Math.Max(SecondOf(execution.CreatedAt), last - LongestPast)); second <= last; second++) WriteStream(json, execution, second, 0);
        }
    }

    private static void WriteStream(Utf8JsonWriter json, SimExecution execution, long second, int place)
    {
        var (level, text) = LogLines.Of(execution, second);
        json.WriteStartObject();
        json.WriteStartObject("stream"u8);
        json.WriteString("service_name"u8, "expanso-edge");
        json.WriteString("pipeline_id"u8, execution.Job.Id);
        json.WriteString("node_id"u8, execution.Node.Id);
        json.WriteString("level"u8, level);
        json.WriteEndObject();
        json.WriteStartArray("values"u8);
        json.WriteStartArray();
        json.WriteStringValue((second * 1_000_000_000 + place * 1_000_000L).ToString(CultureInfo.InvariantCulture));
        json.WriteStringValue(text);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
