using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>A control plane with recorded replies, without deployments.</summary>
public sealed class FixtureServer : IAsyncDisposable
{
    /// <summary>A password in the recorded specs.</summary>
    public const string Secret = "hidden-in-here";

    private readonly WebApplication _app;

    private FixtureServer(WebApplication app) => _app = app;

    /// <summary>Ids of the executions it has.</summary>
    public static IReadOnlyList<string> Ids { get; } = ["exec-b7c1", "exec-d41f00aa92", "exec-full-1"];

    /// <summary>Its address.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<FixtureServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        using var full = JsonDocument.Parse(Read("execution-all-fields.json"));
        using var list = JsonDocument.Parse(Read("executions.json"));
        var executions = new Dictionary<string, string>
        {
            [Ids[0]] = list.RootElement.GetProperty("items")[0].GetRawText(),
            [Ids[1]] = Read("execution-deployment-generation.json"),
            [Ids[2]] = full.RootElement.GetProperty("execution").GetRawText(),
        };
        var api = app.MapGroup("/api/v1");
        api.MapGet("/executions", () => Json($$"""{"items":[{{string.Join(',', executions.Values)}}],"next_token":""}"""));
        api.MapGet("/executions/{id}", (string id) => executions.TryGetValue(id, out var found) ? Json($$"""{"execution":{{found}}}""") : NotFound());
        api.MapGet("/executions/{id}/history", (string id) => id == Ids[0] ? Json(Read("execution-history.json")) : Json("""{"items":null,"next_token":""}"""));
        api.MapGet("/jobs", (string? next_token) => Json(next_token is null ? Read("jobs.json") : """{"items":null}"""));
        api.MapGet("/nodes", () => Json(Read("nodes.json")));
        app.MapFallback(NotFound);
        await app.StartAsync();
        return new FixtureServer(app);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "recorded", file));

    private static IResult Json(string text) => Results.Text(text, "application/json");

    private static IResult NotFound() => Results.Text("""{"message":"not found"}""", "application/json", statusCode: 404);
}
