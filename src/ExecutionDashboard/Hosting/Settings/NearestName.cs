namespace ExecutionDashboard.Hosting.Settings;

/// <summary>Finds the name that a misspelt one stands for.</summary>
internal static class NearestName
{
    /// <summary>The most similar name, ignoring case; null when more than one in four letters (at least one) differ.</summary>
    public static string? Of(string text, IEnumerable<string> names)
    {
        var (nearest, least) = ((string?)null, int.MaxValue);
        foreach (var name in names)
        {
            var distance = Distance(text, name);
            if (distance < least && distance <= Math.Max(1, (name.Length + 3) / 4)) (nearest, least) = (name, distance);
        }
        return nearest;
    }

    /// <summary>Number of letters to insert, delete, replace or swap with their neighbour; ignores case.</summary>
    internal static int Distance(string one, string other)
    {
        var (before, above, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++) row[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            (before, above, row) = (above, row, before);
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (IsSame(one[i - 1], other[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && IsSame(one[i - 1], other[j - 2]) && IsSame(one[i - 2], other[j - 1])) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }
        return row[other.Length];
    }

    private static bool IsSame(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
