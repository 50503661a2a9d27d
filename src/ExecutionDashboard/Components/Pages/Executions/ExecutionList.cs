using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Store.Selections;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>One viewer's list of executions, with the rows that are selected for a command.</summary>
public sealed class ExecutionList(Replica replica, OperationLog operations, FilteredCounts filtered, TimeProvider time)
    : LiveList<ExecutionQuery>(replica, time, ExecutionQuery.All)
{
    private const int Sampled = 48;

    private readonly ExecutionTree _tree = new(filtered);
    private ExecutionSelection _selection = null!;
    private long _drawn;
    private int _anchor = -1;

    /// <inheritdoc/>
    public override int Count => Tree?.Count ?? _selection.Count;

    /// <inheritdoc/>
    public override IGroupTree? Tree => _tree.Lines;

    /// <summary>What the list is grouped by.</summary>
    public ExecutionGrouping Grouping => _tree.Grouping;

    /// <summary>The address of the list with other filters, for the links of groups.</summary>
    public Func<ExecutionQuery, string> AddressOf { get; set; } = ExecutionListUrl.For;

    /// <summary>Executions held, also those of folded groups.</summary>
    public int Held => _selection.Count;

    /// <inheritdoc/>
    public override int NewCount => _selection.NewCount;

    /// <inheritdoc/>
    public override int MatchingNow => _selection.MatchingNow;

    /// <summary>Executions by state under the query without its states.</summary>
    public StateCounts Counts { get; private set; } = StateCounts.Empty;

    /// <summary>Widths of the columns, from a sample of the rows.</summary>
    public ColumnLook Look { get; private set; } = ColumnLook.Usual;

    /// <summary>Ids of the selected rows.</summary>
    public HashSet<string> Checked { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override object Totals => (NewCount, MatchingNow, Counts);

    /// <inheritdoc/>
    protected override bool MayHaveRows => Store.Version != _selection.Version;

    /// <inheritdoc/>
    protected override void OnOtherQuery() => Checked.Clear();

    /// <summary>Groups the list by something else, the next time it is listed.</summary>
    public void GroupBy(ExecutionGrouping grouping)
    {
        if (grouping == Grouping) return;
        _tree.By(grouping);
        IsRegrouped = true;
    }

    /// <summary>The group whose head is at a line; null without one.</summary>
    public ExecutionGroup? HeadAt(int line) => Tree is not null && line >= 0 && line < Count ? _tree.HeadAt(line)?.Group : null;

    /// <summary>The query of a group of this list.</summary>
    public ExecutionQuery QueryOf(ExecutionGroup group) => _tree.QueryOf(group);

    /// <inheritdoc/>
    protected override void Fold(int group, bool open)
    {
        _anchor = -1;
        _tree.Fold(group, open);
    }

    /// <inheritdoc/>
    protected override void Select()
    {
        _selection = Store.Select(Query);
        (_drawn, _anchor) = (_selection.Version, -1);
        _tree.Hold(Store, Query);
        Counts = CountsByState();
        Look = ColumnLook.Of(Sample());
    }

    /// <inheritdoc/>
    protected override bool Refresh()
    {
        Store.Refresh(_selection);
        Counts = CountsByState();
        if (Tree is null ? !Store.AnyChanged(_selection, OnScreen.Start, OnScreen.Count, _drawn) : !_tree.Refresh(OnScreen, _drawn)) return false;
        _drawn = _selection.Version;
        return true;
    }

    /// <summary>Rows to draw; remembers them as the ones on screen.</summary>
    public IReadOnlyList<ExecutionRow> Rows(int start, int count)
    {
        OnScreen = (start, count);
        var executions = Read(start, count);
        var rows = new ExecutionRow[executions.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = Row(start + i, executions[i]);
        return rows;
    }

    /// <summary>The row at the cursor; null when the cursor is on no row.</summary>
    public ExecutionRow? AtCursor() =>
        Cursor >= 0 && Read(Cursor, 1) is [var execution] ? Row(Cursor, execution) : null;

    /// <summary>Whether an execution belongs to this list: on screen, selected, or matched by its query.</summary>
    public bool Holds(string? id) =>
        id is { Length: > 0 } && (Checked.Contains(id) || Read(OnScreen.Start, OnScreen.Count).Any(e => e?.Id == id)
            || (Store.FindExecution(id) is not null && Store.Matching(Query, [id])[0]));

    /// <summary>Selects or deselects a row of this list; rows of other lists, and rows beyond the limit, stay deselected.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="most">Most rows that can be selected.</param>
    /// <param name="index">Its index in the list, where a range starts; -1 when unknown.</param>
    /// <returns>Whether it is selected now.</returns>
    public bool Check(string? id, int most, int index = -1)
    {
        if (!Holds(id)) return false;
        _anchor = index;
        return !Checked.Remove(id!) && Checked.Count < most && Checked.Add(id!);
    }

    /// <summary>
    /// Gives all rows from the last selected or deselected one up to another the same mark, at most <paramref name="most"/>. Without an earlier one, only the other
    /// row is selected.
    /// </summary>
    /// <returns>Whether the other row is selected now.</returns>
    public bool CheckTo(int index, string? id, int most)
    {
        if (!Holds(id) || Read(index, 1) is not [{ } end] || end.Id != id) return id is not null && Checked.Contains(id);
        if (_anchor < 0 || Read(_anchor, 1) is not [{ } start]) return Check(id, most, index);
        var count = Math.Min(Math.Abs(index - _anchor) + 1, most);
        var rows = Read(index > _anchor ? _anchor : _anchor - count + 1, count).OfType<Execution>();
        var isChecked = Checked.Contains(start.Id);
        foreach (var row in index > _anchor ? rows : rows.Reverse())
        {
            if (!isChecked) Checked.Remove(row.Id);
            else if (Checked.Count < most) Checked.Add(row.Id);
        }
        return Checked.Contains(id!);
    }

    /// <summary>Selects all rows, at most <paramref name="most"/>; returns the number of selected ones.</summary>
    public int CheckAll(int most)
    {
        foreach (var execution in Store.Rows(_selection, 0, Math.Min(most, Held)))
            if (execution is not null && Checked.Count < most) Checked.Add(execution.Id);
        return Checked.Count;
    }

    /// <summary>Whether a row no longer matches the filters, although it stays in its place.</summary>
    public bool HasLeft(ExecutionRow row) => row.Execution is not null && (Tree is null ? _selection.HasLeft(row.Index) : _tree.HasLeft(row.Index));

    /// <summary>Number of executions in the chain of one.</summary>
    public int ChainLength(Execution execution) =>
        execution.PreviousId.Length + execution.NextId.Length == 0 ? 1 : Store.Chain(execution.Id).Count;

    /// <summary>Labels of the spec an execution was started with.</summary>
    public IReadOnlyDictionary<string, string>? LabelsOf(Execution execution) => Store.FindSpec(execution.SpecHash)?.Labels ?? Store.FindJob(execution.JobId)?.Labels;

    private StateCounts CountsByState()
    {
        var scope = Query.Scope;
        var without = Query with { States = [], Scope = ExecutionScope.All };
        return without.IsUnfiltered ? Store.Counts(scope) : filtered.Of(Store, without with { Scope = scope });
    }

    // A sample over the whole list, so that columns do not change during scrolling.
    private IEnumerable<RenderedRow> Sample()
    {
        var step = Math.Max(1, Held / Sampled);
        for (var i = 0; i < Held && i / step < Sampled; i += step)
            if (Store.Rows(_selection, i, 1) is [{ } execution]) yield return RenderedRow.Of(execution, Store);
    }

    private IReadOnlyList<Execution?> Read(int start, int count) => Tree is null ? Store.Rows(_selection, start, count) : _tree.Read(start, count);

    private ExecutionRow Row(int index, Execution? execution) =>
        execution is not null ? new(index, RenderedRow.Of(execution, Store), operations.Of(execution.Id))
        : Tree is not null && _tree.HeadAt(index) is { } head ? new(index, null, null, Head(head.Group, head.Place))
        : new(index, null, null);

    private ListGroup Head(ExecutionGroup group, int place) => new(
        group.Key, ExecutionGroupLabels.Name(Grouping, group), group.Value, group.Counts.Total, ExecutionGroupLabels.Parts(group), place, Tree!.Groups, Tree.IsOpen(place),
        AddressOf(QueryOf(group)));
}
