namespace ExecutionDashboard.Components.Shared;

/// <summary>How long a list can be on a page.</summary>
public static class LongList
{
    /// <summary>
    /// Most rows. Browsers make nothing higher than 33.5 million pixels, and a list that would be is blank wherever it is scrolled to; on a narrow
    /// screen a row takes up to eighty.
    /// </summary>
    public const int Most = 400_000;

    /// <summary>What is said of a list that is longer; null of any other.</summary>
    public static string? Words(int count) => count > Most ? $"the first {Format.Count(Most)} are listed: filter for the others" : null;
}
