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
            do await SendAsync(socket, engine, job, nodeId, gone.Token);
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

    private static async Task SendAsync(WebSocket socket, SimulatorEngine engine, SimJob job, string nodeId, CancellationToken cancel)
    {
        using var page = new PageBuffer();
        lock (engine.Gate)
        {
            var world = engine.World;
            using var json = new Utf8JsonWriter(page);
            json.WriteStartObject();
            json.WriteStartArray("streams"u8);
            // A different window of the nodes each second. Not drawn by the world's own chance: reading logs must not change the story.
            var speaking = world.Live.FindAll(e => ReferenceEquals(e.Job, job) && e.Node.SilentSince == 0 && (nodeId.Length == 0 || e.Node.Id == nodeId));
            var first = speaking.Count == 0 ? 0 : (int)((ulong)(world.Now / TimeSpan.TicksPerSecond) * LinesAtOnce % (ulong)speaking.Count);
            for (var i = 0; i < Math.Min(LinesAtOnce, speaking.Count); i++) WriteStream(json, world, speaking[(first + i) % speaking.Count]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        await socket.SendAsync(page.Written, WebSocketMessageType.Text, endOfMessage: true, cancel);
    }

    private static void WriteStream(Utf8JsonWriter json, World world, SimExecution execution)
    {
        json.WriteStartObject();
        json.WriteStartObject("stream"u8);
        json.WriteString("service_name"u8, "expanso-edge");
        json.WriteString("pipeline_id"u8, execution.Job.Id);
        json.WriteString("node_id"u8, execution.Node.Id);
        json.WriteString("level"u8, execution.Report.ErrorCode.Length > 0 ? "error" : "info");
        json.WriteEndObject();
        json.WriteStartArray("values"u8);
        json.WriteStartArray();
        json.WriteStringValue(((world.Now - DateTime.UnixEpoch.Ticks) * 100).ToString(CultureInfo.InvariantCulture));
        json.WriteStringValue(execution.Report.Message);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
