namespace ExecutionDashboard.Fleet;

/// <summary>
/// Sorts names as people do: numbers by value, so that edge-2 comes before edge-10, and letters without regard to case. Names that are equal so far (edge-2 and
/// Edge-02) are sorted by their characters, so only equal texts compare as equal. A total order, without allocation.
/// </summary>
public sealed class NaturalOrder : IComparer<string>
{
    private NaturalOrder()
    {
    }

    /// <summary>The order.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (ReferenceEquals(x, y)) return 0;
        if (x is null || y is null) return x is null ? -1 : 1;
        var order = CompareNames(x, y);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static int CompareNames(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        while (true)
        {
            var same = x.CommonPrefixLength(y);
            // A number that starts before the first difference is compared from its start.
            var start = same;
            while (start > 0 && char.IsAsciiDigit(x[start - 1])) start--;
            var (xDigit, yDigit) = (same < x.Length && char.IsAsciiDigit(x[same]), same < y.Length && char.IsAsciiDigit(y[same]));
            if ((xDigit || yDigit) && (start < same || (xDigit && yDigit)))
            {
                int xEnd = EndOfNumber(x, same), yEnd = EndOfNumber(y, same);
                // Without leading zeros the longer number is greater; at equal length the first different digit decides.
                if (xEnd > start && yEnd > start && x[start] != '0' && y[start] != '0') return xEnd != yEnd ? xEnd.CompareTo(yEnd) : x[same].CompareTo(y[same]);
                var order = CompareNumbers(x[start..xEnd].TrimStart('0'), y[start..yEnd].TrimStart('0'));
                if (order != 0) return order;
                x = x[xEnd..];
                y = y[yEnd..];
                continue;
            }
            if (same == x.Length || same == y.Length) return x.Length.CompareTo(y.Length);
            var letters = char.ToUpperInvariant(x[same]).CompareTo(char.ToUpperInvariant(y[same]));
            if (letters != 0) return letters;
            x = x[(same + 1)..];
            y = y[(same + 1)..];
        }
    }

    private static int EndOfNumber(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from])) from++;
        return from;
    }

    private static int CompareNumbers(ReadOnlySpan<char> x, ReadOnlySpan<char> y) =>
        x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
}
