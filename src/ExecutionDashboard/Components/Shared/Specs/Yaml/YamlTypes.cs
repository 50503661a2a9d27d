using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Components.Shared.Specs.Yaml;

/// <summary>
/// What a scalar of YAML means, as JSON. Expanso is written in Go, so it is what gopkg.in/yaml.v3 (3.0.1, <c>resolve.go</c>) reads into a value
/// without a type: <c>true</c> and <c>false</c> in three spellings each, but <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> are texts; <c>0x1F</c>,
/// <c>0b11</c>, <c>0o17</c> and also <c>017</c> are numbers of their base, <c>1_000</c> is a thousand, <c>12:30:45</c> is a text. Two things
/// differ, since JSON holds more numbers and fewer types than Go: numbers too large or too exact for Go stay numbers with all their digits, and
/// dates, <c>.inf</c> and <c>.nan</c> are texts as written.
/// </summary>
internal static partial class YamlTypes
{
    private const string Standard = "tag:yaml.org,2002:";

    /// <summary>The JSON of a plain scalar without a tag; null when it is a text.</summary>
    public static string? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        _ => Number(text),
    };

    /// <summary>The value of a tagged scalar: its JSON, or a text when that is null.</summary>
    /// <param name="tag">The tag with <c>!!</c> expanded.</param>
    /// <param name="text">The scalar.</param>
    /// <exception cref="FormatException">The scalar is not of the tag's type.</exception>
    public static (string? Json, string Text) Tagged(string tag, string text)
    {
        if (!tag.StartsWith(Standard, StringComparison.Ordinal)) return (null, text);
        var kind = tag[Standard.Length..];
        var plain = Plain(text);
        return kind switch
        {
            "null" => (plain == "null" ? plain : throw Odd(), text),
            // With the bool tag, the words of YAML 1.1 are accepted.
            "bool" => (plain is "true" or "false" ? plain : Truth(text) ?? throw Odd(), text),
            "int" => (plain is not null && Whole().IsMatch(plain) ? plain : throw Odd(), text),
            "float" when text.TrimStart('+', '-').ToUpperInvariant() is ".INF" or ".NAN" => (null, text),
            "float" => (plain is not (null or "null" or "true" or "false") ? plain : throw Odd(), text),
            "binary" => (null, Binary(text)),
            _ => (null, text),
        };

        FormatException Odd() => new($"the value is not what its tag !!{kind} says");
    }

    private static string? Truth(string text) => text.ToUpperInvariant() switch
    {
        "Y" or "YES" or "ON" => "true",
        "N" or "NO" or "OFF" => "false",
        _ => null,
    };

    // JSON has no bytes: bytes that are UTF-8 text become a text, others stay encoded.
    private static string Binary(string text)
    {
        var written = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(written));
        }
        catch (ArgumentException)
        {
            return written;
        }
        catch (FormatException)
        {
            throw new FormatException("the value is not base64, as its tag !!binary says");
        }
    }

    private static string? Number(string text)
    {
        if (!(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.')) return null;
        // Go does not accept separators before the point.
        var digits = text[0] == '.' ? text : text.Replace("_", "", StringComparison.Ordinal);
        var sign = digits.StartsWith('-') ? "-" : "";
        var unsigned = digits[(digits.Length > 0 && digits[0] is '+' or '-' ? 1 : 0)..];
        if (unsigned.Length > 1 && unsigned[0] == '0')
        {
            var whole = (unsigned[1] | 0x20) switch { 'x' => OfBase(16, unsigned[2..]), 'o' => OfBase(8, unsigned[2..]), 'b' => OfBase(2, unsigned[2..]), _ => OfBase(8, unsigned[1..]) };
            if (whole is { } value && (sign.Length == 0 || value <= 1UL << 63)) return sign + value.ToString(CultureInfo.InvariantCulture);
        }
        if (Decimal().Match(unsigned) is not { Success: true } match) return null;
        var (before, after) = (match.Groups["whole"].Value.TrimStart('0'), match.Groups["part"].Value);
        return $"{sign}{(before.Length > 0 ? before : "0")}{(after.Length > 0 ? "." : "")}{after}{match.Groups["power"].Value}";
    }

    private static ulong? OfBase(uint radix, string digits)
    {
        if (digits.Length == 0) return null;
        var value = 0UL;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || Convert.ToUInt32(digit.ToString(), 16) is var d && d >= radix || value > (ulong.MaxValue - d) / radix) return null;
            value = value * radix + d;
        }
        return value;
    }

    [GeneratedRegex(@"^(?:(?<whole>[0-9]+)(?:\.(?<part>[0-9]*))?|\.(?<part>[0-9]+))(?<power>[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^-?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
