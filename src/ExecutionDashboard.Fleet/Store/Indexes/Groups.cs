using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Search;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>The executions of one job, node or deployment: their rows and counts.</summary>
internal sealed class Group(int number, string groupId)
{
    private int[] _rows = [];
    private int _count;

    public int Number => number;
    public string Id { get; } = groupId;

    /// <summary>Display name.</summary>
    public string Name { get; set; } = groupId;

    /// <summary>For a node: known and not connected, so its states are last known ones.</summary>
    public bool IsSilent { get; set; }

    /// <summary>For a node: reported as connected although its last heartbeat is too old.</summary>
    public bool IsStale { get; set; }

    /// <summary>For a node: an open problem concerns it.</summary>
    public bool HasProblem { get; set; }

    public Tally Tally { get; } = new();

    /// <summary>
    /// For a node: position after its last change in <see cref="ExecutionTable.NodeJournal"/>. For a deployment: store version of the last change of its executions.
    /// </summary>
    public long ChangedAt { get; set; }

    /// <summary>Its rows, unordered; some may have been removed.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Math.Min(_count, _rows.Length));

    /// <summary>Makes room for rows that are added next.</summary>
    public void Reserve(int more) => Array.Resize(ref _rows, _count + more);

    public void Add(int row)
    {
        if (_count == _rows.Length) Array.Resize(ref _rows, _count < 4 ? 4 : _count + _count / 2);
        _rows[_count++] = row;
    }

    /// <summary>Removes a row that moved to another group. Costs the rows of the group.</summary>
    public void Remove(int row)
    {
        var at = Rows.IndexOf(row);
        if (at >= 0) _rows[at] = _rows[--_count];
    }

    /// <summary>Removes all rows that do not pass a test.</summary>
    public void Keep(Func<int, bool> wanted)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
            if (wanted(_rows[i])) _rows[kept++] = _rows[i];
        _count = kept;
    }
}

/// <summary>Groups of one kind by id, numbered from 0; number 0 is the empty id.</summary>
internal sealed class GroupTable
{
    private const int MostNamed = 64;

    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    // Finding names costs a pass over all groups, which viewers of the same filter share.
    private readonly ConcurrentDictionary<FilterValue, (int Edition, int[] Numbers)> _named = new();
    private volatile Letters _letters = new(0, []);
    private Group[] _groups = new Group[16];

    public GroupTable() => Intern("");

    public int Count { get; private set; }

    /// <summary>Changes when a group is added or renamed.</summary>
    public int Edition { get; private set; }

    public Group this[int number] => _groups[number];

    /// <summary>The groups that a value names: the one with that id, else all with that name; for a pattern all with a matching id or name.</summary>
    public int[] Named(FilterValue value)
    {
        if (!value.IsPattern && Find(value.Text) is { } group) return [group.Number];
        var edition = Edition;
        if (_named.TryGetValue(value, out var held) && held.Edition == edition) return held.Numbers;
        var numbers = new List<int>();
        for (var number = 1; number < Count; number++)
            if (value.Matches(_groups[number].Name) || (value.IsPattern && value.Matches(_groups[number].Id))) numbers.Add(number);
        if (_named.Count >= MostNamed) _named.Clear();
        // A group that came meanwhile changed the edition, so this is never taken for the answer with it.
        return (_named[value] = (edition, [.. numbers])).Numbers;
    }

    /// <summary>The letters of each group's name and id, by number: see <see cref="NameLetters"/>. Worked out once for all who look, until a group is added or renamed.</summary>
    public ReadOnlySpan<ulong> LettersOfNames()
    {
        var (edition, held) = (Edition, _letters);
        if (held.Edition == edition) return held.OfNames;
        var letters = new ulong[Count];
        for (var number = 0; number < letters.Length; number++)
            if (_groups[number] is { } group) letters[number] = NameLetters.Of(group.Name) | NameLetters.Of(group.Id);
        return (_letters = new(edition, letters)).OfNames;
    }

    private sealed record Letters(int Edition, ulong[] OfNames);

    public Group? Find(string id) => _numbers.TryGetValue(id, out var number) ? _groups[number] : null;

    /// <summary>The group of an id, created if needed. Writer only.</summary>
    public Group Intern(string id)
    {
        if (_numbers.TryGetValue(id, out var number)) return _groups[number];
        if (Count == _groups.Length)
        {
            var groups = _groups;
            Array.Resize(ref groups, Count * 2);
            Volatile.Write(ref _groups, groups);
        }
        var group = new Group(Count, id);
        _groups[Count++] = group;
        _numbers[id] = group.Number;
        Edition++;
        return group;
    }

    /// <summary>Renames a group; false when it has that name already. Writer only.</summary>
    public bool Rename(Group group, string name)
    {
        if (group.Name == name) return false;
        group.Name = name;
        Edition++;
        return true;
    }
}
