using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.IntegrationTests.Feed;

/// <summary>A small control plane on a real port: executions, nodes and jobs as JSON, and faults on demand.</summary>
internal sealed class FleetServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonObject> _executions = [];
    private long _clock;

    private FleetServer(WebApplication app) => _app = app;

    /// <summary>Address without <c>/api/v1</c>.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Answers in place of the server when it gives an answer.</summary>
    public Func<HttpContext, IResult?> Fault { get; set; } = _ => null;

    /// <summary>History events of every execution.</summary>
    public List<JsonObject> History { get; } = [];

    public static DateTimeOffset Start { get; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task<FleetServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FleetServer(app);
        app.Use(async (context, next) =>
        {
            if (server.Fault(context) is { } fault) await fault.ExecuteAsync(context);
            else await next(context);
        });
        app.MapGet("/api/v1/executions", server.List);
        app.MapGet("/api/v1/executions/{id}", (string id) => server.Find(id) is { } found
            ? Results.Json(new JsonObject { ["execution"] = found }) : Results.Json(new { message = "no such execution" }, statusCode: 404));
        app.MapGet("/api/v1/executions/{id}/history", () => Results.Json(new JsonObject { ["items"] = new JsonArray([.. server.History.Select(h => h.DeepClone())]) }));
        app.MapGet("/api/v1/jobs", () => Results.Text("""{"items":[{"id":"job-1","spec":{"name":"ingest"},"status":{"version":1,"state":{"state_type":"running"}}}]}""", "application/json"));
        app.MapGet("/api/v1/nodes", () => Results.Text("""{"items":[{"id":"node-1","status":{"connection_state":"connected"}}],"next_token":""}""", "application/json"));
        app.MapGet("/api/v1/status", () => Results.Json(new { executions = new { total = server.Count } }));
        await app.StartAsync();
        return server;
    }

    public int Count
    {
        get { lock (_gate) return _executions.Count; }
    }

    /// <summary>State and revision of every execution.</summary>
    public Dictionary<string, (string State, long Revision)> States
    {
        get { lock (_gate) return _executions.ToDictionary(e => e.Key, e => ((string)e.Value["status"]!["observed_state"]!["state_type"]!, (long)e.Value["status"]!["revision"]!)); }
    }

    /// <summary>Creates an execution, or moves it on.</summary>
    public void Put(string id, string state)
    {
        lock (_gate)
        {
            var revision = _executions.TryGetValue(id, out var before) ? (long)before["status"]!["revision"]! + 1 : 1;
            var created = before is null ? At(_clock) : (string)before["status"]!["created_at"]!;
            _executions[id] = new JsonObject
            {
                ["id"] = id,
                ["job_id"] = "job-1",
                ["job_version"] = 1,
                ["node_id"] = "node-1",
                ["job_spec"] = new JsonObject { ["name"] = "ingest" },
                ["status"] = new JsonObject
                {
                    ["desired_state"] = new JsonObject { ["state_type"] = "running" },
                    ["observed_state"] = new JsonObject { ["state_type"] = state, ["message"] = $"{state} {revision}" },
                    ["revision"] = revision,
                    ["created_at"] = created,
                    ["updated_at"] = At(++_clock),
                },
            };
        }
    }

    public void Remove(string id)
    {
        lock (_gate) _executions.Remove(id);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private JsonNode? Find(string id)
    {
        lock (_gate) return _executions.TryGetValue(id, out var found) ? found.DeepClone() : null;
    }

    private IResult List(string? order_by, int limit, string? next_token)
    {
        var skip = int.Parse(next_token ?? "0", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            var rows = _executions.Values.OrderByDescending(e => (string)e["status"]![order_by ?? "created_at"]!, StringComparer.Ordinal).Skip(skip).Take(limit + 1).ToList();
            return Results.Json(new JsonObject
            {
                ["items"] = new JsonArray([.. rows.Take(limit).Select(r => r.DeepClone())]),
                ["next_token"] = rows.Count > limit ? (skip + limit).ToString(CultureInfo.InvariantCulture) : "",
            });
        }
    }

    private static string At(long tick) => Start.AddMilliseconds(tick).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}
