using System.Text;
using System.Text.Json;

namespace ExecutionDashboard.Fleet.Specs;

/// <summary>Differences as a tree of paths, and the patched value.</summary>
internal sealed class SpecPatch
{
    private readonly Dictionary<SpecStep, SpecPatch> _inside = [];
    private readonly Dictionary<SpecStep, SpecValue> _added = [];
    private readonly Dictionary<int, int> _moved = [];
    private readonly HashSet<SpecStep> _removed = [];
    private SpecValue? _replacement;

    /// <summary>Applies differences to a spec; those that do not fit are ignored.</summary>
    public static string Apply(string before, IReadOnlyList<SpecDifference> differences)
    {
        foreach (var difference in differences)
            if (difference is { Path: "", Kind: SpecDifferenceKind.Changed, After: { } all }) return all;
        if (SpecValue.Parse(before) is not { } value) return before;
        var patch = new SpecPatch();
        foreach (var difference in differences) patch.Add(difference);
        var text = new StringBuilder(before.Length);
        patch.Write(value, text);
        return text.ToString();
    }

    private void Add(SpecDifference difference)
    {
        var path = SpecPath.Parse(difference.Path);
        if (path.Count == 0) return;
        var after = difference.After is null ? null : SpecValue.Parse(difference.After);
        if (difference.Kind == SpecDifferenceKind.Changed)
        {
            At(path, path.Count)._replacement = after;
            return;
        }
        var (list, last) = (At(path, path.Count - 1), path[^1]);
        switch (difference.Kind)
        {
            case SpecDifferenceKind.Removed:
                list._removed.Add(last);
                break;
            case SpecDifferenceKind.Added when after is not null:
                list._added[last] = after;
                break;
            case SpecDifferenceKind.Moved when difference.FromPath is { } fromPath && SpecPath.Parse(fromPath) is { Count: > 0 } from:
                list._moved[last.Index] = from[^1].Index;
                break;
        }
    }

    private SpecPatch At(IReadOnlyList<SpecStep> path, int steps)
    {
        var patch = this;
        for (var i = 0; i < steps; i++)
        {
            if (!patch._inside.TryGetValue(path[i], out var next)) patch._inside[path[i]] = next = new SpecPatch();
            patch = next;
        }
        return patch;
    }

    private void Write(SpecValue value, StringBuilder text)
    {
        if (_replacement is { } replacement) replacement.Write(text);
        else if (value.Kind == JsonValueKind.Object) WriteObject(value, text);
        else if (value.Kind == JsonValueKind.Array) WriteList(value, text);
        else value.Write(text);
    }

    private void WriteObject(SpecValue value, StringBuilder text)
    {
        text.Append('{');
        var start = text.Length;
        foreach (var (name, member) in value.Members)
        {
            var step = new SpecStep(name, -1);
            if (_removed.Contains(step) || _added.ContainsKey(step)) continue;
            WriteName(name, text, start);
            WriteInside(step, member, text);
        }
        foreach (var (step, added) in _added)
        {
            if (step.Name is null) continue;
            WriteName(step.Name, text, start);
            added.Write(text);
        }
        text.Append('}');
    }

    private void WriteList(SpecValue value, StringBuilder text)
    {
        var gone = _removed.Select(step => step.Index).Concat(_moved.Values).ToHashSet();
        var staying = new Queue<int>(Enumerable.Range(0, value.Entries.Count).Where(i => !gone.Contains(i)));
        var left = staying.Count + _added.Count + _moved.Count;
        text.Append('[');
        var start = text.Length;
        for (var at = 0; left > 0; at++, left--)
        {
            var step = new SpecStep(null, at);
            if (_added.TryGetValue(step, out var added))
            {
                Separate(text, start);
                added.Write(text);
            }
            else if (_moved.TryGetValue(at, out var from) ? from >= 0 && from < value.Entries.Count : staying.TryDequeue(out from))
            {
                Separate(text, start);
                WriteInside(step, value.Entries[from], text);
            }
        }
        text.Append(']');
    }

    private void WriteInside(SpecStep step, SpecValue value, StringBuilder text)
    {
        if (_inside.TryGetValue(step, out var patch)) patch.Write(value, text);
        else value.Write(text);
    }

    private static void WriteName(string name, StringBuilder text, int start)
    {
        Separate(text, start);
        text.Append('"').Append(SpecPath.Escaped(name)).Append("\":");
    }

    private static void Separate(StringBuilder text, int start)
    {
        if (text.Length > start) text.Append(',');
    }
}
