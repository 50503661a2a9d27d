using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>A part of a line in one colour.</summary>
/// <param name="Start">Start index.</param>
/// <param name="End">End index.</param>
/// <param name="Css">
/// CSS class: <c>t-name</c>, <c>t-text</c>, <c>t-number</c>, <c>t-word</c>, <c>t-sign</c>, <c>t-secret</c> or <c>t-reference</c>; empty for plain text.
/// </param>
public readonly record struct SpecToken(int Start, int End, string Css);

/// <summary>Syntax colours of spec lines. A line is tokenised when it is rendered.</summary>
public static class SpecColours
{
    /// <summary>Longest part of a line that is rendered; the rest is cut off with a note.</summary>
    public const int LongestLine = 2_000;

    /// <summary>Writes readable JSON strings.</summary>
    internal static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tokens of a line, in order, without gaps.</summary>
    public static IReadOnlyList<SpecToken> Of(SpecLine line, SpecSyntax syntax)
    {
        var text = line.Text.AsSpan(0, Math.Min(line.Text.Length, LongestLine));
        var tokens = new List<SpecToken>(4);
        if (line.IsText)
        {
            Values(text, 0, "t-text", tokens);
            return tokens;
        }
        var at = 0;
        while (at < text.Length && text[at] == ' ') at++;
        if (syntax == SpecSyntax.Yaml)
            while (at + 1 < text.Length && text[at] == '-' && text[at + 1] == ' ') at += 2;
        if (at > 0) tokens.Add(new(0, at, syntax == SpecSyntax.Yaml ? "t-sign" : ""));
        var name = syntax == SpecSyntax.Tree ? line.NameEnd : NameEnd(text, at, syntax);
        if (name > at)
        {
            tokens.Add(new(at, name, "t-name"));
            at = name;
            var sign = at;
            while (sign < text.Length && text[sign] is ':' or ' ') sign++;
            if (sign > at) tokens.Add(new(at, sign, "t-sign"));
            at = sign;
        }
        if (at < text.Length) Values(text, at, Kind(text[at..], syntax), tokens);
        return tokens;
    }

    private static int NameEnd(ReadOnlySpan<char> text, int at, SpecSyntax syntax)
    {
        var end = at;
        if (at < text.Length && text[at] is '"' or '\'')
        {
            for (end = at + 1; end < text.Length && text[end] != text[at]; end++)
                if (text[end] == '\\' && text[at] == '"') end++;
            end++;
            return end < text.Length && text[end] == ':' ? end : 0;
        }
        if (syntax == SpecSyntax.Json) return 0;
        var colon = text[at..].IndexOf(": ");
        if (colon < 0 && text.EndsWith(":")) colon = text.Length - at - 1;
        return colon < 0 ? 0 : at + colon;
    }

    private static string Kind(ReadOnlySpan<char> value, SpecSyntax syntax)
    {
        var bare = value.TrimEnd(',');
        if (bare is "true" or "false" or "null" or "{" or "}" or "[" or "]" or "{}" or "[]" or "|" or ">" or "|-" or "|+" or ">-") return bare is "true" or "false" or "null" ? "t-word" : "t-sign";
        if (bare.Length > 0 && (char.IsAsciiDigit(bare[0]) || (bare[0] == '-' && bare.Length > 1 && char.IsAsciiDigit(bare[1]))) && double.TryParse(bare, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _)) return "t-number";
        return syntax == SpecSyntax.Tree && value[0] != '"' ? "t-sign" : "t-text";
    }

    /// <summary>A value, with masked parts and references in their own colours.</summary>
    private static void Values(ReadOnlySpan<char> text, int from, string css, List<SpecToken> tokens)
    {
        var start = from;
        for (var at = from; at < text.Length; at++)
        {
            var (length, inner) = text[at] switch
            {
                '•' when text[at..].StartsWith("•••") => (3, "t-secret"),
                '$' when text[at..].StartsWith("${") && text[at..].IndexOf('}') is var end and > 0 => (end + 1, "t-reference"),
                _ => (0, ""),
            };
            if (length == 0) continue;
            if (at > start) tokens.Add(new(start, at, css));
            tokens.Add(new(at, at + length, inner));
            at += length - 1;
            start = at + 1;
        }
        if (start < text.Length) tokens.Add(new(start, text.Length, css));
    }
}
