namespace ExecutionDashboard.Components.Shared.Groups;

/// <summary>The lines of a grouped list: a head for each group, and the rows of those that are unfolded under theirs.</summary>
public interface IGroupTree
{
    /// <summary>Number of lines.</summary>
    int Count { get; }

    /// <summary>Number of groups.</summary>
    int Groups { get; }

    /// <summary>The group of a line, and the row within it; -1 for the head.</summary>
    (int Group, int Row) At(int line);

    /// <summary>The line of a group's head.</summary>
    int HeadOf(int group);

    /// <summary>Whether a group is unfolded.</summary>
    bool IsOpen(int group);
}

/// <summary>The lines of one viewer's grouped list. Groups and rows keep their places until others are held. Not safe for concurrent use.</summary>
/// <typeparam name="TRows">The rows of a group.</typeparam>
/// <param name="countOf">Number of the rows.</param>
public sealed class GroupTree<TRows>(Func<TRows, int> countOf) : IGroupTree where TRows : class
{
    private readonly Dictionary<string, TRows> _open = new(StringComparer.Ordinal);
    private string[] _keys = [];
    // For each group the line after its last.
    private int[] _ends = [];

    /// <inheritdoc/>
    public int Count => _ends.Length > 0 ? _ends[^1] : 0;

    /// <inheritdoc/>
    public int Groups => _keys.Length;

    /// <summary>The unfolded groups and their rows.</summary>
    public IEnumerable<TRows> Open => _open.Values;

    /// <summary>Key of a group.</summary>
    public string KeyOf(int group) => _keys[group];

    /// <summary>The rows of a group; null when it is folded.</summary>
    public TRows? RowsOf(int group) => _open.GetValueOrDefault(_keys[group]);

    /// <inheritdoc/>
    public bool IsOpen(int group) => _open.ContainsKey(_keys[group]);

    /// <inheritdoc/>
    public int HeadOf(int group) => group == 0 ? 0 : _ends[group - 1];

    /// <inheritdoc/>
    public (int Group, int Row) At(int line)
    {
        var at = Array.BinarySearch(_ends, line + 1);
        // Every group has a line, so no two ends are the same.
        var group = at >= 0 ? at : ~at;
        return (group, line - HeadOf(group) - 1);
    }

    /// <summary>The heads and runs of rows in a range of lines: the group, its first row there (-1 for the head), and how many lines.</summary>
    public IEnumerable<(int Group, int Row, int Count)> Stretches(int line, int count)
    {
        var end = (int)Math.Min((long)line + count, Count);
        for (line = Math.Max(0, line); line < end;)
        {
            var (group, row) = At(line);
            var rows = row < 0 ? 1 : Math.Min(end - line, countOf(RowsOf(group)!) - row);
            yield return (group, row, rows);
            line += rows;
        }
    }

    /// <summary>Holds other groups. Those that were unfolded stay so, with rows read anew.</summary>
    public void Hold(IEnumerable<string> keys, Func<string, TRows> rows)
    {
        _keys = [.. keys];
        var open = _open.Keys.ToHashSet(StringComparer.Ordinal);
        _open.Clear();
        foreach (var key in _keys)
            if (open.Contains(key)) _open[key] = rows(key);
        Measure();
    }

    /// <summary>Unfolds a group, or folds it.</summary>
    public void Fold(int group, bool open, Func<string, TRows> rows)
    {
        var key = _keys[group];
        if (!open) _open.Remove(key);
        else if (!_open.ContainsKey(key)) _open[key] = rows(key);
        Measure();
    }

    /// <summary>Folds all groups and forgets which were unfolded.</summary>
    public void Clear()
    {
        _open.Clear();
        (_keys, _ends) = ([], []);
    }

    private void Measure()
    {
        var (ends, end) = (new int[_keys.Length], 0);
        for (var i = 0; i < ends.Length; i++) ends[i] = end += 1 + (_open.TryGetValue(_keys[i], out var rows) ? countOf(rows) : 0);
        _ends = ends;
    }
}
