using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A spec as text for a page: always masked, in JSON or YAML.</summary>
public static class SpecText
{
    // Twice what a spec may have: an object in a list is two levels of a serializer.
    private const int MaxDepth = 2 * SpecHash.MaxDepth;

    private static readonly TagName Null = new("tag:yaml.org,2002:null");
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <summary>Indented JSON.</summary>
    public static string Json(JobSpec spec) => Json(spec.Json);

    /// <summary>Indented JSON of JSON text, masked; the text itself, masked, when it is not JSON.</summary>
    public static string Json(string json) => Masked(json, element => JsonSerializer.Serialize(element, Indented));

    /// <summary>YAML.</summary>
    public static string Yaml(JobSpec spec) => Yaml(spec.Json);

    /// <summary>YAML of JSON text, masked; empty for a JSON null.</summary>
    public static string Yaml(string json) => Masked(json, WriteYaml);

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

    // Event by event: the serializer's walk over an object graph took most of the time, of the first spec above all.
    private static string WriteYaml(JsonElement root)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var emitter = new Emitter(text, EmitterSettings.Default);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Write(root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();

        void Write(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    emitter.Emit(new MappingStart());
                    foreach (var (name, value) in Members(element))
                    {
                        WriteText(name);
                        Write(value);
                    }
                    emitter.Emit(new MappingEnd());
                    break;
                case JsonValueKind.Array:
                    emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Any));
                    foreach (var entry in element.EnumerateArray()) Write(entry);
                    emitter.Emit(new SequenceEnd());
                    break;
                case JsonValueKind.String: WriteText(element.GetString()!); break;
                case JsonValueKind.Number when NumberOf(element) is { } number: WriteScalar(number, ScalarStyle.Plain); break;
                case JsonValueKind.Number: WriteText(element.GetRawText()); break;
                case JsonValueKind.True: WriteScalar("true", ScalarStyle.Plain); break;
                case JsonValueKind.False: WriteScalar("false", ScalarStyle.Plain); break;
                default: emitter.Emit(new Scalar(AnchorName.Empty, Null, "", ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false)); break;
            }
        }

        // Texts of several lines are blocks: processors and queries stay readable.
        void WriteText(string value) => WriteScalar(value, value.Contains('\n') ? ScalarStyle.Literal : LooksTyped(value) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any);

        void WriteScalar(string value, ScalarStyle style) =>
            emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    // Duplicate keys are legal in JSON text: the last one counts, as everywhere here.
    private static Dictionary<string, JsonElement> Members(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject()) members[property.Name] = property.Value;
        return members;
    }

    private static string? NumberOf(JsonElement element) =>
        element.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture)
        : decimal.TryParse(element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;

    private static bool LooksTyped(string text) =>
        text.Length == 0 || text is "true" or "false" or "null" or "yes" or "no" or "on" or "off" or "~"
        || double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _);
}
