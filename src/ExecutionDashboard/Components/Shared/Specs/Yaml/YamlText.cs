using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ExecutionDashboard.Components.Shared.Specs.Yaml;

/// <summary>
/// Writes texts and numbers so that all YAML readers get the same value: YAML 1.1, YAML 1.2 and the mixture of Go programs (gopkg.in/yaml.v3). When in doubt a text
/// is quoted: unneeded quotes are harmless, missing ones change the type.
/// </summary>
public static class YamlText
{
    private static readonly FrozenSet<string> Words =
        FrozenSet.ToFrozenSet(["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<", ".inf", "+.inf", ".nan"], StringComparer.OrdinalIgnoreCase);

    private static readonly int LongestWord = Words.Max(word => word.Length);

    // Numbers in any base with separators, base-60 numbers, dates and times consist of these characters only.
    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789abcdefABCDEFxXoO_.,:+-tTzZ ");
    private static readonly SearchValues<char> Indicators = SearchValues.Create("-?:,[]{}#&*!|>'\"%@`");
    private static readonly SearchValues<char> Harmless =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !\"$%&'()*+,-./;<=>?@[\\]^_`{|}~");

    /// <summary>Whether all readers take the unquoted text for this text.</summary>
    public static bool IsPlain(string text)
    {
        if (text.Length == 0 || text[0] == ' ' || text[^1] is ' ' or ':' || Indicators.Contains(text[0])) return false;
        if (text.Length <= LongestWord && Words.Contains(text)) return false;
        if ((char.IsAsciiDigit(text[0]) || text[0] is '+' or '.') && text.AsSpan().IndexOfAnyExcept(NumberSigns) < 0) return false;
        // The end-of-document marker.
        if (text.StartsWith("...", StringComparison.Ordinal)) return false;
        var odd = text.AsSpan().IndexOfAnyExcept(Harmless);
        if (odd < 0) return true;
        for (var i = odd; i < text.Length; i++)
        {
            if (text[i] == ':' && text[i + 1] == ' ') return false;
            if (text[i] == '#' && text[i - 1] == ' ') return false;
        }
        return IsShown(text.AsSpan(odd));
    }

    /// <summary>
    /// Whether a multi-line text can be written as a literal block (<c>|</c>) without loss: all characters are visible, and no line consists of, or ends with, white
    /// space that readers and editors treat differently.
    /// </summary>
    public static bool IsBlock(string text)
    {
        var content = text.AsSpan().TrimEnd('\n');
        if (content.IsEmpty || content[^1] is ' ' or '\t' || !text.Contains('\n')) return false;
        foreach (var line in content.Split('\n'))
        {
            var span = content[line];
            if (!span.IsEmpty && span.Trim(" \t").IsEmpty) return false;
            while (span.IndexOf('\t') is var tab and >= 0)
            {
                if (!IsShown(span[..tab])) return false;
                span = span[(tab + 1)..];
            }
            if (!IsShown(span)) return false;
        }
        return true;
    }

    /// <summary>The text in quotes, on one line. Invisible characters and line breaks are escaped.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    /// <summary>Appends the text in quotes, on one line.</summary>
    public static void AppendQuoted(StringBuilder written, string text)
    {
        // Single quotes make JSON and regular expressions easier to read, without a backslash before every quote.
        if (text.AsSpan().IndexOfAny('"', '\\') >= 0 && !text.Contains('\'') && IsShown(text))
        {
            written.Append('\'').Append(text).Append('\'');
            return;
        }
        written.Append('"');
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var plain = rest.IndexOfAnyExcept(Harmless);
            // What is harmless outside of quotes may not be inside.
            var end = plain < 0 ? rest.Length : plain;
            AppendEscaped(written, rest[..end]);
            rest = rest[end..];
            if (rest.IsEmpty) break;
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (status == OperationStatus.Done && IsShown(rune)) written.Append(rest[..length]);
            else AppendEscape(written, status == OperationStatus.Done ? rune.Value : rest[0]);
            rest = rest[length..];
        }
        written.Append('"');
    }

    /// <summary>
    /// A JSON number with its digits as written. Exponents get a point and a sign: YAML 1.1 takes <c>1e3</c> for a text and <c>1.0e+3</c> for a number.
    /// </summary>
    public static string Number(string json)
    {
        var power = json.AsSpan().IndexOfAny('e', 'E');
        if (power < 0) return json;
        var (digits, exponent) = (json[..power], json[(power + 1)..]);
        return $"{digits}{(digits.Contains('.') ? "" : ".0")}e{(exponent[0] is '+' or '-' ? "" : "+")}{exponent}";
    }

    private static void AppendEscaped(StringBuilder written, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny('"', '\\') is var at and >= 0)
        {
            written.Append(text[..at]).Append('\\').Append(text[at]);
            text = text[(at + 1)..];
        }
        written.Append(text);
    }

    // Use the escapes that YAML and JSON have in common, where possible.
    private static void AppendEscape(StringBuilder written, int code)
    {
        _ = code switch
        {
            '\n' => written.Append("\\n"),
            '\r' => written.Append("\\r"),
            '\t' => written.Append("\\t"),
            '\b' => written.Append("\\b"),
            '\f' => written.Append("\\f"),
            <= 0xFFFF => written.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}"),
            _ => written.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}"),
        };
    }

    private static bool IsShown(ReadOnlySpan<char> text)
    {
        // Printable ASCII, the normal case.
        if (text.IndexOfAnyExceptInRange(' ', '~') is var odd && odd < 0) return true;
        for (text = text[odd..]; !text.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || !IsShown(rune)) return false;
            text = text[length..];
        }
        return true;
    }

    // False for everything that readers may drop or people cannot see: controls, line breaks, byte order marks, zero-width and direction characters, unusual spaces.
    private static bool IsShown(Rune rune) => rune.Value is >= ' ' and <= '~' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
