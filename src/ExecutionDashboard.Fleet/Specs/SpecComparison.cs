using System.Text.Json;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>
/// Compares two specs by meaning: the order of names, white space and the spelling of numbers and texts do not matter. List entries are matched by content, then by
/// <c>name</c>, <c>id</c> or <c>label</c>, or by their only name (<c>{"mapping": …}</c>), and the remaining ones by position.
/// </summary>
public sealed class SpecComparison
{
    private SpecComparison(SpecPlace root, SpecDifferenceCounts counts, Rules rules) => (Root, Counts, IsOfShown) = (root, counts, rules.OnlyShown);

    /// <summary>The root.</summary>
    public SpecPlace Root { get; }

    /// <summary>Number of differences by kind.</summary>
    public SpecDifferenceCounts Counts { get; }

    /// <summary>Whether secrets were left out of the comparison (<see cref="OfShown"/>).</summary>
    public bool IsOfShown { get; }

    /// <summary>Compares two values including their secrets. For two specs of the server, where an operator must see that a secret changed.</summary>
    /// <param name="before">The first.</param>
    /// <param name="after">The second.</param>
    /// <param name="ignoreEmpty">
    /// Treats members that are <c>null</c>, <c>[]</c>, <c>{}</c>, an object of only such members, or missing, as equal; they are only counted
    /// (<see cref="SpecDifferenceCounts.Ignored"/>). List entries are compared as they are.
    /// </param>
    public static SpecComparison Of(SpecValue before, SpecValue after, bool ignoreEmpty = false) => Of(before, after, new Rules(OnlyShown: false, ignoreEmpty));

    /// <summary>
    /// Compares two values without their secrets. For a spec that a viewer pasted: otherwise the viewer could guess a secret and learn whether it is right. Values
    /// that are masked on both sides are <see cref="SpecDifferenceKind.NotCompared"/>.
    /// </summary>
    public static SpecComparison OfShown(SpecValue before, SpecValue after, bool ignoreEmpty = false) =>
        Of(before.WithoutSecrets(), after.WithoutSecrets(), new Rules(OnlyShown: true, ignoreEmpty));

    private static SpecComparison Of(SpecValue before, SpecValue after, Rules rules)
    {
        var root = Place(null, -1, -1, before, after, rules);
        int added = 0, removed = 0, changed = 0, moved = 0, notCompared = 0;
        Count(root);
        return new(root, new(added, removed, changed, moved, notCompared, root.Ignored), rules);

        void Count(SpecPlace place)
        {
            if (place.IsMoved) moved++;
            if (place.Kind == SpecDifferenceKind.Added) added++;
            else if (place.Kind == SpecDifferenceKind.Removed) removed++;
            else if (place.Kind == SpecDifferenceKind.Changed) changed++;
            else if (place.Kind == SpecDifferenceKind.NotCompared) notCompared++;
            foreach (var inner in place.Inside)
                if (inner.Differences > 0) Count(inner);
        }
    }

    /// <summary>The differences in the order of the first spec, not masked.</summary>
    internal IReadOnlyList<SpecDifference> Differences(bool shown)
    {
        var all = new List<SpecDifference>(Counts.Total);
        Collect(Root, "", "", all, shown);
        return all;
    }

    private static void Collect(SpecPlace place, string path, string from, List<SpecDifference> all, bool shown)
    {
        if (place.IsMoved) all.Add(new(path, SpecDifferenceKind.Moved, Json(place.Before), Json(place.After), from));
        if (place.Kind is { } kind) all.Add(new(path, kind, Json(place.Before), Json(place.After)));
        foreach (var inner in place.Inside)
        {
            if (inner.Differences == 0) continue;
            if (inner.RawName is { } name) Collect(inner, SpecPath.Member(path, shown ? inner.Name! : name), "", all, shown);
            else Collect(inner, SpecPath.Entry(path, inner.AfterIndex >= 0 ? inner.AfterIndex : inner.BeforeIndex), SpecPath.Entry(path, inner.BeforeIndex), all, shown);
        }

        string? Json(SpecValue? value) => shown ? value?.ToShownJson() : value?.ToJson();
    }

    private static SpecPlace Place(string? name, int beforeIndex, int afterIndex, SpecValue? before, SpecValue? after, Rules rules)
    {
        var place = new SpecPlace(name, beforeIndex, afterIndex, before, after);
        if (rules.IgnoreEmpty && beforeIndex < 0 && afterIndex < 0 && IsEmpty(before) && IsEmpty(after) && !AreAlike(before, after))
        {
            (place.IsIgnored, place.Ignored) = (true, 1);
            return place;
        }
        if (before is null) place.Kind = SpecDifferenceKind.Added;
        else if (after is null) place.Kind = SpecDifferenceKind.Removed;
        else if (before.Same(after))
        {
            if (!rules.OnlyShown || !(IsHidden(name) || HasHidden(after))) return place;
            if (IsHidden(name) || !after.IsComposite) place.Kind = SpecDifferenceKind.NotCompared;
            else place.Inside = Inside(before, after, rules);
        }
        else if (before.Kind != after.Kind || !before.IsComposite) place.Kind = SpecDifferenceKind.Changed;
        else place.Inside = Inside(before, after, rules);
        place.Ignored = place.Inside.Sum(p => p.Ignored);
        place.Differences = (place.Kind is null ? 0 : 1) + place.Inside.Sum(p => p.Differences);
        return place;
    }

    private static List<SpecPlace> Inside(SpecValue before, SpecValue after, Rules rules) =>
        before.Kind == JsonValueKind.Array ? Entries(before, after, rules) : Members(before, after, rules);

    private static bool IsEmpty(SpecValue? value) =>
        value is null || value.Kind == JsonValueKind.Null || (value.IsComposite && value.Entries.Count == 0 && value.Members.Values.All(IsEmpty));

    // Two objects are compared member by member.
    private static bool AreAlike(SpecValue? before, SpecValue? after) => before is not null && after is not null && (before.Kind == JsonValueKind.Object && after.Kind == JsonValueKind.Object || before.Same(after));

    private static bool HasHidden(SpecValue value) =>
        IsHidden(value.Scalar) || value.Entries.Any(HasHidden) || value.Members.Any(member => IsHidden(member.Key) || HasHidden(member.Value));

    private static bool IsHidden(string? text) => text is not null && text.Contains(SecretMask.Hidden, StringComparison.Ordinal);

    private static List<SpecPlace> Members(SpecValue before, SpecValue after, Rules rules)
    {
        // Added members are placed after the name that they follow in the second spec.
        Dictionary<string, List<string>> followers = new(StringComparer.Ordinal);
        var anchor = "";
        List<string> first = [];
        var list = first;
        foreach (var name in after.Members.Keys)
        {
            if (before.Members.ContainsKey(name))
            {
                anchor = name;
                list = null;
                continue;
            }
            if (list is null && !followers.TryGetValue(anchor, out list)) followers[anchor] = list = [];
            list.Add(name);
        }
        var places = new List<SpecPlace>(before.Members.Count + first.Count);
        foreach (var name in first) places.Add(Place(name, -1, -1, null, after.Members[name], rules));
        foreach (var (name, value) in before.Members)
        {
            places.Add(Place(name, -1, -1, value, after.Members.GetValueOrDefault(name), rules));
            if (!followers.TryGetValue(name, out var added)) continue;
            foreach (var follower in added) places.Add(Place(follower, -1, -1, null, after.Members[follower], rules));
        }
        return places;
    }

    private static List<SpecPlace> Entries(SpecValue before, SpecValue after, Rules rules)
    {
        var match = SpecListMatch.Of(before.Entries, after.Entries);
        var places = new List<SpecPlace>(after.Entries.Count);
        var next = 0;
        for (var j = 0; j < after.Entries.Count; j++)
        {
            var from = match.ToBefore[j];
            // Removed entries keep their place: before the next entry that did not move.
            if (from < 0 || !match.IsMoved[j]) RemovedUpTo(from < 0 ? NextStaying() : from);
            if (from < 0)
            {
                places.Add(Place(null, -1, j, null, after.Entries[j], rules));
                continue;
            }
            var place = Place(null, from, j, before.Entries[from], after.Entries[j], rules);
            if (match.IsMoved[j]) (place.IsMoved, place.Differences) = (true, place.Differences + 1);
            else next = from + 1;
            places.Add(place);
        }
        RemovedUpTo(before.Entries.Count);
        return places;

        void RemovedUpTo(int end)
        {
            for (; next < end; next++)
                if (match.ToAfter[next] < 0) places.Add(Place(null, next, -1, before.Entries[next], null, rules));
        }

        int NextStaying()
        {
            var at = next;
            while (at < before.Entries.Count && match.ToAfter[at] < 0) at++;
            return at;
        }
    }

    /// <summary>What counts as a difference.</summary>
    private readonly record struct Rules(bool OnlyShown, bool IgnoreEmpty);
}
