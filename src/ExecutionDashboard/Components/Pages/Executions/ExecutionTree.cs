using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The groups of one viewer's list of executions. Their counts are shared between viewers; what is unfolded is the viewer's own.</summary>
internal sealed class ExecutionTree(FilteredCounts shared)
{
    private readonly GroupTree<ExecutionSelection> _lines = new(rows => rows.Count);
    // As they were when the list was made: a group keeps its name and place when its last execution leaves it.
    private ExecutionGroups _held = ExecutionGroups.None, _now = ExecutionGroups.None;
    private FleetStore _store = null!;
    private ExecutionQuery _query = ExecutionQuery.All;

    /// <summary>What is grouped by.</summary>
    public ExecutionGrouping Grouping { get; private set; } = ExecutionGrouping.None;

    /// <summary>The lines; null when nothing is grouped.</summary>
    public IGroupTree? Lines => Grouping.IsNone ? null : _lines;

    /// <summary>Groups by something else.</summary>
    public void By(ExecutionGrouping grouping)
    {
        if (grouping == Grouping) return;
        Grouping = grouping;
        _lines.Clear();
    }

    /// <summary>Holds the groups that a query has now. Those of them that are unfolded stay so.</summary>
    public void Hold(FleetStore store, ExecutionQuery query)
    {
        (_store, _query) = (store, query);
        if (Grouping.IsNone) return;
        _held = _now = shared.Of(store, query, Grouping);
        _lines.Hold(_held.All.Select(group => group.Key), Rows);
    }

    /// <summary>Unfolds a group, or folds it.</summary>
    public void Fold(int group, bool open) => _lines.Fold(group, open, Rows);

    /// <summary>Brings the counts to now; true when something on screen changed.</summary>
    public bool Refresh((int Start, int Count) screen, long drawn)
    {
        if (Grouping.IsNone) return false;
        var before = _now;
        _now = shared.Of(_store, _query, Grouping);
        foreach (var rows in _lines.Open) _store.Refresh(rows);
        var moved = false;
        foreach (var (group, row, count) in _lines.Stretches(screen.Start, screen.Count))
            moved |= row < 0 ? !ReferenceEquals(before, _now) && !Equals(before.Find(_lines.KeyOf(group))?.Counts, _now.Find(_lines.KeyOf(group))?.Counts)
                : _store.AnyChanged(_lines.RowsOf(group)!, row, count, drawn);
        return moved;
    }

    /// <summary>The group whose head is at a line, and its counts now; null when there is an execution.</summary>
    public (ExecutionGroup Group, int Place)? HeadAt(int line) => _lines.At(line) is (var group, < 0) ? (Now(group), group) : null;

    /// <summary>The group at a place, and its counts now.</summary>
    public ExecutionGroup Now(int place) => _now.Find(_lines.KeyOf(place)) ?? _held.Find(_lines.KeyOf(place))! with { Counts = Fleet.Store.Indexes.StateCounts.Empty };

    /// <summary>The query of a group.</summary>
    public ExecutionQuery QueryOf(ExecutionGroup group) => Grouping.Narrow(_query, group);

    /// <summary>The executions of some lines as they are now; null for a head, and for one that was removed.</summary>
    public IReadOnlyList<Execution?> Read(int line, int count)
    {
        var read = new List<Execution?>(count);
        foreach (var (group, row, rows) in _lines.Stretches(line, count))
        {
            if (row < 0) read.Add(null);
            else read.AddRange(_store.Rows(_lines.RowsOf(group)!, row, rows));
        }
        return read;
    }

    /// <summary>Whether the execution at a line no longer belongs to its group.</summary>
    public bool HasLeft(int line) => _lines.At(line) is (var group, >= 0 and var row) && _lines.RowsOf(group) is { } rows && rows.HasLeft(row);

    private ExecutionSelection Rows(string key) => _store.Select(Grouping.Narrow(_query, _held.Find(key)!));
}
