using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>Hash of a spec by its content.</summary>
public static class SpecHash
{
    /// <summary>Deepest nesting that is read. Real specs have less than 30 levels.</summary>
    public const int MaxDepth = 256;

    private static readonly JsonWriterOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth + 1 };

    /// <summary>
    /// SHA-256 of the canonical JSON (keys sorted ordinally, no white space, numbers as written, the last of duplicate keys), the first 32
    /// hexadecimal digits in lower case.
    /// </summary>
    /// <exception cref="JsonException">The text is not JSON, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        return Of(document.RootElement);
    }

    /// <summary>The hash of parsed JSON.</summary>
    public static string Of(JsonElement json)
    {
        var canonical = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(canonical, Compact)) Write(writer, json);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject()) members[member.Name] = member.Value;
                writer.WriteStartObject();
                foreach (var (name, value) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var entry in element.EnumerateArray()) Write(writer, entry);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                WriteText(writer, element);
                break;
            default:
                writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, JsonElement element)
    {
        string? text;
        try
        {
            text = element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is legal in escaped JSON but cannot be decoded, so the raw text is used.
            writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);
            return;
        }
        writer.WriteStringValue(text);
    }
}
