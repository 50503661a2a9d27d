using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Store.Selections;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>
/// What one viewer's list holds: a selection that stands still, what is on screen of it, which rows are checked, whether it is paused. Knows no
/// Blazor. Belongs to one circuit.
/// </summary>
public sealed class ExecutionList(Replica replica, OperationLog operations, FilteredCounts filtered, TimeProvider time)
{
    private const int Sampled = 48;

    private FleetStore _store = replica.Store;
    private ExecutionSelection _selection = replica.Store.Select(ExecutionQuery.All);
    private long _drawn;
    private int _start;
    private int _count;
    private int _anchor = -1;

    /// <summary>What is listed.</summary>
    public ExecutionQuery Query { get; private set; } = ExecutionQuery.All;

    /// <summary>Rows held.</summary>
    public int Count => _selection.Count;

    /// <summary>Executions that match by now and are not held.</summary>
    public int NewCount => _selection.NewCount;

    /// <summary>Executions that match now.</summary>
    public int MatchingNow => _selection.MatchingNow;

    /// <summary>
    /// Executions by state under the query without its states.
    /// </summary>
    public StateCounts Counts { get; private set; } = StateCounts.Empty;

    /// <summary>What its columns give room to.</summary>
    public ColumnLook Look { get; private set; } = ColumnLook.Usual;

    /// <summary>Since when nothing is followed, UTC; null while it is.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    /// <summary>Ids of the rows checked.</summary>
    public HashSet<string> Checked { get; } = new(StringComparer.Ordinal);

    /// <summary>Place of the row that the keys are on; -1 when on none.</summary>
    public int Cursor { get; private set; } = -1;

    /// <summary>Lists what a query finds now.</summary>
    public void Show(ExecutionQuery query)
    {
        if (!query.Equals(Query))
        {
            Checked.Clear();
            Cursor = -1;
        }
        Query = query;
        _store = replica.Store;
        _selection = _store.Select(query);
        (_drawn, _anchor) = (_selection.Version, -1);
        Counts = CountsByState();
        Look = ColumnLook.Of(Sample());
    }

    /// <summary>Lists what the same query finds now: what was new is in its place.</summary>
    public void ShowNew() => Show(Query);

    /// <summary>Stops to follow, or follows again.</summary>
    public void Pause(bool paused) => PausedSince = paused ? PausedSince ?? time.GetUtcNow() : null;

    /// <summary>Brings what is shown to the present. Cost: the changes since the last tick and the rows on screen.</summary>
    public ListMove Follow()
    {
        if (PausedSince is not null) return ListMove.None;
        if (!ReferenceEquals(_store, replica.Store) || (_selection.Count == 0 && _store.Version != _selection.Version))
        {
            Show(Query);
            return ListMove.Rows;
        }
        var (news, matching, counts) = (_selection.NewCount, _selection.MatchingNow, Counts);
        _store.Refresh(_selection);
        Counts = CountsByState();
        if (_store.AnyChanged(_selection, _start, _count, _drawn))
        {
            _drawn = _selection.Version;
            return ListMove.Rows;
        }
        return news != _selection.NewCount || matching != _selection.MatchingNow || !Equals(counts, Counts) ? ListMove.Counts : ListMove.None;
    }

    /// <summary>Rows to draw; remembers them as the ones on screen.</summary>
    public IReadOnlyList<ExecutionRow> Rows(int start, int count)
    {
        (_start, _count) = (start, count);
        var executions = _store.Rows(_selection, start, count);
        var rows = new ExecutionRow[executions.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = Row(start + i, executions[i]);
        return rows;
    }

    /// <summary>Moves the keys' row by one or more; null when there is none to move to.</summary>
    public ExecutionRow? MoveCursor(int by)
    {
        if (Count == 0) return null;
        Cursor = Math.Clamp(Cursor < 0 ? (by > 0 ? 0 : Count - 1) : Cursor + by, 0, Count - 1);
        return AtCursor();
    }

    /// <summary>The row that the keys are on.</summary>
    public ExecutionRow? AtCursor() =>
        Cursor >= 0 && _store.Rows(_selection, Cursor, 1) is [var execution] ? Row(Cursor, execution) : null;

    /// <summary>Puts the keys on a row.</summary>
    public void PointAt(int index) => Cursor = index >= 0 && index < Count ? index : Cursor;

    /// <summary>Whether it is an execution of this list: on its screen, checked, or found by its query.</summary>
    public bool Holds(string? id) =>
        id is { Length: > 0 } && (Checked.Contains(id) || _store.Rows(_selection, _start, _count).Any(e => e?.Id == id)
            || (_store.FindExecution(id) is not null && _store.Matching(Query, [id])[0]));

    /// <summary>Checks or unchecks a row of this list; others, and those that are one too many, stay unchecked.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="most">Rows that can be checked.</param>
    /// <param name="index">Its place in the list: where a range begins; -1 when that is not known.</param>
    /// <returns>Whether it is checked now.</returns>
    public bool Check(string? id, int most, int index = -1)
    {
        if (!Holds(id)) return false;
        _anchor = index;
        return !Checked.Remove(id!) && Checked.Count < most && Checked.Add(id!);
    }

    /// <summary>
    /// Gives the rows from the one that was last checked or unchecked to another one the same mark; at most <paramref name="most"/> of them, from that
    /// one on. Where none was, the other one is checked alone.
    /// </summary>
    /// <returns>Whether the other one is checked now.</returns>
    public bool CheckTo(int index, string? id, int most)
    {
        if (!Holds(id) || _store.Rows(_selection, index, 1) is not [{ } end] || end.Id != id) return id is not null && Checked.Contains(id);
        if (_anchor < 0 || _store.Rows(_selection, _anchor, 1) is not [{ } start]) return Check(id, most, index);
        var count = Math.Min(Math.Abs(index - _anchor) + 1, most);
        var rows = _store.Rows(_selection, index > _anchor ? _anchor : _anchor - count + 1, count).OfType<Execution>();
        var isChecked = Checked.Contains(start.Id);
        foreach (var row in index > _anchor ? rows : rows.Reverse())
        {
            if (!isChecked) Checked.Remove(row.Id);
            else if (Checked.Count < most) Checked.Add(row.Id);
        }
        return Checked.Contains(id!);
    }

    /// <summary>Checks every row held, at most <paramref name="most"/> of them; says how many are checked.</summary>
    public int CheckAll(int most)
    {
        foreach (var execution in _store.Rows(_selection, 0, Math.Min(most, Count)))
            if (execution is not null && Checked.Count < most) Checked.Add(execution.Id);
        return Checked.Count;
    }

    /// <summary>The row stays in its place, but by its state it would not be found again.</summary>
    public bool HasLeft(ExecutionRow row) => row.Execution is { } execution
        && ((Query.States.Count > 0 && !Query.States.Contains(execution.Actual.State))
            || (Query.Desired.Count > 0 && !Query.Desired.Contains(execution.Desired.State))
            || (Query.Scope != ExecutionScope.All && (Query.Scope == ExecutionScope.Current) != execution.ReplacedBy is null)
            || (Query.Drift is { } drift && drift != execution.Drifts));

    /// <summary>Executions in the chain of one.</summary>
    public int ChainLength(Execution execution) =>
        execution.PreviousId.Length + execution.NextId.Length == 0 ? 1 : _store.Chain(execution.Id).Count;

    /// <summary>Labels of the spec an execution was started with.</summary>
    public IReadOnlyDictionary<string, string>? LabelsOf(Execution execution) => _store.FindSpec(execution.SpecHash)?.Labels ?? _store.FindJob(execution.JobId)?.Labels;

    private StateCounts CountsByState()
    {
        var scope = Query.Scope;
        var without = Query with { States = [], Scope = ExecutionScope.All };
        if (without.IsUnfiltered) return _store.Counts(scope);
        var plain = new ExecutionQuery { Sort = Query.Sort, Ascending = Query.Ascending };
        return without switch
        {
            { Jobs: [var job] } when without.Equals(plain with { Jobs = [job] }) => _store.CountsOfJob(job, scope),
            { Nodes: [var node] } when without.Equals(plain with { Nodes = [node] }) => _store.CountsOfNode(node, scope),
            { Deployments: [var deployment] } when without.Equals(plain with { Deployments = [deployment] }) => _store.CountsOfDeployment(deployment, scope),
            _ => filtered.Of(_store, without with { Scope = scope }),
        };
    }

    // Rows from all over the list, so that columns do not change while it is scrolled.
    private IEnumerable<RenderedRow> Sample()
    {
        var step = Math.Max(1, Count / Sampled);
        for (var i = 0; i < Count && i / step < Sampled; i += step)
            if (_store.Rows(_selection, i, 1) is [{ } execution]) yield return RenderedRow.Of(execution, _store);
    }

    private ExecutionRow Row(int index, Execution? execution) =>
        new(index, execution is null ? null : RenderedRow.Of(execution, _store), execution is null ? null : operations.Of(execution.Id));
}
