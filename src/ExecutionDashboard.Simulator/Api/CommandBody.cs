using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionDashboard.Simulator.Engine;
using Microsoft.AspNetCore.Http;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>The JSON object of a command; no body is an empty one.</summary>
internal sealed class CommandBody(JsonObject body)
{
    private const int LongestBody = 4 << 20;

    /// <summary>Why; empty when not said.</summary>
    public string Reason => Text("reason");
    /// <summary>Nothing is to be kept.</summary>
    public bool DryRun => Flag("dry_run");
    /// <summary>Do it though it is not safe.</summary>
    public bool Force => Flag("force");
    /// <summary>A job's spec.</summary>
    /// <exception cref="RefusedException">400: there is none.</exception>
    public JsonObject Spec => body["spec"]?.DeepClone() as JsonObject ?? throw new RefusedException(400, "spec is required");

    /// <summary>A number; 0 when it is not there.</summary>
    public int Number(string name) => body[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    /// <summary>Reads it.</summary>
    /// <exception cref="RefusedException">415: it is something else than JSON, as forms of web pages send; 400: it is no JSON object, or too long.</exception>
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
