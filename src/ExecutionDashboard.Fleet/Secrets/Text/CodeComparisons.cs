using System.Text;
using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Literals that a secret is compared with: <c>this.token != "x"</c>, <c>"x" == meta("Authorization")</c>.</summary>
internal static class CodeComparisons
{
    private const int LongestOperand = 200;

    /// <summary>Masks the literals.</summary>
    public static string Mask(string code)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var at = NextIn(code, 0); at >= 0; at = NextIn(code, at + 2))
        {
            var (left, right) = (at, at + 2);
            while (left > 0 && code[left - 1] is ' ' or '\t') left--;
            while (right < code.Length && code[right] is '=' or ' ' or '\t') right++;
            if (left == 0 || right >= code.Length) continue;
            int start, end;
            if (IsQuote(code[right]) && IsSecret(OperandBefore(code, left), code, right + 1, end = SecretCode.EndOfLiteral(code, right))) start = right + 1;
            else if (IsQuote(code[left - 1]) && StartOfLiteral(code, left - 1) is >= 0 and var open && IsSecret(OperandAfter(code, right), code, open + 1, end = left - 1)) start = open + 1;
            else continue;
            if (start < copied) continue;
            (masked ??= new StringBuilder(code.Length)).Append(code, copied, start - copied).Append(SecretMask.Hidden);
            copied = end;
        }
        return masked is null ? code : masked.Append(code, copied, code.Length - copied).ToString();
    }

    private static int NextIn(string code, int from)
    {
        for (var i = from; i < code.Length - 1; i++)
        {
            var sign = code.AsSpan(i).IndexOfAny('=', '!');
            if (sign < 0) return -1;
            i += sign;
            if (i < code.Length - 1 && code[i + 1] == '=') return i;
        }
        return -1;
    }

    private static bool IsSecret(ReadOnlySpan<char> name, string code, int start, int end)
    {
        if (end <= start || name.IsEmpty) return false;
        var literal = code.AsSpan(start, end - start);
        if (literal.Contains(SecretMask.Hidden, StringComparison.Ordinal) || literal.StartsWith("${")) return false;
        var facts = NameFacts.Of(name);
        return facts.Verdict >= NameVerdict.Secret || ((facts.Verdict == NameVerdict.Weak || facts.IsSecretHeader || facts.IsKey) && OpaqueValue.Is(literal));
    }

    /// <summary>Name at the end of an operand: the last part of a path, or the argument of a call.</summary>
    private static ReadOnlySpan<char> OperandBefore(string code, int end)
    {
        var least = Math.Max(0, end - LongestOperand);
        while (true)
        {
            // meta("X-Api-Key"), this."X-Api-Key"
            while (end > least && code[end - 1] is ')' or '"' or '\'' or ']' or '(') end--;
            var start = end;
            while (start > least && IsNameSign(code[start - 1])) start--;
            // token.string(): the name is before the call.
            if (start - 1 <= least || code[start - 1] != '.' || end >= code.Length || code[end] != '(') return code.AsSpan(start, end - start);
            end = start - 1;
        }
    }

    private static ReadOnlySpan<char> OperandAfter(string code, int start)
    {
        var most = Math.Min(code.Length, start + LongestOperand);
        var (name, end) = (start, start);
        for (; end < most && (IsNameSign(code[end]) || code[end] is '.' or '(' or '"' or '\'' or '@' or '$'); end++)
            if (!IsNameSign(code[end])) name = IsNameSign(code[Math.Min(end + 1, code.Length - 1)]) ? end + 1 : name;
        while (end > name && !IsNameSign(code[end - 1])) end--;
        return end > name ? code.AsSpan(name, end - name) : default;
    }

    private static int StartOfLiteral(string code, int end)
    {
        for (var i = end - 1; i >= 0 && i > end - LongestOperand * 4 && code[i] is not ('\r' or '\n'); i--)
            if (code[i] == code[end]) return i;
        return -1;
    }

    private static bool IsNameSign(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';

    private static bool IsQuote(char c) => c is '"' or '\'' or '`';
}
