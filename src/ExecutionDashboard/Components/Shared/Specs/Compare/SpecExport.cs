using System.Text;
using System.Text.Json;
using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>Exports specs as files: masked, as YAML or JSON.</summary>
public static class SpecExport
{
    /// <summary>The part of a spec with the job's own configuration.</summary>
    public const string Config = "config";

    private const string Path = "export/spec";

    /// <summary>Maps the address.</summary>
    public static void MapSpecExport(this IEndpointRouteBuilder app) => app.MapGet("/" + Path, async (string? of, string? @as, string? part, SpecSources sources, HttpContext context, CancellationToken cancel) =>
    {
        if (SpecRef.Parse(of) is not { } reference) return Results.Text("There is no such spec.", statusCode: StatusCodes.Status404NotFound);
        var found = await sources.FindAsync(reference, cancel);
        if (found.Spec is not { } spec) return Results.Text(found.Problem, statusCode: StatusCodes.Status404NotFound);
        var yaml = string.Equals(@as, "yaml", StringComparison.OrdinalIgnoreCase);
        var name = ExportName.Of(yaml ? "yaml" : "json", null, "spec", found.Title, part == Config ? Config : "");
        if (!FileReply.Begin(context, yaml ? "application/yaml; charset=utf-8" : "application/json; charset=utf-8", name)) return Results.Empty;
        var json = part == Config ? ConfigOf(spec.Json) : spec.Json;
        var text = yaml ? SpecText.Yaml(json) : SpecText.Json(json);
        return Results.Bytes(Encoding.UTF8.GetBytes(text), context.Response.ContentType);
    });

    /// <summary>The address of a spec as a file.</summary>
    /// <param name="source">The spec.</param>
    /// <param name="format"><c>yaml</c>, or anything else for JSON.</param>
    /// <param name="part"><see cref="Config"/>, or null for the whole spec.</param>
    public static string Address(SpecRef source, string format, string? part = null) =>
        $"{Path}?of={Uri.EscapeDataString(source.ToString())}&as={format.ToLowerInvariant()}{(part is null ? "" : "&part=" + part)}";

    private static string ConfigOf(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = SpecHash.MaxDepth });
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(Config, out var config) ? config.GetRawText() : "null";
    }
}
