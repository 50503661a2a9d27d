using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>One node in the tree of a comparison: the root, an object member or a list entry.</summary>
public sealed class SpecPlace
{
    internal SpecPlace(string? rawName, int beforeIndex, int afterIndex, SpecValue? before, SpecValue? after)
    {
        (RawName, BeforeIndex, AfterIndex, Before, After) = (rawName, beforeIndex, afterIndex, before, after);
        Name = rawName is null ? null : NameFacts.Of(rawName).Shown;
    }

    /// <summary>Name of the member, secrets masked; null for the root and for list entries.</summary>
    public string? Name { get; }

    /// <summary>Index in the first list; -1 without one.</summary>
    public int BeforeIndex { get; }

    /// <summary>Index in the second list; -1 without one.</summary>
    public int AfterIndex { get; }

    /// <summary>The value in the first spec; null when added.</summary>
    public SpecValue? Before { get; }

    /// <summary>The value in the second spec; null when removed.</summary>
    public SpecValue? After { get; }

    /// <summary>The difference of the value as a whole; null when it is equal, or when only <see cref="Inside"/> differs.</summary>
    public SpecDifferenceKind? Kind { get; internal set; }

    /// <summary>Whether the entry moved within its list; <see cref="Inside"/> may differ too.</summary>
    public bool IsMoved { get; internal set; }

    /// <summary>
    /// Members or entries when both values are objects or lists with differences; in the order of the first spec, added ones at their position in the second.
    /// </summary>
    public IReadOnlyList<SpecPlace> Inside { get; internal set; } = [];

    /// <summary>Number of differences and of values not compared, here and inside; 0 when equal.</summary>
    public int Differences { get; internal set; }

    /// <summary>Whether it is empty in both specs in different ways, and this is ignored: see <see cref="SpecComparison.Of(SpecValue, SpecValue, bool)"/>.</summary>
    public bool IsIgnored { get; internal set; }

    /// <summary>Number of ignored differences, here and inside.</summary>
    public int Ignored { get; internal set; }

    internal string? RawName { get; }
}

/// <summary>Number of differences by kind.</summary>
/// <param name="Added">Only in the second spec.</param>
/// <param name="Removed">Only in the first spec.</param>
/// <param name="Changed">Different values.</param>
/// <param name="Moved">List entries that moved.</param>
/// <param name="NotCompared">Masked values that are not compared; not counted as differences.</param>
/// <param name="Ignored">Members that are empty in both specs in different ways, when that is ignored; not counted as differences.</param>
public sealed record SpecDifferenceCounts(int Added, int Removed, int Changed, int Moved, int NotCompared = 0, int Ignored = 0)
{
    /// <summary>All differences.</summary>
    public int Total => Added + Removed + Changed + Moved;
}
