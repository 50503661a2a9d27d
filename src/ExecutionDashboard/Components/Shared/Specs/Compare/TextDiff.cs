namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>Line diff of two texts.</summary>
public static class TextDiff
{
    // A table of this size takes a few megabytes for a moment; longer texts are shown one after the other.
    private const long MostCells = 1_000_000;

    /// <summary>The lines of both in order; a line of only one text has no partner.</summary>
    public static IReadOnlyList<(string? Before, string? After)> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var lines = new List<(string?, string?)>(Math.Max(before.Count, after.Count));
        var start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start]) lines.Add((before[start], after[start++]));
        var (end, otherEnd) = (before.Count, after.Count);
        while (end > start && otherEnd > start && before[end - 1] == after[otherEnd - 1]) (end, otherEnd) = (end - 1, otherEnd - 1);
        Middle(before, after, start, end, otherEnd, lines);
        for (; end < before.Count; end++, otherEnd++) lines.Add((before[end], after[otherEnd]));
        return lines;
    }

    private static void Middle(IReadOnlyList<string> before, IReadOnlyList<string> after, int start, int end, int otherEnd, List<(string?, string?)> lines)
    {
        var (rows, columns) = (end - start, otherEnd - start);
        if ((long)(rows + 1) * (columns + 1) > MostCells)
        {
            Beside(before, after, start, end, start, otherEnd, lines);
            return;
        }
        // Length of the longest common subsequence from each pair of lines to the end.
        var longest = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
            for (var j = columns - 1; j >= 0; j--)
                longest[i, j] = before[start + i] == after[start + j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        var (a, b, fromA, fromB) = (0, 0, 0, 0);
        while (a < rows && b < columns)
        {
            if (before[start + a] == after[start + b])
            {
                Beside(before, after, start + fromA, start + a, start + fromB, start + b, lines);
                lines.Add((before[start + a], after[start + b]));
                (a, b) = (a + 1, b + 1);
                (fromA, fromB) = (a, b);
            }
            else if (longest[a + 1, b] >= longest[a, b + 1]) a++;
            else b++;
        }
        Beside(before, after, start + fromA, end, start + fromB, otherEnd, lines);
    }

    private static void Beside(IReadOnlyList<string> before, IReadOnlyList<string> after, int from, int to, int otherFrom, int otherTo, List<(string?, string?)> lines)
    {
        for (; from < to || otherFrom < otherTo; from++, otherFrom++)
            lines.Add((from < to ? before[from] : null, otherFrom < otherTo ? after[otherFrom] : null));
    }
}
