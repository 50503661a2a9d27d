using System.Text;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>A value of a condition.</summary>
/// <param name="Text">The text. In a pattern <c>*</c> is any number of characters, <c>\*</c> and <c>\\</c> are these characters themselves.</param>
/// <param name="IsPattern">Whether it is a pattern.</param>
public readonly record struct FilterValue(string Text, bool IsPattern = false)
{
    /// <summary>A text as it is.</summary>
    public static implicit operator FilterValue(string text) => new(text);

    /// <summary>Whether a text is this one, or matches the pattern; case does not matter.</summary>
    public bool Matches(string text) => IsPattern ? Glob(Text, text) : text.Equals(Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds literal text to a pattern.</summary>
    internal static void AppendLiteral(StringBuilder pattern, char character) => pattern.Append(character is '*' or '\\' ? "\\" : "").Append(character);

    // Goes back to the last star only, so it is never exponential.
    private static bool Glob(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
                continue;
            }
            var escaped = p + 1 < pattern.Length && pattern[p] == '\\' ? 1 : 0;
            if (p < pattern.Length && char.ToUpperInvariant(pattern[p + escaped]) == char.ToUpperInvariant(text[t]))
            {
                p += 1 + escaped;
                t++;
            }
            else if (star >= 0) (p, t) = (star + 1, ++mark);
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
