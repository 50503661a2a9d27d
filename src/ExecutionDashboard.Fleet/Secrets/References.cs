using System.Text;
using ExecutionDashboard.Fleet.Secrets.Names;
using ExecutionDashboard.Fleet.Secrets.Text;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>
/// References to a secret: <c>${VAR}</c>, <c>${VAR:default}</c>, <c>${! env("X") }</c>, <c>{{ env }}</c>. The name in a reference is readable; its default, and the
/// text around it, are values like any other. A default ends at the first brace; <c>${{</c> is an escape and no reference.
/// </summary>
internal static class References
{
    // A limit, so that a text with many unfinished references does not take quadratic time.
    private const int LongestDefault = 8 * 1024;
    private const int LongestInterpolation = 4096;

    /// <summary>End of the reference that starts at an index, after its last brace; 0 when none does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Index of its <c>$</c> or <c>{{</c>.</param>
    /// <param name="def">Start of its default; 0 without one.</param>
    public static int EndOf(ReadOnlySpan<char> text, int at, out int def)
    {
        def = 0;
        var rest = text[at..];
        if (rest.StartsWith("${!")) return EndOfInterpolation(text, at + 3);
        if (rest.StartsWith("${"))
        {
            var i = at + 2;
            while (i < text.Length && IsNameSign(text[i])) i++;
            if (i == at + 2 || i == text.Length || char.IsDigit(text[at + 2])) return 0;
            if (text[i] == '}') return i + 1;
            if (text[i] != ':') return 0;
            var end = text.Slice(i, Math.Min(text.Length - i, LongestDefault)).IndexOf('}');
            if (end < 0) return 0;
            def = i + 1;
            return i + end + 1;
        }
        return rest.StartsWith("{{") ? EndOfTemplate(text, at + 2) : 0;
    }

    /// <summary>Masks a secret value: <see cref="SecretMask.Hidden"/>, or, when it contains references, only these remain.</summary>
    public static string MaskSecret(string value)
    {
        if (value.Length == 0) return value;
        var at = NextIn(value, 0);
        if (at < 0) return IsNothing(value) || (value.Contains(SecretMask.Hidden, StringComparison.Ordinal) && IsScheme(value)) ? value : SecretMask.Hidden;
        if (Around(value) is { } url) return url;
        var masked = new StringBuilder(value.Length);
        var copied = 0;
        while (at >= 0)
        {
            var end = EndOf(value, at, out var def);
            if (end == 0)
            {
                at = NextIn(value, at + 1);
                continue;
            }
            AppendLiteral(masked, value.AsSpan(copied, at - copied));
            AppendReference(masked, value, at, end, def, isSecret: true);
            copied = end;
            at = NextIn(value, end);
        }
        AppendLiteral(masked, value.AsSpan(copied));
        return masked.ToString();
    }

    /// <summary>Masks the defaults of references in a text when their name is secret, or when they look like a secret.</summary>
    public static string MaskDefaults(string text)
    {
        var at = text.IndexOf("${", StringComparison.Ordinal);
        if (at < 0) return text;
        StringBuilder? masked = null;
        var copied = 0;
        for (; at >= 0; at = text.IndexOf("${", at, StringComparison.Ordinal))
        {
            // An interpolation has no default; its code is masked as code.
            if (text.AsSpan(at).StartsWith("${!"))
            {
                at += 3;
                continue;
            }
            // ${{A:x}} is an escape for the text ${A:x}: no reference, but its default may be a secret.
            var begin = text.AsSpan(at).StartsWith("${{") ? at + 1 : at;
            var end = begin > at ? EndOfEscaped(text, begin + 1, out var def) : EndOf(text, at, out def);
            if (end == 0 || def == 0)
            {
                at = end == 0 ? at + 2 : end;
                continue;
            }
            var name = text.AsSpan(begin + 1, def - begin - 2).TrimStart('{');
            var value = text.AsSpan(def, end - def - 1);
            var isNamed = NameFacts.Of(name).Verdict != NameVerdict.Plain;
            if (value.IsEmpty || IsHidden(value) || !(isNamed || OpaqueValue.Is(value)))
            {
                at = end;
                continue;
            }
            (masked ??= new StringBuilder(text.Length)).Append(text, copied, def - copied).Append(SecretMask.Hidden);
            copied = end - 1;
            // The rest of a default that contains a brace.
            if (begin == at && EndOfRest(text, end) is var rest && rest > end)
            {
                masked.Append('}').Append(SecretMask.Hidden);
                copied = rest;
            }
            at = Math.Max(end, copied);
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    // A secret with a brace continues after the reference, up to its own closing brace.
    private static int EndOfRest(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) || text[i] is '"' or '\'' or '{' or '$') return from;
            if (text[i] == '}') return i + 1;
        }
        return from;
    }

    private static int EndOfEscaped(ReadOnlySpan<char> text, int brace, out int def)
    {
        def = 0;
        var i = brace + 1;
        while (i < text.Length && IsNameSign(text[i])) i++;
        if (i >= text.Length || text[i] != ':') return 0;
        var end = text.Slice(i, Math.Min(text.Length - i, LongestDefault)).IndexOf('}');
        if (end < 0) return 0;
        def = i + 1;
        return i + end + 1;
    }

    private static void AppendReference(StringBuilder masked, string value, int at, int end, int def, bool isSecret)
    {
        if (def > 0)
        {
            masked.Append(value, at, def - at);
            if (end - 1 > def) masked.Append(SecretMask.Hidden);
            masked.Append('}');
        }
        else if (value[at + 1] == '{' && value.AsSpan(at).StartsWith("${!") && isSecret)
            masked.Append(SecretCode.MaskLiterals(value[at..end]));
        else masked.Append(value, at, end - at);
    }

    private static void AppendLiteral(StringBuilder masked, ReadOnlySpan<char> literal)
    {
        if (literal.IsEmpty) return;
        if (IsHidden(literal) || IsScheme(literal)) masked.Append(literal);
        else masked.Append(SecretMask.Hidden);
    }

    /// <summary>A URL or connection string whose secrets are references: masked as text if nothing in it looks like a secret.</summary>
    private static string? Around(string value)
    {
        if (!value.Contains("://", StringComparison.Ordinal) && !value.Contains('=', StringComparison.Ordinal) && !value.Contains('@', StringComparison.Ordinal)) return null;
        var (without, copied) = (new StringBuilder(value.Length), 0);
        for (var at = NextIn(value, 0); at >= 0;)
        {
            var end = EndOf(value, at, out _);
            if (end > 0) without.Append(value, copied, at - copied).Append("x");
            at = NextIn(value, end > 0 ? copied = end : at + 1);
        }
        var rest = without.Append(value, copied, value.Length - copied).ToString();
        return OpaqueValue.Is(rest) ? null : UrlSecrets.IsUrl(rest) ? UrlSecrets.Mask(value) : ConnectionStrings.Is(rest) ? ConnectionStrings.Mask(value) : null;
    }

    private static int NextIn(string value, int from)
    {
        for (var i = from; i < value.Length - 1; i++)
        {
            var sign = value.AsSpan(i).IndexOfAny('$', '{');
            if (sign < 0) return -1;
            i += sign;
            if (i < value.Length - 1 && value[i + 1] == '{') return value[i] == '$' && i < value.Length - 2 && value[i + 2] == '{' && !value.AsSpan(i).StartsWith("${!") ? SkipEscape(value, i) : i;
        }
        return -1;
    }

    // ${{A:x}} contains plain text, in which no template may be found.
    private static int SkipEscape(string value, int at)
    {
        var end = value.IndexOf("}}", at, StringComparison.Ordinal);
        return end < 0 ? -1 : NextIn(value, end + 2);
    }

    private static int EndOfInterpolation(ReadOnlySpan<char> text, int from)
    {
        var (quoted, depth) = (false, 0);
        var most = Math.Min(text.Length, from + LongestInterpolation);
        for (var i = from; i < most; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (text[i] == '{' && !quoted) depth++;
            else if (text[i] == '}' && !quoted && depth-- == 0) return i + 1;
        }
        return 0;
    }

    // {{ env "TOKEN" }}, {{ .Values.token }}: names only; anything else could contain a default.
    private static int EndOfTemplate(ReadOnlySpan<char> text, int from)
    {
        const int longest = 200;
        var words = 0;
        for (var i = from; i < text.Length && i < from + longest; i++)
        {
            if (text[i] == '}') return words is 1 or 2 && i + 1 < text.Length && text[i + 1] == '}' ? i + 2 : 0;
            if (char.IsWhiteSpace(text[i]) || text[i] is '"' or '\\') continue;
            if (!IsTemplateSign(text[i])) return 0;
            if (i == from || !IsTemplateSign(text[i - 1])) words++;
        }
        return 0;
    }

    private static bool IsTemplateSign(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';

    private static bool IsNameSign(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';

    private static bool IsHidden(ReadOnlySpan<char> text) => text.Trim().Trim("\"'\\").SequenceEqual(SecretMask.Hidden);

    private static bool IsNothing(ReadOnlySpan<char> text) => text.Trim().Trim("\"'\\").IsEmpty || IsHidden(text);

    /// <summary>Whether a text before or between secrets is harmless: <c>Bearer </c>, <c>:</c>.</summary>
    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        var word = text.Trim().Trim("\"'\\,:@");
        if (word.EndsWith(SecretMask.Hidden)) word = word[..^SecretMask.Hidden.Length].TrimEnd();
        return word.IsEmpty || (word.Length <= 16 && (word.Equals("bearer", StringComparison.OrdinalIgnoreCase) || word.Equals("basic", StringComparison.OrdinalIgnoreCase)
            || word.Equals("token", StringComparison.OrdinalIgnoreCase) || word.Equals("apikey", StringComparison.OrdinalIgnoreCase) || word.Equals("digest", StringComparison.OrdinalIgnoreCase)
            || word.Equals("splunk", StringComparison.OrdinalIgnoreCase) || word.Equals("negotiate", StringComparison.OrdinalIgnoreCase) || word.Equals("key", StringComparison.OrdinalIgnoreCase)));
    }
}
