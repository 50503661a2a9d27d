namespace ExecutionDashboard.Fleet.Search;

/// <summary>
/// Which letters a name has, as 64 bits, whatever their case. A text cannot match a name that lacks one of its letters, neither as a part nor as initials: most names are ruled out by one
/// comparison.
/// </summary>
public static class NameLetters
{
    // The printable characters of ASCII with capital letters alone.
    private const char First = ' ', Last = '_';

    /// <summary>The letters of a name. One with letters beyond ASCII is never ruled out, because their case may be that of others.</summary>
    public static ulong Of(ReadOnlySpan<char> name)
    {
        var letters = 0UL;
        foreach (var letter in name)
        {
            if (!char.IsAscii(letter)) return ulong.MaxValue;
            letters |= Bit(letter);
        }
        return letters;
    }

    /// <summary>The letters that a name must have for a text to match it.</summary>
    public static ulong Needed(ReadOnlySpan<char> sought)
    {
        var letters = 0UL;
        foreach (var letter in sought)
            if (char.IsAscii(letter)) letters |= Bit(letter);
        return letters;
    }

    private static ulong Bit(char letter)
    {
        if (char.IsAsciiLetterLower(letter)) letter = char.ToUpperInvariant(letter);
        return letter is >= First and <= Last ? 1UL << (letter - First) : 0;
    }
}
