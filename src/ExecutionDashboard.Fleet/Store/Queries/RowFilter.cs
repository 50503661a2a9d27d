using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>A query's conditions for one state of the store. Created in a read and valid for that read only.</summary>
internal sealed class RowFilter
{
    private readonly ExecutionTable _table;
    private readonly ExecutionQuery _query;
    private readonly IdSet? _versions, _namespaces, _types;
    private readonly long _createdFrom, _createdTo, _updatedFrom, _updatedTo;
    private readonly LabelFilter? _labels;
    private readonly TextFilter? _text;

    public RowFilter(ExecutionTable table, ExecutionQuery query, Catalog catalog)
    {
        _table = table;
        _query = query;
        States = IdSet.Of(query.States, table.States.Find);
        Desired = IdSet.Of(query.Desired, table.States.Find);
        Jobs = IdSet.Of(query.Jobs, id => table.Jobs.Find(id)?.Number ?? -1);
        Nodes = IdSet.Of(query.Nodes, id => table.Nodes.Find(id)?.Number ?? -1);
        Deployments = IdSet.Of(query.Deployments, id => table.Deployments.Find(id)?.Number ?? -1);
        _versions = IdSet.Of(query.Versions);
        _namespaces = IdSet.Of(query.Namespaces, table.Namespaces.Find);
        _types = IdSet.Of(query.Types, table.Types.Find);
        _createdFrom = ExecutionTable.FromTime(query.CreatedFrom);
        _createdTo = ExecutionTable.FromTime(query.CreatedTo);
        _updatedFrom = ExecutionTable.FromTime(query.UpdatedFrom);
        _updatedTo = ExecutionTable.FromTime(query.UpdatedTo);
        HasTimes = (_createdFrom | _createdTo | _updatedFrom | _updatedTo) != 0;
        if (query.Labels.Count > 0) _labels = new LabelFilter(query.Labels, table, catalog);
        if (query.Text.Length > 0) _text = new TextFilter(query.Text, table);
        MatchesNothing = Empty(States) || Empty(Desired) || Empty(Jobs) || Empty(Nodes) || Empty(Deployments) || Empty(_versions)
            || Empty(_namespaces) || Empty(_types) || _labels is { MatchesNothing: true };
        var others = _versions is not null || _namespaces is not null || _types is not null || _labels is not null || _text is not null;
        HasRowConditions = others || HasTimes;
        HasOnlyTimes = HasTimes && !others && States is null && Desired is null && Jobs is null && Nodes is null && Deployments is null && Drift is null
            && Scope == ExecutionScope.All;
    }

    /// <summary>Prepares it for use by several threads.</summary>
    public void Share()
    {
        _labels?.Share();
        _text?.Share();
    }

    public IdSet? States { get; }
    public IdSet? Desired { get; }
    public IdSet? Jobs { get; }
    public IdSet? Nodes { get; }
    public IdSet? Deployments { get; }
    public bool? Drift => _query.Drift;
    public ExecutionScope Scope => _query.Scope;

    /// <summary>Whether a filter asks for a value that no execution has.</summary>
    public bool MatchesNothing { get; }

    /// <summary>Whether there are conditions that no index covers.</summary>
    public bool HasRowConditions { get; }

    /// <summary>Whether time ranges are the only conditions.</summary>
    public bool HasOnlyTimes { get; }

    /// <summary>Range of the last change, as the column stores it; an end of 0 is open. Null without one.</summary>
    public (long From, long To)? UpdatedRange => Range(_updatedFrom, _updatedTo);

    /// <summary>Range of creation, in the same form.</summary>
    public (long From, long To)? CreatedRange => Range(_createdFrom, _createdTo);

    private bool HasTimes { get; }

    public bool Matches(int row)
    {
        var flags = _table.Flags[row];
        if ((flags & ExecutionTable.Live) == 0 || MatchesNothing) return false;
        if (Scope != ExecutionScope.All && (Scope == ExecutionScope.Current) != ((flags & ExecutionTable.Current) != 0)) return false;
        if (Drift is { } drift && drift != ((flags & ExecutionTable.Drifting) != 0)) return false;
        return (States is null || States.Contains(_table.State[row]))
            && (Desired is null || Desired.Contains(_table.Desired[row]))
            && (Jobs is null || Jobs.Contains(_table.Job[row]))
            && (Nodes is null || Nodes.Contains(_table.Node[row]))
            && (Deployments is null || Deployments.Contains(_table.Deployment[row]))
            && (!HasRowConditions || MatchesConditions(row));
    }

    /// <summary>Tests the conditions that no index covers.</summary>
    public bool MatchesConditions(int row) =>
        (_versions is null || _versions.Contains(_table.JobVersion[row]))
        && (_namespaces is null || _namespaces.Contains(_table.Namespace[row]))
        && (_types is null || _types.Contains(_table.Type[row]))
        && (!HasTimes || (Within(_table.Created[row], _createdFrom, _createdTo) && Within(_table.Updated[row], _updatedFrom, _updatedTo)))
        && (_labels is null || _labels.Matches(_table.Node[row], _table.Job[row]))
        && (_text is null || _text.Matches(row));

    // Start at 1, the earliest time, because 0 means "no time".
    private static (long From, long To)? Range(long from, long to) => (from | to) == 0 ? null : (Math.Max(from, 1), to);

    // Rows without a time match no range.
    private static bool Within(long time, long from, long to) => (from | to) == 0 || (time != 0 && time >= from && (to == 0 || time < to));

    private static bool Empty(IdSet? set) => set is { IsEmpty: true };
}
