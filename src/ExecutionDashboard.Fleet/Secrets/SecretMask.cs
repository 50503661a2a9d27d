using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets.Names;
using ExecutionDashboard.Fleet.Secrets.Text;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>
/// Masks secrets in everything that is displayed, copied or exported: fields that the pipeline schemas mark as secret, values whose names sound secret, and secrets
/// that are recognisable in any text. A secret is replaced by <see cref="Hidden"/>; references to secrets (<c>${VAR}</c>, <c>{{ env }}</c>) stay readable, except for
/// their defaults. Masking twice changes nothing more.
/// </summary>
public static partial class SecretMask
{
    /// <summary>The text that replaces a secret.</summary>
    public const string Hidden = "•••";

    private const int MaxDepth = 256;
    private const int MostPasses = 4;

    private static readonly SearchValues<string> Schemes = SearchValues.Create(["Bearer ", "bearer ", "BEARER ", "Basic ", "password "], StringComparison.Ordinal);

    private static readonly JsonWriterOptions Writing =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth + 1 };

    /// <summary>
    /// Masks JSON. A value is masked completely when a schema, its name or its neighbour (<c>{name: DB_PASSWORD, value: …}</c>, <c>["--password", …]</c>) marks it as
    /// secret; other texts are masked with <see cref="MaskText"/>. The order of names and the spelling of numbers are kept; white space is removed. Text that is not
    /// JSON is masked with <see cref="MaskText"/>.
    /// </summary>
    public static string Mask(string json)
    {
        try
        {
            // Parse bytes: half of a surrogate pair then becomes a replacement character instead of an exception.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = MaxDepth });
            var masked = new ArrayBufferWriter<byte>(json.Length + 16);
            using (var writer = new Utf8JsonWriter(masked, Writing)) Write(writer, document.RootElement, SecretPlace.Root, Secrecy.Open);
            return Encoding.UTF8.GetString(masked.WrittenSpan);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or with names that cannot be decoded.
            return MaskText(json);
        }
    }

    /// <summary>
    /// Masks text: <c>name: value</c> and <c>name=value</c> with a secret name, command arguments, secrets in URLs, connection strings, SQL and code, bearer tokens,
    /// tokens of known vendors, private keys and certificates. Other prose, code and numbers are kept.
    /// </summary>
    public static string MaskText(string text)
    {
        // A rule may find more after another one has masked something. Masked text stays masked.
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var masked = MaskOnce(text);
            // Escapes and invisible characters split a secret for the rules, but not for a reader.
            if (PlainText.Bare(text) is var bare && !ReferenceEquals(bare, text) && MaskOnce(bare) is var found && found != bare) masked = found;
            if (ReferenceEquals(masked, text) || masked == text) return text;
            text = masked;
        }
        return text;
    }

    private static string MaskOnce(string text)
    {
        // Most texts have none of the characters that a rule needs.
        var signs = SecretHints.Of(text);
        if ((signs & TextSign.Hyphen) != 0) text = PrivateKeys.Mask(text);
        if ((signs & (TextSign.Slash | TextSign.Query)) != 0) text = UrlSecrets.Mask(text, signs);
        if ((signs & TextSign.At) != 0) text = ConnectionStrings.MaskUsers(text);
        if ((signs & (TextSign.LongRun | TextSign.Word)) != 0) text = TokenShapes.Mask(text, signs);
        if ((signs & (TextSign.Quote | TextSign.Dollar)) != 0) text = SecretSql.Mask(text);
        if ((signs & TextSign.Quote) != 0) text = SecretCode.Mask(text);
        if ((signs & (TextSign.Colon | TextSign.Equals | TextSign.Angle)) != 0) text = SecretText.Mask(text, signs);
        if ((signs & (TextSign.Flag | TextSign.Colon)) != 0) text = SecretArguments.Mask(text, signs);
        if ((signs & TextSign.Space) != 0 && text.AsSpan().IndexOfAny(Schemes) >= 0) text = NetRc().Replace(Scheme().Replace(text, MaskScheme), entry => entry.Groups["start"].Value + Hidden);
        return (signs & TextSign.Dollar) != 0 ? References.MaskDefaults(text) : text;
    }

    /// <summary>Masks a text as its place requires.</summary>
    internal static string MaskValue(string text, Secrecy secrecy) => secrecy switch
    {
        Secrecy.Open => MaskText(text),
        Secrecy.Literals => MaskText(SecretCode.MaskLiterals(text)),
        _ => References.MaskSecret(text),
    };

    /// <summary>Whether a number or boolean is masked in a place.</summary>
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
                    var facts = NameFacts.Of(member.Name);
                    writer.WritePropertyName(facts.Shown);
                    var value = member.Value;
                    if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    {
                        var inner = place.Member(facts, siblings.Name(facts));
                        Write(writer, value, inner, inner.Scalars);
                    }
                    else Write(writer, value, place, siblings.Judge(place, facts));
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

    // Half of a surrogate pair is legal in JSON but cannot be decoded; shown as written.
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

    // Not a scheme: "Bearer token expired", "Basic authentication".
    private static string MaskScheme(Match match)
    {
        var value = match.Groups["value"].ValueSpan;
        var plain = true;
        for (var i = 0; i < value.Length && plain; i++)
            plain = char.IsAsciiLetterLower(value[i]) || (i == 0 && char.IsAsciiLetterUpper(value[i])) || (i == value.Length - 1 && value[i] == '.');
        return plain && value.Length < 24 ? match.Value : match.Groups["scheme"].Value + Hidden;
    }

    // machine h login bob password x
    [GeneratedRegex("""(?<start>(?<!\S)login\s{1,20}\S{1,200}\s{1,20}password\s{1,20})(?!•••)\S{1,500}""", RegexOptions.CultureInvariant)]
    private static partial Regex NetRc();

    [GeneratedRegex("""(?<scheme>\b(?:[Bb]earer|BEARER)\s{1,20})(?<value>[A-Za-z0-9._~+/=\-]+)|(?<scheme>\bBasic\s{1,20})(?<value>[A-Za-z0-9+/=]{8,})""", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
