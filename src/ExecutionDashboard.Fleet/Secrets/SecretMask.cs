using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Fleet;

/// <summary>
/// Takes secrets out of what is shown, copied or exported: values under names that hold secrets, and secrets that give themselves away in
/// any text. What is masked is replaced by <see cref="Hidden"/>; a reference to a secret (<c>${VAR}</c>, <c>{{ env }}</c>) stays readable.
/// Masking twice changes nothing more.
/// </summary>
public static partial class SecretMask
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Hidden = "•••";

    private const int MaxDepth = 256;

    private static readonly SearchValues<char> Signs = SearchValues.Create(":=>-");
    private static readonly SearchValues<string> Beginnings = SearchValues.Create(
        ["bearer", "basic", "exp_ak_", "github_pat_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "xox", "AIza", "AKIA", "ASIA", "k_live_", "k_test_", "eyJ", "hooks.slack.com"], StringComparison.OrdinalIgnoreCase);

    private static readonly JsonWriterOptions Writing =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth + 1 };

    /// <summary>
    /// Masks JSON: whatever lies under a secret name, or is named as one by what stands beside it (<c>{name: DB_PASSWORD, value: …}</c>,
    /// <c>["--password", …]</c>), is masked whole (its own names stay), every other text as by <see cref="MaskText"/>.
    /// Order of the names and numbers stay as written; white space goes. Text that is not JSON is masked as by <see cref="MaskText"/>.
    /// </summary>
    public static string Mask(string json)
    {
        try
        {
            // As bytes: half a surrogate pair then becomes a replacement character instead of an exception.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = MaxDepth });
            var masked = new ArrayBufferWriter<byte>(json.Length + 16);
            using (var writer = new Utf8JsonWriter(masked, Writing)) Write(writer, document.RootElement, secret: false);
            return Encoding.UTF8.GetString(masked.WrittenSpan);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or with names that are no text.
            return MaskText(json);
        }
    }

    /// <summary>
    /// Masks text: <c>name: value</c> and <c>name=value</c> with a secret name (to the end of the line, or of a part of a connection string, and
    /// the lines indented below it), <c>--name value</c>, user info in URLs, bearer tokens, API keys, private keys and certificates in PEM form.
    /// </summary>
    public static string MaskText(string text)
    {
        // Nothing of what gives a secret away in a text is without one of these signs or beginnings; most texts have none.
        if (text.AsSpan().IndexOfAny(Signs) < 0 && text.AsSpan().IndexOfAny(Beginnings) < 0) return text;
        if (text.Contains("-----BEGIN", StringComparison.Ordinal)) text = Pem().Replace(text, Hidden);
        if (text.Contains('@')) text = UserInfo().Replace(text, "://" + Hidden + "@");
        if (text.AsSpan().IndexOfAny(Beginnings) < 0) return SecretText.Mask(text);
        text = Bearer().Replace(text, match => SecretText.IsOpen(match.Groups["value"].Value) ? match.Value : match.Groups["scheme"].Value + Hidden);
        text = KnownKey().Replace(text, Hidden);
        return SecretText.Mask(text);
    }

    /// <summary>A text under a name: hidden whole when it is a secret and not only a reference to one.</summary>
    internal static string MaskValue(string text, bool secret) => !secret ? MaskText(text) : SecretText.IsOpen(text) ? text : Hidden;

    private static void Write(Utf8JsonWriter writer, JsonElement element, bool secret)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var names = !secret && SecretScope.NamesASecret(element);
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(MaskText(member.Name));
                    Write(writer, member.Value, secret || SecretKeys.IsSecret(member.Name) || (names && SecretScope.IsValue(member.Name)));
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var (count, before) = (element.GetArrayLength(), default(JsonElement));
                foreach (var entry in element.EnumerateArray())
                {
                    Write(writer, entry, secret || SecretScope.IsNamedBy(before, count));
                    before = entry;
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(MaskValue(TextOf(element), secret));
                break;
            case JsonValueKind.Number when secret:
            case JsonValueKind.True when secret:
            case JsonValueKind.False when secret:
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

    [GeneratedRegex("""-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|\z)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pem();

    // To the last @ before the path, since passwords hold @ too.
    // A password with / ? or # in it is no URL any more, and is one all the same.
    [GeneratedRegex("""://(?!•••@)(?:[^\s/?#"'<>]*@|[^\s/?#"'<>:@]{1,256}:(?!\d{1,5}[/?#])[^\s"'<>]{0,512}@)""", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex("""(?<scheme>\b(?:[Bb]earer|BEARER)\s+)(?<value>[A-Za-z0-9._~+/=\-]+)|(?<scheme>\bBasic\s+)(?<value>(?=[a-z+/]*[A-Z0-9=])[A-Za-z0-9+/=]{8,})""", RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex("""exp_ak_[A-Za-z0-9_\-]+|\bgithub_pat_[A-Za-z0-9_]{20,}|\bxox[abeoprs]-[A-Za-z0-9\-]{8,}|\bAIza[A-Za-z0-9_\-]{35}|\b[srp]k_(?:live|test)_[A-Za-z0-9]{8,}|(?<=hooks\.slack\.com/services/)[A-Za-z0-9/]+|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]*""", RegexOptions.CultureInvariant)]
    private static partial Regex KnownKey();
}
