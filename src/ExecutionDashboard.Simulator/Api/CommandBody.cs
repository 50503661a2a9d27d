using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionDashboard.Simulator.Engine;
using Microsoft.AspNetCore.Http;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>The JSON body of a command; an empty object without a body.</summary>
internal sealed class CommandBody(JsonObject body)
{
    private const int LongestBody = 4 << 20;

    /// <summary>The reason; empty without one.</summary>
    public string Reason => Text("reason");
    /// <summary>Whether to change nothing.</summary>
    public bool DryRun => Flag("dry_run");
    /// <summary>Whether to skip the safety check.</summary>
    public bool Force => Flag("force");
    /// <summary>The job's spec.</summary>
    /// <exception cref="RefusedException">400: there is none.</exception>
    public JsonObject Spec => body["spec"]?.DeepClone() as JsonObject ?? throw new RefusedException(400, "spec is required");

    /// <summary>A number; 0 without one.</summary>
    public int Number(string name) => body[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    /// <summary>Reads it.</summary>
    /// <exception cref="RefusedException">415: not JSON, as sent by forms of web pages; 400: not a JSON object, or too long.</exception>
    public static async Task<CommandBody> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentType is not null && !context.Request.HasJsonContentType()) throw NotJson();
        using var bytes = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (bytes.Length + read > LongestBody) throw new RefusedException(400, "request body is too large");
            bytes.Write(chunk, 0, read);
        }
        if (bytes.Length == 0) return new([]);
        if (context.Request.ContentType is null) throw NotJson();
        try
        {
            return JsonNode.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is JsonObject body ? new(body) : throw new RefusedException(400, "request body must be a JSON object");
        }
        catch (JsonException problem)
        {
            throw new RefusedException(400, $"invalid request body: {problem.Message}");
        }
    }

    private static RefusedException NotJson() => new(StatusCodes.Status415UnsupportedMediaType, "the request body must be application/json");

    private string Text(string name) => body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private bool Flag(string name) => body[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
