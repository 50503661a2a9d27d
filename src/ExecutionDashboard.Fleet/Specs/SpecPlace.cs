using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>One place of two specs that are laid over each other: a member, an entry of a list, or the whole.</summary>
public sealed class SpecPlace
{
    internal SpecPlace(string? rawName, int beforeIndex, int afterIndex, SpecValue? before, SpecValue? after)
    {
        (RawName, BeforeIndex, AfterIndex, Before, After) = (rawName, beforeIndex, afterIndex, before, after);
        Name = rawName is null ? null : NameFacts.Of(rawName).Shown;
    }

    /// <summary>The member's name, secrets hidden; null for the whole and for entries of lists.</summary>
    public string? Name { get; }

    /// <summary>The entry's index in the first list; -1 where it has none.</summary>
    public int BeforeIndex { get; }

    /// <summary>The entry's index in the second list; -1 where it has none.</summary>
    public int AfterIndex { get; }

    /// <summary>The value in the first; null when added.</summary>
    public SpecValue? Before { get; }

    /// <summary>The value in the second; null when removed.</summary>
    public SpecValue? After { get; }

    /// <summary>Added, removed, changed or not compared, as a whole; null where it means the same, or where only <see cref="Inside"/> something differs.</summary>
    public SpecDifferenceKind? Kind { get; internal set; }

    /// <summary>The entry stands elsewhere among those that both lists have; <see cref="Inside"/> may differ besides.</summary>
    public bool IsMoved { get; internal set; }

    /// <summary>Members or entries of both, where both are objects or lists and something inside differs; in the order of the first, added ones where they stand in the second.</summary>
    public IReadOnlyList<SpecPlace> Inside { get; internal set; } = [];

    /// <summary>Differences, and places not compared, here and inside; 0 means the same.</summary>
    public int Differences { get; internal set; }

    /// <summary>Empty on both sides, in different ways, which is ignored: see <see cref="SpecComparison.Of(SpecValue, SpecValue, bool)"/>.</summary>
    public bool IsIgnored { get; internal set; }

    /// <summary>Differences ignored, here and inside.</summary>
    public int Ignored { get; internal set; }

    internal string? RawName { get; }
}

/// <summary>How many differences there are of each kind.</summary>
/// <param name="Added">Only in the second.</param>
/// <param name="Removed">Only in the first.</param>
/// <param name="Changed">Other values.</param>
/// <param name="Moved">Entries that stand elsewhere.</param>
/// <param name="NotCompared">Hidden values of which nothing is told; no differences.</param>
/// <param name="Ignored">Members that are empty on both sides in different ways, where that is ignored; no differences.</param>
public sealed record SpecDifferenceCounts(int Added, int Removed, int Changed, int Moved, int NotCompared = 0, int Ignored = 0)
{
    /// <summary>All differences.</summary>
    public int Total => Added + Removed + Changed + Moved;
}
