using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionDashboard.Components.Shared.Specs.Yaml;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A spec as text for a page: masked, in JSON or YAML.</summary>
public static class SpecText
{
    // Twice the depth of a spec, because the serializer counts an object in a list as two levels.
    private const int MaxDepth = 2 * SpecHash.MaxDepth;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <summary>Indented JSON.</summary>
    public static string Json(JobSpec spec) => Json(spec.Json);

    /// <summary>Indented, masked JSON; text that is not JSON is masked and otherwise unchanged.</summary>
    public static string Json(string json) => Masked(json, element => JsonSerializer.Serialize(element, Indented));

    /// <summary>YAML.</summary>
    public static string Yaml(JobSpec spec) => Yaml(spec.Json);

    /// <summary>Masked YAML of JSON text; text that is not JSON is masked and otherwise unchanged.</summary>
    public static string Yaml(string json) => Masked(json, YamlWriter.Write);

    private static string Masked(string json, Func<JsonElement, string> write)
    {
        var masked = SecretMask.Mask(json);
        try
        {
            using var document = JsonDocument.Parse(masked, Reading);
            return write(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return masked;
        }
    }
}
