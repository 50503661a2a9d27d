using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using ExecutionDashboard.Simulator.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>The WebSocket <c>/jobs/{id}/logs</c>: what a job's executions say, in the push form of Loki.</summary>
internal static class LogRoutes
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private const int LinesAtOnce = 20;

    // What was written before somebody listens is told up to here.
    private const int LongestPast = 120;

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
            var since = StartOf(context, engine.World.Now);
            do since = await SendAsync(socket, engine, job, nodeId, since, gone.Token);
            while (await timer.WaitForNextTickAsync(gone.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // The reader went away: the log ends with it.
        }
        await gone.CancelAsync();
        await listening;
    }

    /// <summary>Waits until the reader closes; what it says is of no interest.</summary>
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
            // Gone without a word.
        }
        await gone.CancelAsync();
    }

    /// <summary>The second to begin with: <c>start</c> (nanoseconds since 1970) names the moment of the first line; without it, now.</summary>
    private static long StartOf(HttpContext context, long now)
    {
        var second = SecondOf(now);
        return long.TryParse(context.Request.Query["start"], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? Math.Clamp((start + 999_999_999) / 1_000_000_000, second - LongestPast, second) : second;
    }

    private static long SecondOf(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    /// <summary>Sends the lines from a second up to now in one frame.</summary>
    /// <returns>The second after.</returns>
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
            for (var second = since; second <= now && speaking.Count > 0; second++)
            {
                // A different window of the nodes each second.
                var first = (int)((ulong)second * LinesAtOnce % (ulong)speaking.Count);
                for (var i = 0; i < Math.Min(LinesAtOnce, speaking.Count); i++) WriteStream(json, speaking[(first + i) % speaking.Count], second, i);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        await socket.SendAsync(page.Written, WebSocketMessageType.Text, endOfMessage: true, cancel);
        return Math.Max(since, now + 1);
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
