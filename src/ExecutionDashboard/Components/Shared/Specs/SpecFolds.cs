namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>The visible lines of a spec, and the search hits in it. It has no Blazor types and belongs to one viewer.</summary>
public sealed class SpecFolds
{
    /// <summary>Most search hits.</summary>
    public const int MostMatches = 10_000;

    private readonly HashSet<int> _folded = [];
    private readonly SpecLines _lines;
    private int[] _shown;

    /// <summary>All lines visible.</summary>
    public SpecFolds(SpecLines lines)
    {
        _lines = lines;
        _shown = AllLines();
    }

    /// <summary>Indexes of the visible lines.</summary>
    public IReadOnlyList<int> Shown => _shown;

    /// <summary>The search text; may be empty.</summary>
    public string Sought { get; private set; } = "";

    /// <summary>Lines with hits, at most <see cref="MostMatches"/>.</summary>
    public IReadOnlyList<int> Matches { get; private set; } = [];

    /// <summary>Index of the current hit in <see cref="Matches"/>; -1 without one.</summary>
    public int Current { get; private set; } = -1;

    /// <summary>Whether there is a line that can be folded.</summary>
    public bool CanFold => _lines.Lines.Any(line => line.FoldTo >= 0);

    /// <summary>Whether a line is folded.</summary>
    public bool AnyFolded => _folded.Count > 0;

    /// <summary>Whether a line is folded.</summary>
    public bool IsFolded(int line) => _folded.Contains(line);

    /// <summary>Folds a line or opens it.</summary>
    public void Toggle(int line)
    {
        if (!_folded.Remove(line) && _lines.Lines[line].FoldTo >= 0) _folded.Add(line);
        Follow();
    }

    /// <summary>Opens everything.</summary>
    public void OpenAll()
    {
        _folded.Clear();
        _shown = AllLines();
    }

    /// <summary>Folds all lines below a depth of nesting, from 0.</summary>
    public void FoldFrom(int depth)
    {
        _folded.Clear();
        var ends = new Stack<int>();
        for (var i = 0; i < _lines.Lines.Count; i++)
        {
            while (ends.TryPeek(out var end) && end < i) ends.Pop();
            if (_lines.Lines[i].FoldTo < 0) continue;
            if (ends.Count >= depth) _folded.Add(i);
            ends.Push(_lines.Lines[i].FoldTo);
        }
        Follow();
    }

    /// <summary>Searches a text; case does not matter.</summary>
    public void Seek(string text)
    {
        Sought = text;
        Current = -1;
        if (text.Length == 0)
        {
            Matches = [];
            return;
        }
        var found = new List<int>();
        for (var i = 0; i < _lines.Lines.Count && found.Count < MostMatches; i++)
            if (_lines.Lines[i].Text.Contains(text, StringComparison.OrdinalIgnoreCase)) found.Add(i);
        Matches = found;
        if (found.Count > 0) Go(1);
    }

    /// <summary>Goes to the next or previous hit and unfolds it; returns its index among the visible lines, -1 without one.</summary>
    public int Go(int by)
    {
        if (Matches.Count == 0) return -1;
        Current = ((Current < 0 ? (by > 0 ? -1 : 0) : Current) + by + Matches.Count) % Matches.Count;
        var line = Matches[Current];
        if (_folded.RemoveWhere(fold => fold < line && _lines.Lines[fold].FoldTo >= line) > 0) Follow();
        return Array.BinarySearch(_shown, line);
    }

    /// <summary>Index of the current hit among the visible lines; -1 without one.</summary>
    public int CurrentPlace => Current < 0 ? -1 : Array.BinarySearch(_shown, Matches[Current]);

    private void Follow()
    {
        var shown = new List<int>(_lines.Lines.Count);
        for (var i = 0; i < _lines.Lines.Count; i++)
        {
            shown.Add(i);
            if (_folded.Contains(i)) i = _lines.Lines[i].FoldTo;
        }
        _shown = [.. shown];
    }

    private int[] AllLines() => [.. Enumerable.Range(0, _lines.Lines.Count)];
}
