using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;

namespace ExecutionDashboard.Components.Shared.Groups;

/// <summary>The groups of one viewer's long list. Their counts are shared between viewers; what is unfolded is the viewer's own. Not safe for concurrent use.</summary>
/// <typeparam name="TQuery">What is filtered by.</typeparam>
/// <typeparam name="TGrouping">What is grouped by.</typeparam>
/// <typeparam name="TGroup">A group.</typeparam>
/// <typeparam name="TRows">The rows of a group, in their places.</typeparam>
/// <typeparam name="TRow">A row.</typeparam>
internal abstract class StoreTree<TQuery, TGrouping, TGroup, TRows, TRow>(TQuery all, TGrouping none, KeyedGroups<TGroup> noGroups, Func<TRows, int> countOf)
    where TGrouping : class, IEquatable<TGrouping> where TGroup : class, IKeyedGroup where TRows : class
{
    private readonly TGrouping _none = none;
    private readonly GroupTree<TRows> _lines = new(countOf);
    // As they were when the list was made: a group keeps its name and place when its last row leaves it.
    private KeyedGroups<TGroup> _held = noGroups, _now = noGroups;

    /// <summary>What is grouped by.</summary>
    public TGrouping Grouping { get; private set; } = none;

    /// <summary>The lines; null when nothing is grouped.</summary>
    public IGroupTree? Lines => IsNone ? null : _lines;

    /// <summary>The fleet; set when groups are first held.</summary>
    protected FleetStore Store { get; private set; } = null!;

    /// <summary>What is filtered by.</summary>
    protected TQuery Query { get; private set; } = all;

    private bool IsNone => Grouping.Equals(_none);

    /// <summary>The groups of the query now, shared between viewers.</summary>
    protected abstract KeyedGroups<TGroup> Shared();

    /// <summary>The rows of a group.</summary>
    protected abstract TRows RowsOf(TGroup group);

    /// <summary>A group that has no rows any more.</summary>
    protected abstract TGroup Emptied(TGroup group);

    /// <summary>Rereads which rows left or stay.</summary>
    protected abstract void Refresh(TRows rows);

    /// <summary>Whether any of some rows changed since a version.</summary>
    protected abstract bool AnyChanged(TRows rows, int row, int count, long drawn);

    /// <summary>Some rows as they are now; null for one that was removed.</summary>
    protected abstract IEnumerable<TRow?> Read(TRows rows, int row, int count);

    /// <summary>Groups by something else.</summary>
    public void By(TGrouping grouping)
    {
        if (grouping.Equals(Grouping)) return;
        Grouping = grouping;
        _lines.Clear();
    }

    /// <summary>Holds the groups that a query has now. Those of them that are unfolded stay so.</summary>
    public void Hold(FleetStore store, TQuery query)
    {
        (Store, Query) = (store, query);
        if (IsNone) return;
        _held = _now = Shared();
        _lines.Hold(_held.All.Select(group => group.Key), Rows);
    }

    /// <summary>Unfolds a group, or folds it.</summary>
    public void Fold(int group, bool open) => _lines.Fold(group, open, Rows);

    /// <summary>Brings the counts to now; true when something on screen changed.</summary>
    public bool Refresh((int Start, int Count) screen, long drawn)
    {
        if (IsNone) return false;
        var before = _now;
        _now = Shared();
        foreach (var rows in _lines.Open) Refresh(rows);
        var moved = false;
        foreach (var (group, row, count) in _lines.Stretches(screen.Start, screen.Count))
            moved |= row < 0 ? !ReferenceEquals(before, _now) && !Equals(before.Find(_lines.KeyOf(group)), _now.Find(_lines.KeyOf(group))) : AnyChanged(_lines.RowsOf(group)!, row, count, drawn);
        return moved;
    }

    /// <summary>The group whose head is at a line, and its counts now; null when there is a row.</summary>
    public (TGroup Group, int Place)? HeadAt(int line) => _lines.At(line) is (var group, < 0) ? (Now(group), group) : null;

    /// <summary>The rows of some lines as they are now; null for a head, and for one that was removed.</summary>
    public IReadOnlyList<TRow?> Read(int line, int count)
    {
        var read = new List<TRow?>(count);
        foreach (var (group, row, rows) in _lines.Stretches(line, count))
        {
            if (row < 0) read.Add(default);
            else read.AddRange(Read(_lines.RowsOf(group)!, row, rows));
        }
        return read;
    }

    /// <summary>The unfolded rows at a line, and the row's place among them; null for a head.</summary>
    protected (TRows Rows, int Row)? RowAt(int line) => _lines.At(line) is (var group, >= 0 and var row) && _lines.RowsOf(group) is { } rows ? (rows, row) : null;

    private TGroup Now(int place) => _now.Find(_lines.KeyOf(place)) ?? Emptied(_held.Find(_lines.KeyOf(place))!);

    private TRows Rows(string key) => RowsOf(_held.Find(key)!);
}
