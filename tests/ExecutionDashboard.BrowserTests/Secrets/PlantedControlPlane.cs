using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.BrowserTests.Secrets;

/// <summary>
/// A proxy between dashboard and simulator that plants a secret into every text of the replies. Each place has its own secret of letters and digits, so that a leaked
/// one shows where it came from.
/// </summary>
public sealed class PlantedControlPlane : IAsyncDisposable
{
    /// <summary>The token that the dashboard sends; refusals repeat it.</summary>
    public const string Token = "Tk9w+Zr4xQ/8LmVb2NcY7d";

    private readonly WebApplication _app;
    private readonly HttpClient _simulator = new();
    private readonly ConcurrentDictionary<string, string> _planted = new(StringComparer.Ordinal);

    private PlantedControlPlane(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>The simulator's API, once that is known.</summary>
    public Uri? Simulator { get; set; }

    /// <summary>The secrets that were sent so far, by place.</summary>
    public IReadOnlyDictionary<string, string> Planted => _planted;

    public static async Task<PlantedControlPlane> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new PlantedControlPlane(app);
        app.UseWebSockets();
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _simulator.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (Simulator is not { } simulator) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (context.WebSockets.IsWebSocketRequest) await LogAsync(context);
        else if (context.Request.Method != "GET" || path.Contains("/metrics/", StringComparison.Ordinal)) await RefuseAsync(context);
        else await ForwardAsync(context, new Uri(simulator, path["/api/v1/".Length..] + context.Request.QueryString));
    }

    private async Task ForwardAsync(HttpContext context, Uri target)
    {
        using var reply = await _simulator.GetAsync(target, context.RequestAborted);
        var text = await reply.Content.ReadAsStringAsync(context.RequestAborted);
        var kind = target.Segments.Select(s => s.Trim('/')).Last(s => s is "executions" or "jobs" or "nodes" or "deployments" or "history" or "evaluations" or "versions" or "status" or "health");
        if (reply.IsSuccessStatusCode && JsonNode.Parse(text) is { } body)
        {
            Plant(body, kind);
            text = body.ToJsonString();
        }
        await Results.Text(text, "application/json", statusCode: (int)reply.StatusCode).ExecuteAsync(context);
    }

    // What a careless server says when it refuses: its own secrets, and ours in any form.
    private Task RefuseAsync(HttpContext context) => Results.Json(new
    {
        message = $"database refused password={Secret("refusal")}; sent was {context.Request.Headers.Authorization}, that is {Token.ToUpperInvariant()}, short {Token[..10]}…, {Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + Token))}, {Uri.EscapeDataString(Token)}",
    }, statusCode: 500).ExecuteAsync(context);

    private async Task LogAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var nanoseconds = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var line = JsonSerializer.Serialize(new { streams = new[] { new { stream = new { node_id = "n", level = "error" }, values = new[] { new[] { $"{nanoseconds}", $"cannot log in: password={Secret("log line")}" } } } } });
        await socket.SendAsync(Encoding.UTF8.GetBytes(line), WebSocketMessageType.Text, true, context.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.InternalServerError, $"loki gone: token={Secret("close reason")}", context.RequestAborted);
    }

    private void Plant(JsonNode? node, string kind)
    {
        if (node is JsonArray list)
        {
            foreach (var entry in list) Plant(entry, kind);
            return;
        }
        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToArray())
        {
            switch (name)
            {
                case "config":
                    if (value is JsonObject config) config["planted"] = Config(kind);
                    break;
                case "details" or "labels" or "meta" or "identity":
                    members[name] = Map(value as JsonObject, $"{kind} {name}");
                    break;
                case "match_expressions":
                    members[name] = new JsonArray([.. (value as JsonArray ?? []).Select(e => e?.DeepClone()), $"!api_token={Secret("selector")}"]);
                    break;
                default:
                    if (value?.GetValueKind() != JsonValueKind.String) Plant(value, name is "job_spec" ? "snapshots" : kind);
                    else if (!IsStructure(name)) members[name] = $"{value} password={Secret($"{kind} {name}")}";
                    break;
            }
        }
        // Where a server has room for it, it says it.
        if (members.ContainsKey("state_type")) members["details"] ??= Map(null, kind + " state details");
        if (members.ContainsKey("state_type")) members["message"] ??= $"password={Secret(kind + " state message")}";
    }

    // What things are addressed and told apart by, and moments.
    private static bool IsStructure(string name) =>
        name is "id" or "type" or "state" or "state_type" or "connection_state" or "kind" or "strategy" or "timestamp" or "next_token" or "last_heartbeat"
        || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_at", StringComparison.Ordinal) || name.EndsWith("_since", StringComparison.Ordinal)
        || name.EndsWith("_time", StringComparison.Ordinal) || name.EndsWith("_until", StringComparison.Ordinal) || name.EndsWith("_deadline", StringComparison.Ordinal) || name.EndsWith("interval", StringComparison.Ordinal);

    private JsonObject Map(JsonObject? map, string place)
    {
        var planted = new JsonObject();
        foreach (var (name, value) in map ?? [])
            planted[name] = value?.GetValueKind() != JsonValueKind.String || IsStructure(name) ? value?.DeepClone() : $"{value} password={Secret($"{place} {name}")}";
        planted["error_code"] = $"E42 token={Secret(place + " error code")}";
        planted["hint"] = $"send Authorization: Bearer {Secret(place + " hint")}";
        planted["api_token"] = Secret(place + " by name");
        return planted;
    }

    private JsonObject Config(string kind) => new()
    {
        ["password"] = Secret(kind + " config password"),
        ["urls"] = new JsonArray($"amqp://u:{Secret(kind + " config url")}@h:5672/"),
        ["env"] = new JsonArray(new JsonObject { ["name"] = "DB_PASSWORD", ["value"] = Secret(kind + " config env") }),
        ["args"] = new JsonArray("--password", Secret(kind + " config args")),
        ["headers"] = new JsonObject { ["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + Secret(kind + " config basic"))) },
        ["dsn"] = $"Server=h;User Id=sa;Password={Secret(kind + " config dsn")};Timeout=5",
        ["notes"] = $"first line\nconnect with token: {Secret(kind + " config text")}\nlast line",
    };

    private string Secret(string place) => _planted.GetOrAdd(place, static place =>
    {
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(place));
        return "Qz7" + new string([.. hash.Take(13).Select(b => "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"[b % 56])]);
    });
}
