using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>
/// Secrets in code: mappings, scripts, queries. Only literals are masked, and only where the code says what they are: arguments of functions that sign or encrypt,
/// values that a secret is compared with or set to, defaults for a missing one.
/// </summary>
internal static partial class SecretCode
{
    private const int LongestCall = 4000;
    private const int LongestLiteral = 8000;

    // Arguments of these functions are locations or formats, not values.
    private static readonly string[] TakesASecret = ["or", "catch", "string", "bytes", "concat", "apply", ""];

    // Methods with a default value, and comparisons.
    private static readonly SearchValues<string> Methods = SearchValues.Create([".or(", ".catch(", ".has_", ".contains(", ".equals("], StringComparison.Ordinal);

    /// <summary>Masks the secret literals of a text that may be code.</summary>
    public static string Mask(string text)
    {
        if (text.AsSpan().IndexOfAny('"', '\'', '`') < 0) return text;
        if (text.Contains('(', StringComparison.Ordinal))
        {
            text = MaskArguments(text);
            if (text.AsSpan().IndexOfAny(Methods) >= 0) text = Fallback().Replace(text, MaskFallback);
            if (text.Contains("encode", StringComparison.Ordinal)) text = UserEncoded().Replace(text, match => match.Groups["start"].Value + SecretMask.Hidden + match.Groups["end"].Value);
        }
        if (text.Contains("==", StringComparison.Ordinal) || text.Contains("!=", StringComparison.Ordinal)) text = CodeComparisons.Mask(text);
        if (text.Contains('+', StringComparison.Ordinal))
        {
            text = AfterScheme().Replace(text, match => match.Groups["start"].Value + MaskLiterals(match.Groups["rest"].Value));
            text = AfterUser().Replace(text, match => OpaqueValue.Is(match.Groups["value"].ValueSpan) ? match.Groups["start"].Value + SecretMask.Hidden + match.Groups["end"].Value : match.Value);
        }
        if (text.Contains('{', StringComparison.Ordinal) || text.Contains("=>", StringComparison.Ordinal) || text.Contains("let ", StringComparison.Ordinal))
            text = Result().Replace(text, match => OpaqueValue.Is(match.Groups["value"].ValueSpan) ? match.Groups["start"].Value + SecretMask.Hidden + match.Groups["end"].Value : match.Value);
        return text;
    }

    /// <summary>
    /// Masks the literals of an expression whose value is a secret. Names are kept: <c>env("X")</c>, <c>.decode("base64")</c>, the cases of a match, and compared
    /// values.
    /// </summary>
    /// <param name="code">The expression.</param>
    /// <param name="onlyOpaque">Only literals that look like a secret.</param>
    public static string MaskLiterals(string code, bool onlyOpaque = false)
    {
        StringBuilder? masked = null;
        var copied = 0;
        var calls = new Stack<string>();
        for (var i = 0; i < code.Length; i++)
        {
            var sign = code[i];
            if (sign == '(') calls.Push(NameBefore(code, i));
            else if (sign == ')') calls.TryPop(out _);
            if (sign is not ('"' or '\'' or '`')) continue;
            var end = EndOfLiteral(code, i);
            if (end < 0) break;
            var content = code.AsSpan(i + 1, end - i - 1);
            if (IsSecretIn(calls.Count > 0 ? calls.Peek() : "") && !IsOpen(content) && !IsPattern(code, i, end) && (!onlyOpaque || OpaqueValue.Is(content)))
            {
                (masked ??= new StringBuilder(code.Length)).Append(code, copied, i + 1 - copied).Append(SecretMask.Hidden);
                copied = end;
            }
            i = end;
        }
        return masked is null ? code : masked.Append(code, copied, code.Length - copied).ToString();
    }

    /// <summary>The closing quote of a literal; -1 when it is not in the same line, or the literal is too long for code.</summary>
    internal static int EndOfLiteral(string code, int start)
    {
        var most = Math.Min(code.Length, start + LongestLiteral);
        for (var i = start + 1; i < most; i++)
        {
            if (code[i] == '\\') i++;
            else if (code[i] == code[start]) return i;
            else if (code[i] is '\n' or '\r') return -1;
        }
        return -1;
    }

    private static string MaskArguments(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var call = Keyed().Match(text); call.Success; call = call.NextMatch())
        {
            var start = call.Index + call.Length;
            if (start < copied) continue;
            var end = EndOfCall(text, start);
            var inside = text[start..end];
            var hidden = MaskLiterals(inside);
            if (hidden == inside) continue;
            (masked ??= new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(hidden);
            copied = end;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static int EndOfCall(string text, int start)
    {
        var depth = 0;
        var most = Math.Min(text.Length, start + LongestCall);
        for (var i = start; i < most; i++)
        {
            if (text[i] is '"' or '\'' && EndOfLiteral(text, i) is > 0 and var end && end < most) i = end;
            else if (text[i] == '(') depth++;
            else if (text[i] == ')' && depth-- == 0) return i;
        }
        return most;
    }

    private static string MaskFallback(Match match) =>
        (OpaqueValue.Is(match.Groups["value"].ValueSpan) && match.Groups["method"].ValueSpan is "or" or "catch") || (NameFacts.Of(match.Groups["name"].ValueSpan).Verdict == NameVerdict.Secret && !IsOpen(match.Groups["value"].ValueSpan))
            ? match.Groups["start"].Value + SecretMask.Hidden + match.Groups["end"].Value : match.Value;

    private static string NameBefore(string code, int at)
    {
        var start = at;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_')) start--;
        return code[start..at];
    }

    private static bool IsSecretIn(string call) => Array.IndexOf(TakesASecret, call) >= 0 || KeyedName().IsMatch(call);

    // Not a secret: an algorithm, a scheme, masked text, separators.
    private static bool IsOpen(ReadOnlySpan<char> content) => content.Contains(SecretMask.Hidden, StringComparison.Ordinal) || content.IndexOfAnyInRange('0', 'z') < 0 || Known().IsMatch(content) || content.StartsWith("${");

    // A case of a match, an object key, or one side of a comparison.
    private static bool IsPattern(string code, int start, int end)
    {
        var after = code.AsSpan(end + 1).TrimStart();
        if (after.StartsWith("=>") || after.StartsWith("==") || after.StartsWith("!=") || after.StartsWith(":")) return true;
        var before = code.AsSpan(0, start).TrimEnd();
        return before.EndsWith("==") || before.EndsWith("!=");
    }

    [GeneratedRegex("""^(?:hash|hmac\w{0,20}|sign\w{0,20}|(?:parse|verify|create)_?jwt\w{0,20}|(?:en|de)crypt\w{0,20})$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex KeyedName();

    [GeneratedRegex("""(?<![\w])(?:hash|hmac\w{0,20}|sign\w{0,20}|(?:parse|verify|create|encode|decode)_?jwt\w{0,20}|(?:en|de)crypt\w{0,20}|aes_\w{1,20}|pgp_sym_\w{1,20}|compare_\w{1,20}|crypt|create_?(?:hmac|cipheriv|decipheriv|secret_?key)|pbkdf2\w{0,20}|scrypt|hkdf|new_?hmac|login|authenticate|set_?password|basic_?auth)\s{0,4}\(""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Keyed();

    [GeneratedRegex("""^(?:hmac[_\-]?)?(?:sha[_\-]?\d+(?:[_\-]\d+)?|md5|crc32|xxhash\d*|fnv32|blake\w*|murmur\w*)$|^(?:(?:aes|des3?|rsa)[_\-]?)?(?:\d{3}[_\-])?(?:ctr|gcm|cbc|ofb|cfb|ecb|iv|oaep|pkcs\d\w*)$|^(?:[HREP]S\d{3}|EdDSA|none)$|^(?:base64\w*|hex|utf-?8|ascii85|ascii|latin1|binary|z85|crc|IEEE)$|^(?:bearer|basic|token|apikey|digest|splunk|key|negotiate)\s*$|^(?:%[svdq]|[^\p{L}\p{N}%])+$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Known();

    // env("DB_PASSWORD").or("x"), this.token.catch("x")
    [GeneratedRegex("""(?<start>(?<name>(?<![\w\-])[\w\-]{1,80})["')\]]{0,3}(?:\.string\(\)|\.not_empty\(\)|\.not_null\(\))?\.(?<method>or|catch|has_prefix|has_suffix|contains|equals)\(\s*["'])(?<value>[^"'\\\r\n]{1,500})(?<end>["'])""", RegexOptions.CultureInvariant)]
    private static partial Regex Fallback();

    [GeneratedRegex("""(?<start>["'][^"':\\\s]{1,64}:)(?!•••)[^"'\\\r\n]{1,200}(?<end>["']\)?\.encode\(\s*["']base64)""", RegexOptions.CultureInvariant)]
    private static partial Regex UserEncoded();

    [GeneratedRegex("""(?<start>["'](?:[Bb]earer|[Bb]asic|[Tt]oken|[Aa]pi-?[Kk]ey|[Ss]plunk|AccessKey|SharedKey|Key) ?["']\s{0,4}\+)(?<rest>[^\r\n]{1,2000})""", RegexOptions.CultureInvariant)]
    private static partial Regex AfterScheme();

    // "bob:" + "x"
    [GeneratedRegex("""(?<start>["'][\w.@\-]{1,64}:["']\s{0,4}\+\s{0,4}["'])(?<value>[^"'\\\r\n]{1,500})(?<end>["'])""", RegexOptions.CultureInvariant)]
    private static partial Regex AfterUser();

    // else { "x" }, _ => "x", let key = "x"
    [GeneratedRegex("""(?<start>(?:\{\s{0,20}|=>\s{0,20}|(?<!\w)let\s{1,4}\w{1,60}\s{0,4}=\s{0,4})["'])(?<value>[^"'\\\r\n]{8,500})(?<end>["'](?!\s{0,4}[:.+,\[]))""", RegexOptions.CultureInvariant)]
    private static partial Regex Result();
}
