using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>The executions of one job, node or deployment: their rows and counts.</summary>
internal sealed class Group(int number, string groupId)
{
    private int[] _rows = [];
    private int _count;

    public int Number => number;
    public string Id { get; } = groupId;

    /// <summary>What it is called on screen.</summary>
    public string Name { get; set; } = groupId;

    /// <summary>Of a node: it is known and not connected, so the states on it are the last known.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Of a node: the server calls it connected, and its last heartbeat is older than it may be.</summary>
    public bool IsStale { get; set; }

    public Tally Tally { get; } = new();

    /// <summary>Of a node: the place after its last change in <see cref="ExecutionTable.NodeJournal"/>. Of a deployment: the version of the last change of its executions.</summary>
    public long ChangedAt { get; set; }

    /// <summary>Its rows in no order; some may have been removed from the store.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Math.Min(_count, _rows.Length));

    public void Add(int row)
    {
        if (_count == _rows.Length) Array.Resize(ref _rows, _count < 4 ? 4 : _count + _count / 2);
        _rows[_count++] = row;
    }

    /// <summary>Takes a row out that moved to another group. Cost: the rows.</summary>
    public void Remove(int row)
    {
        var at = Rows.IndexOf(row);
        if (at >= 0) _rows[at] = _rows[--_count];
    }

    /// <summary>Takes out every row that is not wanted.</summary>
    public void Keep(Func<int, bool> wanted)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
            if (wanted(_rows[i])) _rows[kept++] = _rows[i];
        _count = kept;
    }
}

/// <summary>Groups of one kind by id, numbered from 0; number 0 is the group without an id.</summary>
internal sealed class GroupTable
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private Group[] _groups = new Group[16];

    public GroupTable() => Intern("");

    public int Count { get; private set; }

    /// <summary>Moves when a group comes or a name changes.</summary>
    public int Edition { get; private set; }

    public Group this[int number] => _groups[number];

    public Group? Find(string id) => _numbers.TryGetValue(id, out var number) ? _groups[number] : null;

    /// <summary>The group of an id, made when there is none. Writer only.</summary>
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

    /// <summary>Names a group; false when it had that name. Writer only.</summary>
    public bool Rename(Group group, string name)
    {
        if (group.Name == name) return false;
        group.Name = name;
        Edition++;
        return true;
    }
}
