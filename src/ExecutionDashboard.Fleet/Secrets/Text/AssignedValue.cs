using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>The value that a text assigns to a secret name, and its replacement.</summary>
/// <param name="Start">Start of the replaced range.</param>
/// <param name="End">End of the range; equal to <paramref name="Start"/> when nothing is masked.</param>
/// <param name="Hidden">The replacement.</param>
internal readonly partial record struct AssignedValue(int Start, int End, string Hidden)
{
    private const int LongestStatement = 2000;
    private const int LongestPart = 512;
    private const int LongestLine = 2000;

    // Words about a secret that are not the secret.
    private static readonly string[] Said =
        ["expired", "invalid", "missing", "required", "none", "null", "true", "false", "yes", "no", "ok", "failed", "denied", "unauthorized", "rejected", "empty", "unset", "enabled", "disabled", "not", "is", "was", "has", "unknown", "valid", "refreshed", "rotated", "error", "nil", "undefined", "~", "loaded", "unchanged", "changed"];

    // Authentication methods: auth=basic.
    private static readonly string[] Methods = ["basic", "plain", "oauth", "oauth2", "digest", "mtls", "ntlm", "kerberos", "sasl", "ldap", "saml", "oidc"];

    /// <summary>Finds the value after a name and its operator.</summary>
    public static AssignedValue Of(string text, AssignedName name, NameFacts facts)
    {
        var start = name.ValueStart;
        var sign = name.SignIn(text);
        if (sign is "==" or "===" or "!=") return new(start, start, "");
        var first = start < text.Length ? text[start] : '\n';
        var isOpener = first is '{' or '[' && !text.AsSpan(start).StartsWith("{{");
        if (sign is ":" && (first is '\r' or '\n' or '|' or '>' or '"' or '\'' || (isOpener && IsEndOfLine(text, start + 1))) && Below(text, name.Start, start, facts) is { } below) return below;
        var quote = start;
        while (quote < text.Length && text[quote] == '\\') quote++;
        var isQuoted = quote < text.Length && text[quote] is '"' or '\'' or '`';
        // The quote ends the string that contains the name: "token: " + x.
        if (isQuoted && quote == start && IsInside(text, name.Sign, text[quote])) return new(start, start, "");
        if (sign is "=" or ":=" && first == '(') return Code(text, start, facts);
        if (sign is "=" or ":=" && IsCode(text, name, start, isQuoted)) return Code(text, start, facts);
        if (isQuoted) return Quoted(text, start, quote, facts);
        if (isOpener) return facts.IsContainer && first == '{' ? new(start, start, "") : Bracketed(text, start);
        return Bare(text, name, start, sign, facts);
    }

    private static bool IsEndOfLine(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t') at++;
        return at == text.Length || text[at] is '\r' or '\n';
    }

    /// <summary>The indented lines below a name: a block of text, a list, an object.</summary>
    private static AssignedValue? Below(string text, int name, int start, NameFacts facts)
    {
        // A value in quotes is complete on its own line.
        if (facts.Verdict == NameVerdict.Weak || (start < text.Length && text[start] is '"' or '\'' && SecretCode.EndOfLiteral(text, start) > 0)) return null;
        var end = start;
        while (end < text.Length && text[end] is not ('\r' or '\n')) end++;
        var value = text.AsSpan(start, end - start).Trim();
        var below = IndentedLines.EndBelow(text, name, end, listsCount: value.IsEmpty);
        if (below == end) return value.IsEmpty ? new(start, start, "") : null;
        // Members of auth or credentials are judged by their own names.
        if (facts.IsContainer && (value.IsEmpty || value[0] == '{') && IndentedLines.BeginWithName(text, end, below)) return new(start, start, "");
        // When the value is below the name, the colon has no space after it.
        return new(start, below, (text[start - 1] == ':' && value.IsEmpty ? " " : "") + SecretMask.Hidden);
    }

    // Code on the left (root.x, let x, meta x, a variable), or on the right an expression instead of a value.
    private static bool IsCode(string text, AssignedName name, int start, bool isQuoted)
    {
        var path = text.AsSpan(name.Start, name.Length);
        if (path.StartsWith("root.") || path.StartsWith("this.") || path.StartsWith("self.")) return true;
        var before = text.AsSpan(Math.Max(0, name.Start - 8), Math.Min(8, name.Start)).TrimEnd();
        if (before.EndsWith("let") || before.EndsWith("meta") || before.EndsWith("var") || before.EndsWith("const") || before.EndsWith("$") || before.EndsWith("@") || before.EndsWith("val")) return true;
        if (isQuoted)
        {
            var end = SecretCode.EndOfLiteral(text, start);
            return end > 0 && text.AsSpan(end + 1).TrimStart(" \t") is ['+' or '.', ..];
        }
        return Expression().IsMatch(text.AsSpan(start, Math.Min(80, text.Length - start)));
    }

    // Up to the end of the line, or of the open brackets.
    private static AssignedValue Code(string text, int start, NameFacts facts)
    {
        var (depth, end) = (0, start);
        var most = Math.Min(text.Length, start + LongestStatement);
        for (; end < most; end++)
        {
            if (text[end] is '"' or '\'' && SecretCode.EndOfLiteral(text, end) is > 0 and var close && close < most) end = close;
            else if (text[end] is '{' or '(' or '[') depth++;
            else if (text[end] is '}' or ')' or ']' && --depth < 0) break;
            else if (text[end] == '\n' && depth == 0 && !ContinuesBelow(text, end)) break;
        }
        return new(start, end, SecretCode.MaskLiterals(text[start..end], onlyOpaque: facts.Verdict < NameVerdict.Secret));
    }

    private static bool ContinuesBelow(string text, int end) => text.AsSpan(end).TrimStart() is ['.' or '|' or '+', ..] || text.AsSpan(0, end).TrimEnd() is [.., '|' or '+' or '='];

    private static AssignedValue Quoted(string text, int start, int quote, NameFacts facts)
    {
        var escape = quote - start;
        var end = quote + 1;
        for (; end < text.Length && text[end] is not ('\r' or '\n'); end++)
        {
            if (escape > 0 && text[end] == text[quote]) break;
            if (escape == 0 && text[end] == '\\') end++;
            else if (escape == 0 && text[end] == text[quote]) break;
        }
        end = Math.Min(end, text.Length);
        var last = escape > 0 ? Math.Max(quote + 1, text[..end].TrimEnd('\\').Length) : end;
        var value = text[(quote + 1)..last];
        return facts.Verdict == NameVerdict.Weak && !OpaqueValue.Is(value) ? new(start, start, "") : new(quote + 1, last, References.MaskSecret(value));
    }

    private static AssignedValue Bracketed(string text, int start)
    {
        var (depth, end) = (0, start);
        for (; end < text.Length && text[end] is not ('\r' or '\n'); end++)
        {
            if (text[end] is '[' or '{') depth++;
            else if (text[end] is ']' or '}' && --depth == 0)
            {
                end++;
                break;
            }
        }
        return text.AsSpan(start, end - start).Trim("[]{} ,").IsEmpty ? new(start, start, "") : new(start, end, SecretMask.Hidden);
    }

    private static AssignedValue Bare(string text, AssignedName name, int start, ReadOnlySpan<char> sign, NameFacts facts)
    {
        var end = EndOfWord(text, start);
        var word = text.AsSpan(start, end - start);
        if (word.IsEmpty) return new(start, start, "");
        if (facts.Verdict == NameVerdict.Weak || facts.Verdict == NameVerdict.Plain) return OpaqueValue.Is(word) ? Hide(text, start, end) : new(start, start, "");
        // tokens=512 is a count.
        if (facts.Verdict == NameVerdict.Secrets && word.IndexOfAnyExceptInRange('0', '9') < 0) return new(start, start, "");
        if (EndOfPart(text, name.Start, start) is var part && part > end) return Hide(text, start, part);
        var isFirst = IsFirstInLine(text, name.Start);
        if ((facts.IsHeaderOfSchemes && !(facts.IsCookie && IsProse(text, word, end, sign))) || (isFirst && facts.IsPassword && !facts.IsCookie && (sign is ":" || text[start - 1] == ' ') && !NextIsSetting(text, end))) return Hide(text, start, EndOfLine(text, name.Start, start));
        if (IsScheme(word) && EndOfWord(text, SkipBlanks(text, end)) is var second && second > end && IsAfterScheme(text.AsSpan(end, second - end).Trim())) return Hide(text, start, second);
        if (facts.IsContainer && Array.IndexOf(Methods, word.TrimEnd(",.").ToString()) >= 0) return new(start, start, "");
        if (sign is ":" or "=" && IsProse(text, word, end, sign)) return new(start, start, "");
        return Hide(text, start, end);
    }

    private static AssignedValue Hide(string text, int start, int end)
    {
        var value = text[start..end];
        return new(start, end, References.MaskSecret(value));
    }

    // Neither the next setting nor a word: "jwt: token is malformed".
    private static bool IsAfterScheme(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.Contains('=')) return word.Length > 1 && word.IndexOf('=') >= word.Length - 2;
        foreach (var c in word)
            if (!char.IsAsciiLetterLower(c)) return true;
        return false;
    }

    private static bool IsInside(string text, int sign, char quote)
    {
        var before = text.AsSpan(Math.Max(0, sign - LongestLine), Math.Min(sign, LongestLine));
        return before[(before.LastIndexOfAny('\r', '\n') + 1)..].Count(quote) % 2 == 1;
    }

    private static int EndOfWord(string text, int start)
    {
        var i = start;
        for (; i < text.Length; i++)
        {
            if (text[i] is '$' or '{' && References.EndOf(text, i, out _) is > 0 and var reference)
            {
                i = reference - 1;
                continue;
            }
            if (char.IsWhiteSpace(text[i]) || text[i] is ';' or '&' or '"' or '\'' or '<' or '>' or '|' or '`' or '\\') break;
            if (text[i] == ',' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]) || IsNameAt(text, i + 1))) break;
        }
        while (i > start && text[i - 1] is ',' or ')' or ']' || (i > start && text[i - 1] == '}' && text.AsSpan(start, i - start).IndexOf('{') < 0)) i--;
        return i;
    }

    // user=x after a comma.
    private static bool IsNameAt(string text, int at)
    {
        var i = at;
        while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '-' or '.')) i++;
        return i > at && i < text.Length && text[i] is '=' or ':';
    }

    /// <summary>End of a connection string part, whose values may contain spaces; 0 when it is none.</summary>
    private static int EndOfPart(string text, int name, int start)
    {
        var end = start;
        var most = Math.Min(text.Length, start + LongestPart);
        while (end < most && text[end] is not (';' or '\r' or '\n' or '"' or '\'')) end++;
        var isLast = text.AsSpan(0, name).TrimEnd(' ') is [.., ';'];
        var isFollowed = end < text.Length && text[end] == ';' && IsSettingAt(text, end + 1);
        return isLast || isFollowed ? end : 0;
    }

    private static bool IsSettingAt(string text, int at)
    {
        var i = at;
        while (i < text.Length && i - at < 60 && (char.IsLetterOrDigit(text[i]) || text[i] is ' ' or '_' or '.' or '-')) i++;
        return i == text.Length || (i > at && text[i] == '=');
    }

    private static bool IsFirstInLine(string text, int name)
    {
        while (name > 0 && text[name - 1] is ' ' or '\t' or '-') name--;
        return name == 0 || text[name - 1] is '\n' or '\r';
    }

    private static bool NextIsSetting(string text, int end)
    {
        var rest = text.AsSpan(end);
        var line = rest.IndexOfAny('\r', '\n');
        return Setting().IsMatch(line < 0 ? rest : rest[..line]);
    }

    private static int EndOfLine(string text, int name, int start)
    {
        // In "Authorization: x" the quote around name and value ends it.
        var line = name;
        while (line > 0 && name - line < LongestLine && text[line - 1] is not ('\n' or '\r')) line--;
        var before = text.AsSpan(line, name - line);
        var end = start;
        for (; end < text.Length && text[end] is not ('\r' or '\n'); end++)
            if (text[end] is '"' or '\'' or '`' && before.Count(text[end]) % 2 == 1) break;
        while (end > start && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] == '\\')) end--;
        var comment = text.AsSpan(start, end - start).IndexOf(" #");
        return comment > 0 ? start + comment : end;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t') at++;
        return at;
    }

    private static bool IsScheme(ReadOnlySpan<char> word) => word.Equals("bearer", StringComparison.OrdinalIgnoreCase) || word.Equals("basic", StringComparison.OrdinalIgnoreCase)
        || word.Equals("token", StringComparison.OrdinalIgnoreCase) || word.Equals("apikey", StringComparison.OrdinalIgnoreCase) || word.Equals("digest", StringComparison.OrdinalIgnoreCase) || word.Equals("splunk", StringComparison.OrdinalIgnoreCase);

    // Words and no value: "auth: plain not supported", "token: expired".
    private static bool IsProse(string text, ReadOnlySpan<char> word, int end, ReadOnlySpan<char> sign)
    {
        word = word.TrimEnd(".,!?");
        foreach (var said in Said)
            if (word.Equals(said, StringComparison.OrdinalIgnoreCase)) return true;
        if (sign is not ":" || word.IsEmpty) return false;
        // "certificate: x509: signed by…"
        if (word[^1] == ':') return true;
        foreach (var c in word)
            if (!char.IsLetter(c) && c is not ('-' or '\'' or '(')) return false;
        for (var i = 1; i < word.Length; i++)
            if (char.IsUpper(word[i]) && char.IsLower(word[i - 1])) return false;
        var next = SkipBlanks(text, end);
        return next > end && next < text.Length && char.IsLetter(text[next]);
    }

    [GeneratedRegex("""^(?:(?:this|root|content|env|env_var|file|meta|metadata|json|if|match|var|deleted|nothing|now|uuid_v4|secret|secrets|os|process|System|getenv|self|null|true|false|not)(?![\w\-])\s{0,4}[.(\[{ ]|[A-Za-z_]\w{0,40}(?:\.\w{1,40}){0,6}\(|[@$!(]\(?[A-Za-z_]\w{0,40}(?:\.|\)|\s|$)|\[?"[^"]{0,200}"\s*[+,\]])""", RegexOptions.CultureInvariant)]
    private static partial Regex Expression();

    [GeneratedRegex("""(?<![\w.\-])[A-Za-z_][\w.\-]{0,60}=""", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();
}
