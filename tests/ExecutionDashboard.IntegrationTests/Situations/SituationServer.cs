using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.IntegrationTests.Situations;

/// <summary>
/// A control plane on a real port with the objects of a test, by the published routes. It sends only the given fields. Times can be relative to the moment an object
/// is given: <c>now-90s</c>, <c>now+4min</c>, <c>now-20d</c>.
/// </summary>
internal sealed partial class SituationServer : IAsyncDisposable
{
    private static readonly string[] Kinds = ["executions", "jobs", "nodes", "deployments"];

    private readonly WebApplication _app;
    private readonly Dictionary<string, ConcurrentDictionary<string, JsonObject>> _things = Kinds.ToDictionary(kind => kind, _ => new ConcurrentDictionary<string, JsonObject>(StringComparer.Ordinal));

    private SituationServer(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts one.</summary>
    /// <param name="generation"><c>deployment</c>, or <c>rollout</c>: that one has no deployments.</param>
    public static async Task<SituationServer> StartAsync(string generation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new SituationServer(builder.Build());
        var api = server._app.MapGroup("/api/v1");
        foreach (var kind in Kinds.Where(kind => kind != "deployments" || generation == "deployment")) server.Map(api, kind);
        server._app.MapFallback(() => Results.Text("404 page not found\n", statusCode: 404));
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Has a thing, or has it anew.</summary>
    /// <param name="kind">Its list: <c>executions</c>, <c>jobs</c>, <c>nodes</c> or <c>deployments</c>.</param>
    /// <param name="json">The thing as it is sent.</param>
    public void Put(string kind, string json)
    {
        var now = TimeProvider.System.GetUtcNow();
        var thing = JsonNode.Parse(RelativeTime().Replace(json, match => $"\"{Moment(now, match):yyyy-MM-ddTHH:mm:ss.fffffffZ}\""))!.AsObject();
        _things[kind][thing["id"]!.GetValue<string>()] = thing;
    }

    /// <summary>How many things of a kind it has.</summary>
    public int Count(string kind) => _things[kind].Count;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map(IEndpointRouteBuilder api, string kind)
    {
        var things = _things[kind];
        api.MapGet($"/{kind}", (string? order_by) => Json(new JsonObject
        {
            ["items"] = new JsonArray([.. things.Values.OrderByDescending(thing => $"{thing["status"]?[order_by ?? "created_at"]}", StringComparer.Ordinal).Select(thing => thing.DeepClone())]),
        }));
        api.MapGet($"/{kind}/{{id}}", (string id) => things.TryGetValue(id, out var found) ? Json(new JsonObject { [kind[..^1]] = found.DeepClone() }) : Missing(kind, id));
        api.MapGet($"/{kind}/{{id}}/history", () => Json(new JsonObject { ["items"] = null }));
        api.MapGet($"/{kind}/{{id}}/versions", () => Json(new JsonObject { ["items"] = null }));
    }

    private static IResult Missing(string kind, string id) => Results.Json(new { message = $"{kind[..^1]} '{id}' not found" }, statusCode: 404);

    private static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");

    private static DateTime Moment(DateTimeOffset now, Match match)
    {
        if (match.Groups[1].Length == 0) return now.UtcDateTime;
        var amount = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return (now + match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(amount),
            "min" => TimeSpan.FromMinutes(amount),
            "h" => TimeSpan.FromHours(amount),
            _ => TimeSpan.FromDays(amount),
        }).UtcDateTime;
    }

    [GeneratedRegex("""
        "now(?:([+-]\d+)(s|min|h|d))?"
        """)]
    private static partial Regex RelativeTime();
}
