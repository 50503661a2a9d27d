using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>What is different at a path.</summary>
public enum SpecDifferenceKind
{
    /// <summary>Only in the second.</summary>
    Added,
    /// <summary>Only in the first.</summary>
    Removed,
    /// <summary>Another value.</summary>
    Changed,
    /// <summary>An entry of a list that stands elsewhere among the entries that both lists have. What is different inside of it is told apart.</summary>
    Moved,
    /// <summary>Hidden in both, where only what may be shown is compared (<see cref="SpecComparison.OfShown"/>): whether it is the same is not told.</summary>
    NotCompared,
}

/// <summary>One difference of two specs.</summary>
/// <param name="Path">Where, such as <c>config.pipeline.processors[2].mapping</c>; names with other signs than letters, digits, <c>_</c> and <c>-</c> are quoted: <c>meta["expanso.io/a.b"]</c>. Empty is the whole. List indexes are those of the second; the last index of what is removed is that of the first.</param>
/// <param name="Kind">What is different.</param>
/// <param name="Before">The value in the first, JSON text; null when added.</param>
/// <param name="After">The value in the second, JSON text; null when removed.</param>
/// <param name="FromPath">Of what moved: as <paramref name="Path"/>, with the last index of the first.</param>
public sealed record SpecDifference(string Path, SpecDifferenceKind Kind, string? Before, string? After, string? FromPath = null);

/// <summary>The differences of two specs by meaning (<see cref="SpecComparison"/>), as a list of paths.</summary>
public static class SpecDiff
{
    /// <summary>
    /// The differences from one spec to another, in the order of the first; none when they mean the same. Never throws: what is not JSON, or nested
    /// deeper than <see cref="SpecHash.MaxDepth"/>, is one change at the root, with both texts as they are. Not masked: <see cref="Shown"/>.
    /// </summary>
    public static IReadOnlyList<SpecDifference> Of(string before, string after) => Of(before, after, shown: false);

    /// <summary>
    /// The same with secrets hidden, in paths and values, as by <see cref="SecretMask"/>. A changed secret is still told as changed, with both
    /// sides hidden.
    /// </summary>
    public static IReadOnlyList<SpecDifference> Shown(string before, string after) => Of(before, after, shown: true);

    /// <summary>The second spec, made from the first and the differences; the order of names may be another. Differences that do not fit are left out.</summary>
    /// <param name="before">The first spec.</param>
    /// <param name="differences">From <see cref="Of(string, string)"/>: not masked.</param>
    public static string Apply(string before, IReadOnlyList<SpecDifference> differences) => SpecPatch.Apply(before, differences);

    private static IReadOnlyList<SpecDifference> Of(string before, string after, bool shown)
    {
        if (string.Equals(before, after, StringComparison.Ordinal)) return [];
        if (SpecValue.Parse(before) is { } first && SpecValue.Parse(after) is { } second) return SpecComparison.Of(first, second).Differences(shown);
        return [new("", SpecDifferenceKind.Changed, shown ? SecretMask.Mask(before) : before, shown ? SecretMask.Mask(after) : after)];
    }
}
