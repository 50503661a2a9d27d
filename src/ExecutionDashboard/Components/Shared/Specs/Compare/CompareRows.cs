using System.Text.Json;
using ExecutionDashboard.Components.Shared.Specs.Yaml;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>Renders a comparison as rows in YAML style, secrets masked. Equal parts are folded until they are opened.</summary>
public sealed class CompareRows
{
    private const int MostNamed = 6;
    private const int LinesAround = 3;
    private const string Entry = "- ";

    private readonly List<CompareRow> _rows = [];
    private readonly IReadOnlySet<int> _opened;
    private readonly bool _all;
    private readonly bool _onlyShown;
    private int _fold;
    private int _difference;

    private CompareRows(IReadOnlySet<int> opened, bool all, bool onlyShown) => (_opened, _all, _onlyShown) = (opened, all, onlyShown);

    /// <summary>The rows of a comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="opened">Indexes of the open folds.</param>
    /// <param name="all">Whether to open all.</param>
    public static IReadOnlyList<CompareRow> Of(SpecComparison comparison, IReadOnlySet<int> opened, bool all = false)
    {
        var rows = new CompareRows(opened, all, comparison.IsOfShown);
        var root = comparison.Root;
        if (root.Kind is not null) rows.Add(root, "", 0);
        else if (root.Inside.Count > 0) rows.Inside(root, 0);
        else rows.Unchanged([root], 0);
        return rows._rows;
    }

    private void Inside(SpecPlace place, int indent)
    {
        var same = new List<SpecPlace>();
        var twins = Twins(place);
        foreach (var inner in place.Inside)
        {
            if (inner.Differences == 0)
            {
                same.Add(inner);
                continue;
            }
            Unchanged(same, indent);
            same.Clear();
            Add(inner, Head(inner), indent, inner is { Kind: not null, Name: { } name } && twins.Contains(LookAlike.Seen(name)) ? LookAlike.Words : "");
        }
        Unchanged(same, indent);
    }

    /// <summary>Makes visible how names on one side differ from names that look the same on the other.</summary>
    private static HashSet<string> Twins(SpecPlace place)
    {
        var removed = Seen(SpecDifferenceKind.Removed);
        if (removed.Count > 0) removed.IntersectWith(Seen(SpecDifferenceKind.Added));
        return removed;

        HashSet<string> Seen(SpecDifferenceKind kind) => [.. place.Inside.Where(inner => inner.Kind == kind && inner.Name is not null).Select(inner => LookAlike.Seen(inner.Name!))];
    }

    private void Unchanged(IReadOnlyList<SpecPlace> places, int indent)
    {
        if (places.Count == 0) return;
        // A single short line needs no more room than its fold.
        if (places is [{ After.IsComposite: false, Name: not null, Ignored: 0 } only] && !only.After.Shown.Contains('\n'))
        {
            Same(only.After, Head(only), indent);
            return;
        }
        var fold = _fold++;
        var names = places.Select(p => p.Name ?? (p.AfterIndex >= 0 ? EntryName(p) : "everything")).ToArray();
        var words = string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", …" : "");
        var open = _all || _opened.Contains(fold);
        _rows.Add(new(CompareMark.Fold, Pad(indent), null, $"{names.Length} unchanged: {words}{(places.Sum(p => p.Ignored) is > 0 and var ignored ? $" ({ignored} ignored)" : "")}", fold));
        if (!open) return;
        foreach (var place in places)
            if (place.Ignored > 0) Ignored(place, indent);
            else if (place.After is { } value) Same(value, Head(place), indent);
    }

    /// <summary>Ignored differences: each side as it is.</summary>
    private void Ignored(SpecPlace place, int indent)
    {
        var note = "difference ignored";
        foreach (var (left, right) in TextDiff.Of([.. Lines(place.Before)], [.. Lines(place.After)]))
        {
            _rows.Add(new(CompareMark.Same, left, right, left == right ? "" : note));
            if (left != right) note = "";
        }

        List<string> Lines(SpecValue? value) => value is null ? [] : Write(value, Head(place), indent);
    }

    private void Same(SpecValue value, string head, int indent)
    {
        foreach (var line in Write(value, head, indent)) _rows.Add(new(CompareMark.Same, line, line));
    }

    private static string EntryName(SpecPlace place) => place.After is { Kind: JsonValueKind.Object, Count: 1 } single ? single.ShownMembers.First().Name : $"[{place.AfterIndex}]";

    private void Add(SpecPlace place, string head, int indent, string note = "")
    {
        if (place.IsMoved)
        {
            var line = Pad(indent) + head + Summary(place.After!);
            _rows.Add(new(CompareMark.Moved, line, line, $"moved from [{place.BeforeIndex}] to [{place.AfterIndex}]", Difference: ++_difference));
        }
        switch (place.Kind)
        {
            case SpecDifferenceKind.Added:
                OneSided(Write(place.After!, head, indent), added: true, note);
                break;
            case SpecDifferenceKind.Removed:
                OneSided(Write(place.Before!, head, indent), added: false, note);
                break;
            case SpecDifferenceKind.Changed:
                _difference++;
                Changed(place, head, indent);
                break;
            case SpecDifferenceKind.NotCompared:
                NotCompared(Write(place.After!, head, indent));
                break;
            default:
                if (place.Inside.Count == 0) break;
                Within(place, head, indent);
                break;
        }
    }

    /// <summary>The differences inside of a place that both sides have.</summary>
    private void Within(SpecPlace place, string head, int indent)
    {
        var first = _rows.Count;
        if (head != Entry && head.Length > 0) _rows.Add(new(CompareMark.Same, Pad(indent) + head.TrimEnd(), Pad(indent) + head.TrimEnd()));
        Inside(place, indent + (head.Length > 0 ? 1 : 0));
        if (head != Entry || place.IsMoved) return;
        if (_rows[first].Mark == CompareMark.Fold) _rows.Insert(first, new(CompareMark.Same, Pad(indent) + "-", Pad(indent) + "-", Identity(place)));
        else _rows[first] = _rows[first] with { Left = _rows[first].Left is { } left ? Dashed(left, indent) : null, Right = _rows[first].Right is { } right ? Dashed(right, indent) : null };
    }

    private void OneSided(List<string> lines, bool added, string note)
    {
        _difference++;
        for (var i = 0; i < lines.Count; i++)
            _rows.Add(new(added ? CompareMark.Added : CompareMark.Removed, added ? null : lines[i], added ? lines[i] : null, i == 0 ? note : "", Difference: i == 0 ? _difference : 0));
    }

    private void NotCompared(List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++) _rows.Add(new(CompareMark.Hidden, lines[i], lines[i], i == 0 ? "hidden, not compared" : ""));
    }

    private void Changed(SpecPlace place, string head, int indent)
    {
        var (before, after) = (place.Before!, place.After!);
        if (before.ShownAsText && after.ShownAsText && (before.Shown + after.Shown).Contains('\n'))
        {
            ChangedText(before, after, head, indent);
            return;
        }
        var (left, right) = (Write(before, head, indent), Write(after, head, indent));
        var note = left.SequenceEqual(right) ? "a hidden secret differs"
            : _onlyShown && HasHidden(before) && HasHidden(after) ? "what is hidden is not compared"
            : before.ShownAsText && after.ShownAsText && LookAlike.Are(before.Shown, after.Shown) ? LookAlike.Words : "";
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var (l, r) = (i < left.Count ? left[i] : null, i < right.Count ? right[i] : null);
            _rows.Add(new(l is null ? CompareMark.Added : r is null ? CompareMark.Removed : CompareMark.Changed, l, r, i == 0 ? note : "", Difference: i == 0 ? _difference : 0));
        }
    }

    private static bool HasHidden(SpecValue value) => value.Shown.Contains(SecretMask.Hidden, StringComparison.Ordinal);

    private void ChangedText(SpecValue before, SpecValue after, string head, int indent)
    {
        var pad = Pad(indent + 1);
        var lines = TextDiff.Of(Lines(before.Shown), Lines(after.Shown));
        var equal = lines.All(line => line.Before == line.After);
        var top = Pad(indent) + head + "|";
        _rows.Add(new(equal ? CompareMark.Changed : CompareMark.Same, top, top, !equal ? "" : before.Shown == after.Shown ? "a hidden secret differs" : "white space differs", Difference: equal ? _difference : 0));
        var first = !equal;
        for (var i = 0; i < lines.Count;)
        {
            var same = i;
            while (same < lines.Count && lines[same].Before == lines[same].After) same++;
            if (same > i)
            {
                SameLines(lines, i, same, pad, indent);
                i = same;
                continue;
            }
            var (l, r) = lines[i++];
            _rows.Add(new(l is null ? CompareMark.Added : r is null ? CompareMark.Removed : CompareMark.Changed, l is null ? null : pad + l, r is null ? null : pad + r, l is not null && r is not null && LookAlike.Are(l, r) ? LookAlike.Words : "", Difference: first ? _difference : 0));
            first = false;
        }
    }

    private void SameLines(IReadOnlyList<(string? Before, string? After)> lines, int from, int to, string pad, int indent)
    {
        var (keepFirst, keepLast) = (from > 0 ? LinesAround : 0, to < lines.Count ? LinesAround : 0);
        if (to - from <= keepFirst + keepLast + 1) (keepFirst, keepLast) = (to - from, 0);
        for (var i = from; i < from + keepFirst; i++) Line(i);
        if (to - keepLast > from + keepFirst)
        {
            var fold = _fold++;
            _rows.Add(new(CompareMark.Fold, Pad(indent + 1), null, Format.Count(to - keepLast - from - keepFirst, "unchanged line"), fold));
            if (_all || _opened.Contains(fold))
                for (var i = from + keepFirst; i < to - keepLast; i++) Line(i);
        }
        for (var i = to - keepLast; i < to; i++) Line(i);

        void Line(int i) => _rows.Add(new(CompareMark.Same, pad + lines[i].Before, pad + lines[i].After));
    }

    /// <summary>Identifies an entry of a list; empty for members, and for entries that are identified by their first line.</summary>
    private static string Identity(SpecPlace place)
    {
        if (place.Name is not null || place.AfterIndex < 0) return "";
        foreach (var (name, value) in place.After!.ShownMembers)
            if (name is "name" or "id" or "label" && !value.IsComposite) return Head(name) + Summary(value);
        return $"[{place.AfterIndex}]";
    }

    /// <summary>The lines of a value on one side.</summary>
    private static List<string> Write(SpecValue value, string head, int indent)
    {
        var lines = new List<string>();
        Value(value, head, indent);
        return lines;

        void Value(SpecValue inner, string start, int depth)
        {
            if (inner.IsComposite && inner.Count > 0)
            {
                var first = lines.Count;
                if (start.Length > 0 && start != Entry) lines.Add(Pad(depth) + start.TrimEnd());
                var below = depth + (start.Length > 0 ? 1 : 0);
                if (inner.Kind == JsonValueKind.Object)
                    foreach (var (name, member) in inner.ShownMembers) Value(member, Head(name), below);
                foreach (var entry in inner.Entries) Value(entry, Entry, below);
                if (start == Entry) lines[first] = Dashed(lines[first], depth);
                return;
            }
            if (inner.ShownAsText && inner.Shown.Contains('\n'))
            {
                lines.Add(Pad(depth) + start + "|");
                foreach (var line in Lines(inner.Shown)) lines.Add(Pad(depth + 1) + line);
                return;
            }
            lines.Add(Pad(depth) + start + Summary(inner));
        }
    }

    // The first line of an entry follows its dash.
    private static string Dashed(string line, int depth) => Pad(depth) + Entry + line[(2 * depth + Entry.Length)..];

    private static string Summary(SpecValue value) => value switch
    {
        { Kind: JsonValueKind.Object, Count: 0 } => "{}",
        { Kind: JsonValueKind.Array, Count: 0 } => "[]",
        { Kind: JsonValueKind.Object, Count: 1 } => value.ShownMembers.First() is var (name, inner) && !inner.IsComposite && !inner.Shown.Contains('\n') ? Head(name) + Summary(inner) : Head(name) + "…",
        { Kind: JsonValueKind.Object } => string.Join(", ", value.ShownMembers.Take(3).Select(m => m.Value.IsComposite || m.Value.Shown.Contains('\n') ? m.Name + ": …" : $"{m.Name}: {Summary(m.Value)}")) + (value.Count > 3 ? ", …" : ""),
        { Kind: JsonValueKind.Array } => "[…]",
        _ => value.ShownAsText ? Text(value.Shown) : value.Shown,
    };

    private static string Text(string text) => YamlText.IsPlain(text) ? text : YamlText.Quoted(text);

    private static string Head(SpecPlace place) => place.Name is { } name ? Head(name) : place.BeforeIndex < 0 && place.AfterIndex < 0 ? "" : Entry;

    private static string Head(string name) => Text(name) + ": ";

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static string Pad(int indent) => new(' ', 2 * indent);
}
