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

    /// <summary>Whether two maps have the same lists by the same names.</summary>
    public static bool Same(IReadOnlyDictionary<string, IReadOnlyList<string>>? a, IReadOnlyDictionary<string, IReadOnlyList<string>>? b)
    {
        if (ReferenceEquals(a, b) || (a?.Count ?? 0) + (b?.Count ?? 0) == 0) return true;
        return a is not null && b is not null && a.Count == b.Count && a.All(list => b.TryGetValue(list.Key, out var other) && Same(list.Value, other));
    }

    /// <summary>Compares maps of lists by their entries.</summary>
    public static IEqualityComparer<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListsByContent { get; } =
        EqualityComparer<IReadOnlyDictionary<string, IReadOnlyList<string>>>.Create(Same, static lists =>
        {
            var hash = 0;
            foreach (var (name, list) in lists)
            {
                var one = new HashCode();
                one.Add(name);
                foreach (var text in list) one.Add(text);
                hash += one.ToHashCode();
            }
            return hash;
        });
}
