using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>
/// Reads JSON fields tolerantly: names in any case, numbers and booleans sent as text, null as not sent. A value of an unsuitable type counts as not sent. Never
/// throws for what a server sends.
/// </summary>
internal static class Fields
{
    public static IReadOnlyDictionary<string, string> NoTexts { get; } = FrozenDictionary<string, string>.Empty;
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoLists = FrozenDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>The fields of an object; none of other values.</summary>
    public static JsonElement.ObjectEnumerator Of(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default;

    public static bool Is(this JsonProperty property, ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(JsonMarshal.GetRawUtf8PropertyName(property), name);

    /// <summary>The value of a field; undefined without one. The last of duplicate names counts.</summary>
    public static JsonElement Get(JsonElement element, ReadOnlySpan<byte> name)
    {
        JsonElement found = default;
        foreach (var property in Of(element))
            if (property.Is(name)) found = property.Value;
        return found;
    }

    /// <summary>Texts, numbers and booleans as text; empty for others.</summary>
    public static string Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Decoded(element),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };

    /// <summary>A value as text; objects and lists as JSON.</summary>
    public static string TextOrJson(this JsonElement element) =>
        element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Raw(element) : element.Text();

    /// <summary>The original JSON. Bytes that are not UTF-8 become the replacement character.</summary>
    public static string Raw(JsonElement element) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    // GetString throws for invalid UTF-8 and lone surrogates, but the rest of the text is still useful.
    private static string Decoded(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element)[1..^1]);
        }
    }

    /// <summary>The name of a field, even with invalid bytes.</summary>
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    public static long? Long(this JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number when element.TryGetInt64(out var whole):
                return whole;
            case JsonValueKind.Number or JsonValueKind.String when Double(element) is { } number && Math.Abs(number) < 9.2e18:
                return (long)number;
            default:
                return null;
        }
    }

    public static int? Int(this JsonElement element) => element.Long() is { } n ? (int)Math.Clamp(n, int.MinValue, int.MaxValue) : null;

    public static double? Double(this JsonElement element)
    {
        var number = element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetDouble(out var n) => n,
            JsonValueKind.String when double.TryParse(
                Decoded(element), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var n) => n,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : null;
    }

    public static bool? Bool(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(Decoded(element), out var b) => b,
        JsonValueKind.Number when element.Long() is 0 or 1 => element.Long() == 1,
        _ => null,
    };

    /// <summary>The texts of a list; a single text is a list of one; null entries are skipped.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) return [Decoded(element)];
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0) return [];
        return [.. element.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null).Select(TextOrJson)];
    }

    /// <summary>An object as a map of texts; null when it is not an object or has no fields.</summary>
    public static IReadOnlyDictionary<string, string>? TextMapOrNull(this JsonElement element)
    {
        Dictionary<string, string>? map = null;
        foreach (var property in Of(element))
            (map ??= new(StringComparer.Ordinal))[NameOf(property)] = property.Value.TextOrJson();
        return map;
    }

    /// <summary>An object as a map of texts; empty when it is none.</summary>
    public static IReadOnlyDictionary<string, string> TextMap(this JsonElement element) => element.TextMapOrNull() ?? NoTexts;

    /// <summary>An object as a map of those of its lists that have texts; empty when it is none.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> TextLists(this JsonElement element)
    {
        Dictionary<string, IReadOnlyList<string>>? lists = null;
        foreach (var property in Of(element))
            if (property.Value.Texts() is { Count: > 0 } texts) (lists ??= new(StringComparer.Ordinal))[NameOf(property)] = texts;
        return lists ?? NoLists;
    }
}
