namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>What a row of a comparison is.</summary>
public enum CompareMark
{
    /// <summary>The same on both sides.</summary>
    Same,
    /// <summary>Only on the right.</summary>
    Added,
    /// <summary>Only on the left.</summary>
    Removed,
    /// <summary>Another value.</summary>
    Changed,
    /// <summary>Stands elsewhere in its list.</summary>
    Moved,
    /// <summary>Hidden on both sides, and not compared.</summary>
    Hidden,
    /// <summary>Unchanged parts, folded away.</summary>
    Fold,
}

/// <summary>One row of a comparison.</summary>
/// <param name="Mark">What it is.</param>
/// <param name="Left">Its line on the left, indented; null where that has none.</param>
/// <param name="Right">Its line on the right, indented; null where that has none.</param>
/// <param name="Note">More, for people.</param>
/// <param name="Fold">Number of the fold, from 0; -1 elsewhere.</param>
/// <param name="Difference">Number of the difference that starts here, from 1; 0 where none does.</param>
public sealed record CompareRow(CompareMark Mark, string? Left, string? Right, string Note = "", int Fold = -1, int Difference = 0)
{
    /// <summary>The part of both lines that differs, as the length of what they share at their start and at their end.</summary>
    public (int Start, int End) Shared
    {
        get
        {
            if (Left is null || Right is null) return (0, 0);
            var (start, most) = (0, Math.Min(Left.Length, Right.Length));
            while (start < most && Left[start] == Right[start]) start++;
            var end = 0;
            while (end < most - start && Left[^(end + 1)] == Right[^(end + 1)]) end++;
            // Half a word or number says nothing: marked are whole ones.
            while (start > 0 && IsWord(Left, start - 1) && (IsWord(Left, start) || IsWord(Right, start))) start--;
            while (end > 0 && IsWord(Left, Left.Length - end) && (IsWord(Left, Left.Length - end - 1) || IsWord(Right, Right.Length - end - 1))) end--;
            return (start, end);
        }
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);
}
