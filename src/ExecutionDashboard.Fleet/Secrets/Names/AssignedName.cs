namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>A name in a text that is followed by an assignment or comparison: <c>:</c>, <c>=</c>, <c>:=</c>, <c>=&gt;</c>, <c>-&gt;</c>, <c>==</c>, <c>!=</c>.</summary>
/// <param name="Start">Start of the name.</param>
/// <param name="Length">Length of the name; 0 when there is no further one.</param>
/// <param name="Sign">Start of the operator.</param>
/// <param name="ValueStart">Start of the value, after white space.</param>
internal readonly record struct AssignedName(int Start, int Length, int Sign, int ValueStart)
{
    private const int Longest = 200, LongestGap = 40;

    /// <summary>The next name whose operator is at an index or later.</summary>
    public static AssignedName Next(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            var found = text.AsSpan(at).IndexOfAny(':', '=', '>');
            if (found < 0) break;
            at += found;
            var end = EndOfSign(text, at, out var start);
            var (name, length) = Before(text, start);
            if (length > 0)
            {
                var value = end;
                while (value < text.Length && value - end < LongestGap && text[value] is ' ' or '\t') value++;
                return new(name, length, start, value);
            }
            at = end - 1;
        }
        return default;
    }

    /// <summary>The name; of a path its last part, or the last two when the second says more, as in <c>auth.key</c>.</summary>
    public ReadOnlySpan<char> In(string text)
    {
        var name = text.AsSpan(Start, Length).Trim('.');
        var dot = name.LastIndexOf('.');
        if (dot < 0) return name;
        var last = name[(dot + 1)..];
        if (last is not ("key" or "value")) return last;
        var parent = name[(name[..dot].LastIndexOf('.') + 1)..dot];
        return parent is "root" or "this" or "self" ? last : name[(dot - parent.Length)..];
    }

    /// <summary>The operator.</summary>
    public ReadOnlySpan<char> SignIn(string text)
    {
        var end = Sign + 1;
        while (end < text.Length && text[end] is '=' or '>') end++;
        return text.AsSpan(Sign, end - Sign);
    }

    /// <summary>Whether a character can be part of a name.</summary>
    public static bool IsNameSign(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';

    private static int EndOfSign(string text, int at, out int start)
    {
        start = at;
        if (text[at] == '>')
        {
            // An arrow; any other > assigns nothing.
            if (at > 0 && text[at - 1] == '-') start = at - 1;
            return at + 1;
        }
        if (text[at] == '=' && at > 0 && text[at - 1] == '!') start = at - 1;
        var end = at + 1;
        while (end < text.Length && end - at < 3 && text[end] == '=') end++;
        return end < text.Length && text[at] == '=' && end == at + 1 && text[end] == '>' ? end + 1 : end;
    }

    private static (int Start, int Length) Before(string text, int sign)
    {
        if (text[sign] == '>') return default;
        var end = sign;
        while (end > 0 && sign - end < LongestGap && text[end - 1] is ' ' or '\t') end--;
        if (end > 0 && text[end - 1] == ']') end--;
        if (end > 0 && text[end - 1] is '"' or '\'') end--;
        while (end > 0 && sign - end < LongestGap && text[end - 1] == '\\') end--;
        var start = end;
        while (start > 0 && end - start < Longest && IsNameSign(text[start - 1])) start--;
        // Too long for a name, or the name in ${NAME:default}, which is a reference.
        if (start == end || end - start == Longest || (start > 1 && text[start - 1] == '{' && text[start - 2] is '$' or '{')) return default;
        // Two words can be one name: "Shared Access Key", "API Token".
        var first = StartOfFirstWord(text, start, end);
        return (first, end - first);
    }

    private static int StartOfFirstWord(string text, int start, int end)
    {
        if (start < 2 || text[start - 1] != ' ' || !(text.AsSpan(start, end - start) is "Key" or "key" or "Password" or "password" or "Token" or "token" or "Secret" or "secret")) return start;
        var first = start - 1;
        while (first > 0 && start - first < Longest && IsNameSign(text[first - 1])) first--;
        return first == start - 1 || (first > 0 && text[first - 1] == '<') || text.AsSpan(first, start - 1 - first) is "let" or "meta" or "var" or "const" or "set" or "export" ? start : first;
    }
}
