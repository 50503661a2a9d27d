using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Ways to misbehave.</summary>
public enum Lie
{
    /// <summary>None.</summary>
    None,
    /// <summary>Status 500.</summary>
    ServerError,
    /// <summary>An HTML page of a proxy.</summary>
    Html,
    /// <summary>Incomplete JSON.</summary>
    HalfJson,
    /// <summary>A hundred megabytes of JSON.</summary>
    Huge,
    /// <summary>No reply.</summary>
    Silence,
    /// <summary>The same next page again and again.</summary>
    TokenLoop,
    /// <summary>A list with elements that are no executions.</summary>
    Garbage,
}

/// <summary>A small control plane with given executions, which misbehaves on demand.</summary>
public sealed class LyingControlPlane : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<string, JsonObject> _executions = new(StringComparer.Ordinal);
    private volatile Lie _lie;

    private LyingControlPlane(WebApplication app) => _app = app;

    /// <summary>Its address.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>How it misbehaves now.</summary>
    public Lie Lie
    {
        get => _lie;
        set => _lie = value;
    }

    public static async Task<LyingControlPlane> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new LyingControlPlane(app);
        app.Use(server.AnswerAsync);
        var api = app.MapGroup("/api/v1");
        api.MapGet("/executions", server.List);
        api.MapGet("/executions/{**id}", (string id) => server._executions.TryGetValue(Uri.UnescapeDataString(id), out var found)
            ? Json(new JsonObject { ["execution"] = found.DeepClone() }) : Results.Json(new { message = "no such execution" }, statusCode: 404));
        api.MapGet("/jobs", () => Results.Text("""{"items":[{"id":"job-1","spec":{"name":"ingest"},"status":{"version":1,"state":{"state_type":"running"}}}]}""", "application/json"));
        api.MapGet("/nodes", () => Results.Text("""{"items":[{"id":"node-1","status":{"connection_state":"connected"}}]}""", "application/json"));
        app.MapFallback(() => Results.Json(new { message = "not found" }, statusCode: 404));
        await app.StartAsync();
        return server;
    }

    /// <summary>Adds or changes an execution.</summary>
    public void Put(string id, string state, long revision, DateTimeOffset updatedAt, string message = "") => Put(id, new JsonObject
    {
        ["id"] = id, ["job_id"] = "job-1", ["job_version"] = 1, ["node_id"] = "node-1",
        ["status"] = new JsonObject
        {
            ["desired_state"] = new JsonObject { ["state_type"] = "running" },
            ["observed_state"] = new JsonObject { ["state_type"] = state, ["message"] = message },
            ["revision"] = revision, ["created_at"] = "2026-01-01T00:00:00Z", ["updated_at"] = updatedAt.UtcDateTime.ToString("O"),
        },
    });

    /// <summary>Adds an execution as JSON; two with the same id need different keys.</summary>
    public void Put(string key, JsonObject execution) => _executions[key] = execution;

    /// <summary>Removes an execution.</summary>
    public void Remove(string key) => _executions.TryRemove(key, out _);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _app.DisposeAsync();
        _ended.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        switch (_lie)
        {
            case Lie.ServerError:
                await Results.Json(new { message = "database is locked" }, statusCode: 500).ExecuteAsync(context);
                break;
            case Lie.Html:
                await Results.Text("<html><script>alert(1)</script><h1>Bad gateway</h1></html>", "text/html").ExecuteAsync(context);
                break;
            case Lie.HalfJson:
                await Results.Text("""{"items":[{"id":"half","status":{"revi""", "application/json").ExecuteAsync(context);
                break;
            case Lie.Huge:
                await SendMuchAsync(context);
                break;
            case Lie.Silence:
                using (var over = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, context.RequestAborted))
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            default:
                await next(context);
                break;
        }
    }

    private static async Task SendMuchAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var chunk = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
        for (var i = 0; i < 100 && !context.RequestAborted.IsCancellationRequested; i++) await context.Response.Body.WriteAsync(chunk, CancellationToken.None);
        await context.Response.WriteAsync("""{"items":[]}""", CancellationToken.None);
    }

    private IResult List(string? order_by)
    {
        var rows = _executions.Values.Select(e => (JsonNode?)e.DeepClone());
        if (order_by == "updated_at") rows = rows.OrderByDescending(e => e!["status"]?["updated_at"]?.ToString() ?? "", StringComparer.Ordinal);
        if (_lie == Lie.Garbage) rows = [JsonValue.Create(42), new JsonArray(), new JsonObject { ["no"] = "id" }, .. rows];
        return Json(new JsonObject { ["items"] = new JsonArray([.. rows]), ["next_token"] = _lie == Lie.TokenLoop ? "again" : "" });
    }

    private static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");
}
