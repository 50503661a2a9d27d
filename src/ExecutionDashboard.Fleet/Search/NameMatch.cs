using System.Numerics;

namespace ExecutionDashboard.Fleet.Search;

/// <summary>Compares a typed text with a name. Case does not matter. Without allocation, because a fleet has a hundred thousand names.</summary>
public static class NameMatch
{
    // One bit for each letter of the text, and one for its end.
    private const int LongestInitials = 62;

    /// <summary>How well a text matches a name. An empty text matches nothing.</summary>
    public static MatchQuality Of(ReadOnlySpan<char> sought, ReadOnlySpan<char> name)
    {
        if (sought.Length == 0 || sought.Length > name.Length) return MatchQuality.None;
        var at = name.IndexOf(sought, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return sought.Length is > 1 and <= LongestInitials && MatchesInitials(sought, name) ? MatchQuality.Initials : MatchQuality.None;
        if (at == 0) return sought.Length == name.Length ? MatchQuality.Whole : MatchQuality.Start;
        while (at >= 0)
        {
            if (StartsWord(name, at)) return MatchQuality.WordStart;
            var next = name[(at + 1)..].IndexOf(sought, StringComparison.OrdinalIgnoreCase);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return MatchQuality.Inside;
    }

    /// <summary>The better match of a text with two names of one thing.</summary>
    public static MatchQuality Best(ReadOnlySpan<char> sought, string name, string other)
    {
        var quality = Of(sought, name);
        if (quality == MatchQuality.Whole || ReferenceEquals(name, other)) return quality;
        var second = Of(sought, other);
        return second > quality ? second : quality;
    }

    // A bit stands for the letters matched so far; each word may add some, from its first on.
    private static bool MatchesInitials(ReadOnlySpan<char> sought, ReadOnlySpan<char> name)
    {
        ulong reached = 1;
        for (var at = 0; at < name.Length; at++)
        {
            if (!StartsWord(name, at)) continue;
            for (var left = reached; left != 0; left &= left - 1)
            {
                var from = BitOperations.TrailingZeroCount(left);
                for (var i = 0; from + i < sought.Length && at + i < name.Length && (i == 0 || !StartsWord(name, at + i)); i++)
                {
                    if (char.ToUpperInvariant(sought[from + i]) != char.ToUpperInvariant(name[at + i])) break;
                    reached |= 1UL << (from + i + 1);
                }
            }
        }
        return (reached >> sought.Length & 1) != 0;
    }

    private static bool StartsWord(ReadOnlySpan<char> name, int at)
    {
        var now = name[at];
        if (!char.IsLetterOrDigit(now)) return false;
        if (at == 0) return true;
        var before = name[at - 1];
        return !char.IsLetterOrDigit(before) || char.IsDigit(now) != char.IsDigit(before) || (char.IsUpper(now) && char.IsLower(before));
    }
}
