namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Recognises generated texts and strong passwords.</summary>
internal static class OpaqueValue
{
    private const int Shortest = 8;

    /// <summary>
    /// Whether a part of a text mixes letters and digits unlike words, hosts, dates, versions or durations do: <c>S3cr3tQq77</c>, but not <c>topic-12</c>,
    /// <c>eu-west-1a</c>, <c>2026-01-01T00:00:00Z</c> or <c>sha256</c>. A UUID is an id and does not count.
    /// </summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (Guid.TryParseExact(text, "D", out _)) return false;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i])) continue;
            if (i - start >= Shortest && IsMixed(text[start..i])) return true;
            start = i + 1;
        }
        return false;
    }

    // Letters and digits alternate at least twice. So they do in 20260101T120000Z, which is a time.
    private static bool IsMixed(ReadOnlySpan<char> part)
    {
        var (changes, letters, digits) = (0, 0, 0);
        for (var i = 0; i < part.Length; i++)
        {
            if (char.IsDigit(part[i])) digits++;
            else letters++;
            if (i > 0 && char.IsDigit(part[i]) != char.IsDigit(part[i - 1])) changes++;
        }
        if (letters <= 2 && digits > 3 * letters && part[^1] is 'Z' or 'z') return false;
        return changes >= 2 || (changes == 1 && letters > 0 && HasBothCases(part) && part.Length >= 16);
    }

    private static bool HasBothCases(ReadOnlySpan<char> part)
    {
        var (upper, lower) = (0, 0);
        for (var i = 1; i < part.Length; i++)
            if (char.IsUpper(part[i])) upper++;
            else if (char.IsLower(part[i])) lower++;
        return upper > 1 && lower > 1;
    }
}
