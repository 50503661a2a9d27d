using System.Text.Json;

namespace ExecutionDashboard.Fleet;

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
}

/// <summary>One difference of two specs.</summary>
/// <param name="Path">Where, such as <c>config.pipeline.processors[2].mapping</c>; names with other signs than letters, digits, <c>_</c> and <c>-</c> are quoted: <c>meta["expanso.io/a.b"]</c>. Empty is the whole. List indexes are those of the second; the last index of what is removed is that of the first.</param>
/// <param name="Kind">What is different.</param>
/// <param name="Before">The value in the first, JSON text; null when added.</param>
/// <param name="After">The value in the second, JSON text; null when removed.</param>
/// <param name="FromPath">Of what moved: as <paramref name="Path"/>, with the last index of the first.</param>
public sealed record SpecDifference(string Path, SpecDifferenceKind Kind, string? Before, string? After, string? FromPath = null);

/// <summary>
/// Compares two specs by meaning: the order of names, white space and the spelling of numbers and texts do not matter. Entries of lists are matched by
/// content, by <c>name</c>, <c>id</c> or <c>label</c>, or by their only name (<c>{"mapping": …}</c>); the others by their place between those.
/// </summary>
public static class SpecDiff
{
    /// <summary>
    /// The differences from one spec to another, in the order of the first; none when they mean the same. Never throws: what is not JSON, or nested
    /// deeper than <see cref="SpecHash.MaxDepth"/>, is one change at the root, with both texts as they are.
    /// </summary>
    public static IReadOnlyList<SpecDifference> Of(string before, string after)
    {
        if (string.Equals(before, after, StringComparison.Ordinal)) return [];
        if (SpecValue.Parse(before) is not { } first || SpecValue.Parse(after) is not { } second)
            return [new SpecDifference("", SpecDifferenceKind.Changed, before, after)];
        var differences = new List<SpecDifference>();
        Compare(first, second, "", differences);
        return differences;
    }

    /// <summary>The second spec, made from the first and the differences; the order of names may be another. Differences that do not fit are left out.</summary>
    /// <param name="before">The first spec.</param>
    /// <param name="differences">From <see cref="Of"/>, not masked.</param>
    public static string Apply(string before, IReadOnlyList<SpecDifference> differences) => SpecPatch.Apply(before, differences);

    /// <summary>
    /// The same with secrets hidden: values under secret names whole, and what gives itself away in any text (<see cref="SecretMask"/>). A changed
    /// secret is still told as changed, with both sides hidden.
    /// </summary>
    public static IReadOnlyList<SpecDifference> Masked(IReadOnlyList<SpecDifference> differences) =>
        [.. differences.Select(d =>
        {
            var path = SpecPath.Parse(d.Path);
            var secret = path.Any(step => step.Name is { } name && SecretKeys.IsSecret(name));
            return d with
            {
                Path = MaskedPath(path), Before = MaskedValue(d.Before, secret), After = MaskedValue(d.After, secret),
                FromPath = d.FromPath is null ? null : MaskedPath(SpecPath.Parse(d.FromPath)),
            };
        })];

    private static string MaskedPath(IReadOnlyList<SpecStep> path)
    {
        var text = "";
        foreach (var step in path) text = step.Name is { } name ? SpecPath.Member(text, SecretMask.MaskText(name)) : SpecPath.Entry(text, step.Index);
        return text;
    }

    private static string? MaskedValue(string? json, bool secret)
    {
        if (json is null) return null;
        if (!secret) return SpecValue.Parse(json) is null ? SecretMask.MaskText(json) : SecretMask.Mask(json);
        // Under a secret name the mask hides every value and leaves references readable.
        const string start = """{"secret":""";
        var masked = SecretMask.Mask(start + json + "}");
        return masked.StartsWith(start, StringComparison.Ordinal) && masked.EndsWith('}') ? masked[start.Length..^1] : $"\"{SecretMask.Hidden}\"";
    }

    private static void Compare(SpecValue before, SpecValue after, string path, List<SpecDifference> differences)
    {
        if (before.Same(after)) return;
        if (before.Kind != after.Kind || before.Kind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            differences.Add(new SpecDifference(path, SpecDifferenceKind.Changed, before.ToJson(), after.ToJson()));
            return;
        }
        if (before.Kind == JsonValueKind.Array)
        {
            CompareLists(before, after, path, differences);
            return;
        }
        foreach (var (name, value) in before.Members)
        {
            var at = SpecPath.Member(path, name);
            if (after.Members.TryGetValue(name, out var other)) Compare(value, other, at, differences);
            else differences.Add(new SpecDifference(at, SpecDifferenceKind.Removed, value.ToJson(), null));
        }
        foreach (var (name, value) in after.Members)
            if (!before.Members.ContainsKey(name))
                differences.Add(new SpecDifference(SpecPath.Member(path, name), SpecDifferenceKind.Added, null, value.ToJson()));
    }

    private static void CompareLists(SpecValue before, SpecValue after, string path, List<SpecDifference> differences)
    {
        var match = SpecListMatch.Of(before.Entries, after.Entries);
        for (var i = 0; i < before.Entries.Count; i++)
            if (match.ToAfter[i] < 0) differences.Add(new SpecDifference(SpecPath.Entry(path, i), SpecDifferenceKind.Removed, before.Entries[i].ToJson(), null));
        for (var j = 0; j < after.Entries.Count; j++)
        {
            var (at, value, from) = (SpecPath.Entry(path, j), after.Entries[j], match.ToBefore[j]);
            if (from < 0)
            {
                differences.Add(new SpecDifference(at, SpecDifferenceKind.Added, null, value.ToJson()));
                continue;
            }
            var old = before.Entries[from];
            if (match.IsMoved[j]) differences.Add(new SpecDifference(at, SpecDifferenceKind.Moved, old.ToJson(), value.ToJson(), SpecPath.Entry(path, from)));
            Compare(old, value, at, differences);
        }
    }
}
