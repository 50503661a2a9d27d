using System.Text;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Value lists in code whose names are elsewhere: the columns of an insert.</summary>
internal static class CodeLists
{
    /// <summary>Masks the literals at some positions of a list, such as <c>"bob", "x"</c>, up to its closing bracket.</summary>
    /// <param name="values">The list from its first value on; text after it is kept.</param>
    /// <param name="secret">For each position whether it holds a secret.</param>
    public static string MaskAt(string values, bool[] secret)
    {
        StringBuilder? masked = null;
        var (place, depth, copied) = (0, 0, 0);
        for (var i = 0; i < values.Length && place < secret.Length; i++)
        {
            var sign = values[i];
            if (sign is '(' or '[' or '{') depth++;
            else if (sign is ')' or ']' or '}' && depth-- == 0) break;
            else if (sign == ',' && depth == 0) place++;
            if (sign is not ('"' or '\'' or '`')) continue;
            var end = SecretCode.EndOfLiteral(values, i);
            if (end < 0) break;
            if (depth == 0 && secret[place] && end > i + 1)
            {
                (masked ??= new StringBuilder(values.Length)).Append(values, copied, i + 1 - copied).Append(SecretMask.Hidden);
                copied = end;
            }
            i = end;
        }
        return masked is null ? values : masked.Append(values, copied, values.Length - copied).ToString();
    }
}
