namespace ExecutionDashboard.Fleet;

/// <summary>Value equality of text maps and lists, for records that hold them.</summary>
internal static class Texts
{
    public static bool Same(IReadOnlyDictionary<string, string>? a, IReadOnlyDictionary<string, string>? b)
    {
        if (ReferenceEquals(a, b) || (a?.Count ?? 0) + (b?.Count ?? 0) == 0) return true;
        if (a is null || b is null || a.Count != b.Count) return false;
        foreach (var (key, value) in a)
            if (!b.TryGetValue(key, out var other) || other != value) return false;
        return true;
    }

    public static bool Same(IReadOnlyList<string>? a, IReadOnlyList<string>? b) =>
        ReferenceEquals(a, b) || (a ?? []).SequenceEqual(b ?? [], StringComparer.Ordinal);

    /// <summary>A hash of a map that does not depend on its order.</summary>
    public static int Hash(IReadOnlyDictionary<string, string>? map)
    {
        var hash = 0;
        if (map is not null)
            foreach (var (key, value) in map) hash += HashCode.Combine(key, value);
        return hash;
    }

    /// <summary>Compares maps by their entries.</summary>
    public static IEqualityComparer<IReadOnlyDictionary<string, string>> ByContent { get; } =
        EqualityComparer<IReadOnlyDictionary<string, string>>.Create(Same, Hash);
}
