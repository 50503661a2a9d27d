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

    private static readonly JsonWriterOptions Writing =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth + 1 };

    /// <summary>
    /// Masks JSON: whatever lies under a secret name is masked whole (its own names stay), every other text as by <see cref="MaskText"/>.
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
        catch (JsonException)
        {
            return MaskText(json);
        }
    }

    /// <summary>
    /// Masks text: <c>name: value</c> and <c>name=value</c> with a secret name (to the end of the line, or of a part of a connection string),
    /// user info in URLs, bearer tokens, API keys, private keys and certificates in PEM form.
    /// </summary>
    public static string MaskText(string text)
    {
        if (text.Length == 0) return text;
        text = Pem().Replace(text, Hidden);
        text = UserInfo().Replace(text, "://" + Hidden + "@");
        text = Bearer().Replace(text, match => IsOpen(match.Groups["value"].Value) ? match.Value : match.Groups["scheme"].Value + Hidden);
        text = KnownKey().Replace(text, Hidden);
        return MaskAssignments(text);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, bool secret)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(MaskText(member.Name));
                    Write(writer, member.Value, secret || SecretKeys.IsSecret(member.Name));
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var entry in element.EnumerateArray()) Write(writer, entry, secret);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                var text = TextOf(element);
                writer.WriteStringValue(!secret ? MaskText(text) : IsOpen(text) ? text : Hidden);
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

    /// <summary>Whether a value has nothing to hide: empty, masked already, or only a reference to where the secret is.</summary>
    private static bool IsOpen(string value)
    {
        var trimmed = value.Trim().Trim('"', '\'');
        return trimmed.Length == 0 || trimmed == Hidden || Reference().IsMatch(trimmed);
    }

    private static string MaskAssignments(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        // A value is passed over only under a secret name: the value of "host" in "host=db password=x" has the next name in it.
        for (var name = Name().Match(text); name.Success; name = name.NextMatch())
        {
            var start = name.Index + name.Length;
            if (start < copied || !SecretKeys.IsSecret(name.Groups["name"].ValueSpan)) continue;
            var value = Value().Match(text, start);
            if (IsOpen(value.Value)) continue;
            var quote = value.Value[0] is '"' or '\'' ? value.Value[..1] : "";
            (masked ??= new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(quote).Append(Hidden).Append(quote);
            copied = start + value.Length;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    [GeneratedRegex("""-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|\z)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pem();

    // To the last @ before the path, since passwords hold @ too.
    [GeneratedRegex("""://(?!•••@)[^\s/?#"'<>]*@""", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex("""(?<scheme>\b(?:[Bb]earer|BEARER)\s+)(?<value>[A-Za-z0-9._~+/=\-]+)|(?<scheme>\bBasic\s+)(?<value>(?=[a-z+/]*[A-Z0-9=])[A-Za-z0-9+/=]{8,})""", RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex("""exp_ak_[A-Za-z0-9_\-]+|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]*""", RegexOptions.CultureInvariant)]
    private static partial Regex KnownKey();

    [GeneratedRegex("""(?<![\p{L}\p{N}_.\-])(?<name>[\p{L}\p{N}_.\-]+(?: [Kk]ey| [Pp]assword| [Tt]oken)?)["']?[ \t]*[:=][ \t]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    // A quoted value ends at its quote, any other at a separator that connection strings, queries and lines use.
    [GeneratedRegex("""\G(?:"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|[^;&\r\n]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Value();

    // Without a default: that of ${PASSWORD:hunter2} is the secret.
    [GeneratedRegex("""^(?:\$\{[A-Za-z_][A-Za-z0-9_.]*\}|\{\{\s*[A-Za-z_.][A-Za-z0-9_.]*(?:\s+"?[A-Za-z_][A-Za-z0-9_.]*"?)?\s*\}\})$""", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
