using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A spec as text for a page: always masked, in JSON or YAML.</summary>
public static class SpecText
{
    // Twice what a spec may have: an object in a list is two levels of a serializer.
    private const int MaxDepth = 2 * SpecHash.MaxDepth;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };
    private static readonly ISerializer YamlWriter = new SerializerBuilder().WithEventEmitter(next => new BlockText(next)).WithMaximumRecursion(2 * MaxDepth).DisableAliases().Build();

    /// <summary>Indented JSON.</summary>
    public static string Json(JobSpec spec) => Json(spec.Json);

    /// <summary>Indented JSON of JSON text, masked; the text itself, masked, when it is not JSON.</summary>
    public static string Json(string json) => Masked(json, element => JsonSerializer.Serialize(element, Indented));

    /// <summary>YAML.</summary>
    public static string Yaml(JobSpec spec) => Yaml(spec.Json);

    /// <summary>YAML of JSON text, masked; empty for a JSON null.</summary>
    public static string Yaml(string json) => Masked(json, element => YamlWriter.Serialize(Plain(element)));

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

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Map(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : decimal.TryParse(element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : element.GetRawText(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    // Duplicate keys are legal in JSON text: the last one counts, as everywhere here.
    private static Dictionary<string, object?> Map(JsonElement element)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject()) map[property.Name] = Plain(property.Value);
        return map;
    }

    /// <summary>Writes texts of several lines as blocks: processors and queries stay readable.</summary>
    private sealed class BlockText(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && text.Contains('\n')) eventInfo.Style = ScalarStyle.Literal;
            else if (eventInfo.Source.Value is string plain && LooksTyped(plain)) eventInfo.Style = ScalarStyle.DoubleQuoted;
            base.Emit(eventInfo, emitter);
        }

        private static bool LooksTyped(string text) =>
            text.Length == 0 || text is "true" or "false" or "null" or "yes" or "no" or "on" or "off" or "~"
            || double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _);
    }
}
