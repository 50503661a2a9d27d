using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.Fleet.Secrets;

/// <summary>A field of a pipeline.</summary>
/// <param name="Kind">input, output, processor…</param>
/// <param name="Path">Where it sits, with its kind and component first; <c>[]</c> is an entry of a list.</param>
/// <param name="Type">Its type; empty where the table has none.</param>
internal sealed record PipelineField(string Kind, string Path, string Type);

/// <summary>The tables of fields, specs made of them, and every way in which a spec is shown.</summary>
internal static class PipelineFields
{
    public static IReadOnlyList<PipelineField> Secret { get; } = [.. Rows("secret.tsv").Select(row => new PipelineField(row[0], row[2], ""))];

    public static IReadOnlyList<PipelineField> Readable { get; } = [.. Rows("readable.tsv").Select(row => new PipelineField(row[0], row[2], row[3]))];

    /// <summary>Kind, case and spec.</summary>
    public static IReadOnlyList<string[]> Shapes { get; } = [.. Rows("shapes.tsv")];

    /// <summary>A spec with a value at the path of a field.</summary>
    public static string Spec(PipelineField field, JsonNode? value) => Spec(Config(field, value));

    /// <summary>A spec with a config.</summary>
    public static string Spec(JsonNode config) => new JsonObject { ["name"] = "j", ["type"] = "pipeline", ["config"] = config }.ToJsonString();

    /// <summary>A config with a value at the path of a field.</summary>
    public static JsonNode Config(PipelineField field, JsonNode? value)
    {
        var names = field.Path.Split('.');
        var node = value;
        for (var i = names.Length - 1; i >= 0; i--)
        {
            var isList = names[i].EndsWith("[]", StringComparison.Ordinal);
            node = new JsonObject { [isList ? names[i][..^2] : names[i]] = isList ? new JsonArray(node) : node };
        }
        return node!;
    }

    /// <summary>Every text in which a spec may leave the dashboard.</summary>
    public static IEnumerable<string> Outlets(string json)
    {
        yield return SecretMask.Mask(json);
        yield return SpecText.Json(json);
        yield return SpecText.Yaml(json);
        yield return string.Join('\n', SpecLines.Of(json, SpecSyntax.Tree).Lines.Select(line => line.Text));
        yield return SpecValue.Parse(json)!.ToShownJson();
        foreach (var difference in SpecDiff.Shown("{}", json).Concat(SpecDiff.Shown(json, """{"name":"j","config":{}}""")))
            yield return difference.Path + difference.Before + difference.After;
        // As an execution is exported: the spec inside of something else.
        yield return SecretMask.Mask($$$"""{"id":"e1","job":{"job_spec":{{{json}}}}}""");
    }

    /// <summary>Whether a text comes through anywhere.</summary>
    public static bool ComesThrough(string json, string planted) => Outlets(json).Any(text => text.Contains(planted, StringComparison.Ordinal));

    /// <summary>The lines of a file of cases.</summary>
    public static IEnumerable<string> Cases(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "masking", file)).Where(line => line.Length > 0 && line[0] != '#');

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "pipeline-fields", file)).Skip(1).Select(line => line.Split('\t'));

    /// <summary>A value of a field's type that is no secret by its looks.</summary>
    public static JsonNode Harmless(PipelineField field, string text) => field.Type switch
    {
        "bool" => JsonValue.Create(true),
        "int" => JsonValue.Create(512),
        "array" when field.Path.EndsWith("client_certs", StringComparison.Ordinal) || field.Path.EndsWith("sasl", StringComparison.Ordinal) => new JsonArray(new JsonObject()),
        "array" => new JsonArray(text),
        _ => JsonValue.Create(text),
    };

    /// <summary>The token in a spec of the table of shapes.</summary>
    public static string Planted(string spec)
    {
        const string usual = "S3cr3tQq77";
        if (spec.Contains(usual, StringComparison.Ordinal)) return usual;
        using var document = JsonDocument.Parse(spec);
        var place = document.RootElement.GetProperty("config").GetProperty("x");
        return place.TryGetProperty("value", out var value) ? value.GetString()! : place.GetProperty("mapping").GetString()!.Split('"')[1];
    }
}
