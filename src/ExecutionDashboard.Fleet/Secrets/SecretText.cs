using System.Text;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Fleet;

/// <summary>Secrets in plain text: names with values, over one line or over the indented lines below, flags, and pairs of a name and a value.</summary>
internal static partial class SecretText
{
    /// <summary>Hides the values of secret names in a text; what only refers to a secret stays.</summary>
    public static string Mask(string text) => MaskFlags(Assignments(MaskPairs(text)));

    /// <summary>Whether a value has nothing to hide: empty, masked already, or only a reference to where the secret is.</summary>
    public static bool IsOpen(string value)
    {
        var trimmed = value.Trim().Trim('"', '\'', '\\').Trim();
        if (trimmed.EndsWith(',')) trimmed = trimmed.TrimEnd(',', '"', '\'', '\\');
        return trimmed.Length == 0 || trimmed == SecretMask.Hidden || Reference().IsMatch(trimmed);
    }

    private static string Assignments(string text)
    {
        if (text.AsSpan().IndexOfAny(':', '=', '>') < 0) return text;
        StringBuilder? masked = null;
        var copied = 0;
        // A value is passed over only under a secret name: the value of "host" in "host=db password=x" has the next name in it.
        for (var name = Name().Match(text); name.Success; name = name.NextMatch())
        {
            var start = name.Index + name.Length;
            if (start < copied || !SecretKeys.IsSecret(name.Groups["name"].ValueSpan)) continue;
            var value = Value().Match(text, start);
            var end = start + value.Length;
            var below = EndOfLinesBelow(
                text, name.Groups["name"].Index, end, listsCount: value.Value.AsSpan().Trim().IsEmpty, mayBeBelow: value.Value.AsSpan().Trim() is "" or [('|' or '>'), ..] or ['"' or '\'' or '{' or '[', ..]);
            if (below == end && IsOpen(value.Value)) continue;
            var quote = below == end && value.Length > 0 && value.Value[0] is '"' or '\'' ? value.Value[..1] : "";
            // A name with its value below has no space after its colon.
            var gap = text[start - 1] is ':' && value.Length == 0 ? " " : "";
            (masked ??= new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(gap).Append(quote).Append(SecretMask.Hidden).Append(quote);
            copied = below;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>
    /// The end of the lines below a name that are indented deeper than its line: a block of text, a list, an object. The
    /// end of the line itself where there are none.
    /// </summary>
    private static int EndOfLinesBelow(string text, int name, int end, bool listsCount, bool mayBeBelow)
    {
        if (end >= text.Length || text[end] is not ('\r' or '\n')) return end;
        var line = name;
        while (line > 0 && text[line - 1] is not '\n') line--;
        var first = line;
        while (first < name && text[first] is ' ' or '\t' or '-') first++;
        // A name further on in its line has its value below only when it has none, or the sign of a block, beside it.
        var isFirst = first == name || text[first] is '"' or '\'' or '\\';
        if (!isFirst && !mayBeBelow) return end;
        var (column, kept) = (first - line, end);
        for (var at = end; at < text.Length;)
        {
            var start = text.IndexOf('\n', at) + 1;
            if (start == 0) break;
            var content = start;
            while (content < text.Length && text[content] is ' ' or '\t') content++;
            var next = content;
            while (next < text.Length && text[next] is not ('\r' or '\n')) next++;
            if (next == content)
            {
                // An empty line belongs to what follows it.
                if (next >= text.Length) break;
                at = next;
                continue;
            }
            var isEntry = listsCount && content - start == column && text[content] == '-' && content + 1 < text.Length && text[content + 1] == ' ';
            if (content - start <= column && !isEntry) break;
            kept = at = next;
        }
        return kept;
    }

    private static string MaskPairs(string text) => !text.Contains("value", StringComparison.OrdinalIgnoreCase) && !text.Contains("default", StringComparison.OrdinalIgnoreCase) ? text : Pair().Replace(text, pair =>
        SecretKeys.IsSecret(pair.Groups["name"].ValueSpan) && !IsOpen(pair.Groups["value"].Value) ? pair.Groups["start"].Value + SecretMask.Hidden : pair.Value);

    private static string MaskFlags(string text)
    {
        if (!text.StartsWith('-') && !text.Contains(" -", StringComparison.Ordinal) && text.AsSpan().IndexOfAny("\t\n\"'`(=,[") < 0) return text;
        if (!text.Contains('-')) return text;
        text = User().Replace(text, user => IsOpen(user.Groups["value"].Value) ? user.Value : user.Groups["start"].Value + SecretMask.Hidden);
        return Flag().Replace(text, flag =>
            SecretKeys.IsSecret(flag.Groups["name"].ValueSpan) && !IsOpen(flag.Groups["value"].Value) ? flag.Groups["start"].Value + SecretMask.Hidden : flag.Value);
    }

    [GeneratedRegex("""(?<![\p{L}\p{N}_.\-])(?<name>[\p{L}\p{N}_.\-]+(?: [Kk]ey| [Pp]assword| [Tt]oken)?)\\*["']?[ \t]*(?::=|=>|->|==|[:=])[ \t]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    // A quoted value ends at its quote, any other at a separator that connection strings, queries and lines use.
    [GeneratedRegex("""\G(?:"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|[^;&\r\n]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Value();

    // name: DB_PASSWORD, value: x: on one line or on two.
    [GeneratedRegex("""(?<start>(?<![\p{L}\p{N}_.\-])(?:name|key|variable|header)\\*["']?[ \t]*[:=][ \t]*\\*["']?(?<name>[\p{L}\p{N}_.\-]{1,120})\\*["']?[ \t]*[,\r\n][\s]{0,80}\\*["']?(?:value|default)\\*["']?[ \t]*[:=][ \t]*\\*["']?)(?<value>[^"'\r\n]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pair();

    [GeneratedRegex("""(?<start>(?<![^\s"'`(=,\[])--?(?<name>[A-Za-z][A-Za-z0-9_.\-]*)["']?,?[ \t]+)(?<value>"(?:[^"\\\r\n]|\\.)*"?|'[^'\r\n]*'?|(?!-)[^\s;&|]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Flag();

    [GeneratedRegex("""(?<start>(?<![^\s"'`(])(?:-u|--user|--proxy-user)[ \t=]+["']?[^\s:"']+:)(?<value>[^\s"']+)""", RegexOptions.CultureInvariant)]
    private static partial Regex User();

    // Without a default: that of ${PASSWORD:hunter2} is the secret.
    [GeneratedRegex("""^(?:\$\{[A-Za-z_][A-Za-z0-9_.]*\}|\{\{\s*[A-Za-z_.][A-Za-z0-9_.]*(?:\s+"?[A-Za-z_][A-Za-z0-9_.]*"?)?\s*\}\})$""", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
