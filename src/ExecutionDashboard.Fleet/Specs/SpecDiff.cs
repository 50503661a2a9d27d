using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>Kinds of differences.</summary>
public enum SpecDifferenceKind
{
    /// <summary>Only in the second.</summary>
    Added,
    /// <summary>Only in the first.</summary>
    Removed,
    /// <summary>Another value.</summary>
    Changed,
    /// <summary>A list entry at another position relative to the entries in both lists. Differences inside of it are listed separately.</summary>
    Moved,
    /// <summary>Masked in both specs, when secrets are not compared (<see cref="SpecComparison.OfShown"/>).</summary>
    NotCompared,
}

/// <summary>One difference between two specs.</summary>
/// <param name="Path">The path, such as <c>config.pipeline.processors[2].mapping</c>; names with other characters than letters, digits, <c>_</c> and <c>-</c> are quoted: <c>meta["expanso.io/a.b"]</c>. Empty for the root. List indexes are those of the second spec; the last index of a removed entry is that of the first.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Before">The value in the first, JSON text; null when added.</param>
/// <param name="After">The value in the second, JSON text; null when removed.</param>
/// <param name="FromPath">Of a moved entry: the <paramref name="Path"/>, with the last index of the first spec.</param>
public sealed record SpecDifference(string Path, SpecDifferenceKind Kind, string? Before, string? After, string? FromPath = null);

/// <summary>The differences of two specs as a list of paths, see <see cref="SpecComparison"/>.</summary>
public static class SpecDiff
{
    /// <summary>
    /// The differences in the order of the first spec; empty when both mean the same. Never throws: text that is not JSON, or nested deeper than
    /// <see cref="SpecHash.MaxDepth"/>, is one change of the root. Not masked: see <see cref="Shown"/>.
    /// </summary>
    public static IReadOnlyList<SpecDifference> Of(string before, string after) => Of(before, after, shown: false);

    /// <summary>The same with secrets masked in paths and values. A changed secret is still listed, with both values masked.</summary>
    public static IReadOnlyList<SpecDifference> Shown(string before, string after) => Of(before, after, shown: true);

    /// <summary>Makes the second spec from the first and the differences; the order of names may change. Differences that do not fit are ignored.</summary>
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
