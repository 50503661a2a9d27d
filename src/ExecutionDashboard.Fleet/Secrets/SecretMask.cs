using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Fleet;

/// <summary>
/// Takes secrets out of what is shown, copied or exported: values of fields that the schemas of pipelines mark as secret, values under names that
/// sound secret, and secrets that give themselves away in any text. What is masked is replaced by <see cref="Hidden"/>; a reference to a secret
/// (<c>${VAR}</c>, <c>{{ env }}</c>) stays readable, but for a default in it. Masking twice changes nothing more.
/// </summary>
public static partial class SecretMask
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Hidden = "•••";

    private const int MaxDepth = 256;

    private static readonly SearchValues<char> Signs = SearchValues.Create(":=>-@'\"`/$");

    private static readonly SearchValues<string> Schemes = SearchValues.Create(["Bearer ", "bearer ", "BEARER ", "Basic ", "password "], StringComparison.Ordinal);

    private static readonly JsonWriterOptions Writing =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth + 1 };

    /// <summary>
    /// Masks JSON: the value of a field that a schema or its name, or what stands beside it (<c>{name: DB_PASSWORD, value: …}</c>,
    /// <c>["--password", …]</c>), says to be secret is masked whole; every other text as by <see cref="MaskText"/>.
    /// Order of the names and numbers stay as written; white space goes. Text that is not JSON is masked as by <see cref="MaskText"/>.
    /// </summary>
    public static string Mask(string json)
    {
        try
        {
            // As bytes: half a surrogate pair then becomes a replacement character instead of an exception.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = MaxDepth });
            var masked = new ArrayBufferWriter<byte>(json.Length + 16);
            using (var writer = new Utf8JsonWriter(masked, Writing)) Write(writer, document.RootElement, SecretPlace.Root, Secrecy.Open);
            return Encoding.UTF8.GetString(masked.WrittenSpan);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or with names that are no text.
            return MaskText(json);
        }
    }

    /// <summary>
    /// Masks text: <c>name: value</c> and <c>name=value</c> with a secret name, arguments of commands, secrets in URLs, connection strings, statements
    /// of SQL and code, bearer tokens, tokens of known vendors, private keys and certificates. Prose, code and numbers around them stay.
    /// </summary>
    public static string MaskText(string text)
    {
        // Nothing of what gives a secret away in a text is without one of these signs, but a token of a known shape.
        if (text.AsSpan().IndexOfAny(Signs) < 0 && text.AsSpan().IndexOfAny(Schemes) < 0) return TokenShapes.Mask(text);
        text = PrivateKeys.Mask(text);
        text = UrlSecrets.Mask(text);
        text = ConnectionStrings.MaskUsers(text);
        text = TokenShapes.Mask(text);
        text = SecretSql.Mask(text);
        text = SecretCode.Mask(text);
        text = SecretText.Mask(text);
        text = SecretArguments.Mask(text);
        if (text.AsSpan().IndexOfAny(Schemes) >= 0) text = Scheme().Replace(text, MaskScheme);
        return References.MaskDefaults(text);
    }

    /// <summary>A text in a place: hidden as the place says.</summary>
    internal static string MaskValue(string text, Secrecy secrecy) => secrecy switch
    {
        Secrecy.Open => MaskText(text),
        Secrecy.Literals => MaskText(SecretCode.MaskLiterals(text)),
        _ => References.MaskSecret(text),
    };

    /// <summary>Whether a number or a boolean is hidden in a place.</summary>
    internal static bool HidesKind(JsonValueKind kind, Secrecy secrecy) => kind switch
    {
        JsonValueKind.Number => secrecy >= Secrecy.Value,
        JsonValueKind.True or JsonValueKind.False => secrecy == Secrecy.All,
        _ => false,
    };

    private static void Write(Utf8JsonWriter writer, JsonElement element, SecretPlace place, Secrecy secrecy)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var siblings = new SecretSiblings(element);
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(MaskText(member.Name));
                    var value = member.Value;
                    if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    {
                        var inner = place.Member(member.Name, siblings.Name(member.Name));
                        Write(writer, value, inner, inner.Scalars);
                    }
                    else Write(writer, value, place, siblings.Judge(place, member.Name));
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var list = new SecretList(element.GetArrayLength());
                foreach (var entry in element.EnumerateArray())
                {
                    var inner = list.IsSecret(entry) ? place.Secret() : place;
                    Write(writer, entry, inner, inner.Scalars);
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(MaskValue(TextOf(element), secrecy));
                break;
            case var kind when HidesKind(kind, secrecy):
                writer.WriteStringValue(Hidden);
                break;
            default:
                writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    // Half a surrogate pair is legal in JSON but no text; shown as written.
    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText().Trim('"');
        }
    }

    // "Bearer token expired" and "Basic authentication" are words.
    private static string MaskScheme(Match match)
    {
        var value = match.Groups["value"].ValueSpan;
        var plain = true;
        for (var i = 0; i < value.Length && plain; i++)
            plain = char.IsAsciiLetterLower(value[i]) || (i == 0 && char.IsAsciiLetterUpper(value[i])) || (i == value.Length - 1 && value[i] == '.');
        return plain && value.Length < 24 ? match.Value : match.Groups["scheme"].Value + Hidden;
    }

    [GeneratedRegex("""(?<scheme>\b(?:[Bb]earer|BEARER)\s{1,20})(?<value>[A-Za-z0-9._~+/=\-]+)|(?<scheme>\bBasic\s{1,20})(?<value>[A-Za-z0-9+/=]{8,})""", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
