namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>Kinds of rows of a comparison.</summary>
public enum CompareMark
{
    /// <summary>The same on both sides.</summary>
    Same,
    /// <summary>Only on the right.</summary>
    Added,
    /// <summary>Only on the left.</summary>
    Removed,
    /// <summary>Different values.</summary>
    Changed,
    /// <summary>Moved within its list.</summary>
    Moved,
    /// <summary>Masked on both sides, and not compared.</summary>
    Hidden,
    /// <summary>Folded, unchanged parts.</summary>
    Fold,
}

/// <summary>One row of a comparison.</summary>
/// <param name="Mark">The kind.</param>
/// <param name="Left">The line on the left, indented; null without one.</param>
/// <param name="Right">The line on the right, indented; null without one.</param>
/// <param name="Note">An additional note.</param>
/// <param name="Fold">Index of the fold; -1 for other rows.</param>
/// <param name="Difference">Number of the difference that starts here, from 1; 0 for none.</param>
public sealed record CompareRow(CompareMark Mark, string? Left, string? Right, string Note = "", int Fold = -1, int Difference = 0)
{
    /// <summary>The differing part of both lines, as the lengths of their common start and end.</summary>
    public (int Start, int End) Shared
    {
        get
        {
            if (Left is null || Right is null) return (0, 0);
            var (start, most) = (0, Math.Min(Left.Length, Right.Length));
            while (start < most && Left[start] == Right[start]) start++;
            var end = 0;
            while (end < most - start && Left[^(end + 1)] == Right[^(end + 1)]) end++;
            // Mark whole words and numbers only.
            while (start > 0 && IsWord(Left, start - 1) && (IsWord(Left, start) || IsWord(Right, start))) start--;
            while (end > 0 && IsWord(Left, Left.Length - end) && (IsWord(Left, Left.Length - end - 1) || IsWord(Right, Right.Length - end - 1))) end--;
            return (start, end);
        }
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);
}
