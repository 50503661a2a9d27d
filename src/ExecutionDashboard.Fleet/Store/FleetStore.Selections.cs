using System.Collections.Concurrent;

namespace ExecutionDashboard.Fleet;

public sealed partial class FleetStore
{
    private const int MostShared = 256;

    // Viewers that open one list at one version share its rows.
    private readonly ConcurrentDictionary<ExecutionQuery, WeakReference<HeldRows>> _shared = new();

    /// <summary>Holds the result of a query still for a viewer.</summary>
    public ExecutionSelection Select(ExecutionQuery query) => new(query, this, Held(query));

    /// <summary>
    /// Rows of a selection as they are now; null in place of one that is gone. Outside of the selection: fewer rows. A selection of another
    /// store is selected anew.
    /// </summary>
    public IReadOnlyList<Execution?> Rows(ExecutionSelection selection, int start, int count)
    {
        Adopt(selection);
        var held = selection.Held;
        var (from, to) = Clamp(held, start, count);
        return _gate.Read(() =>
        {
            var executions = new Execution?[to - from];
            for (var i = from; i < to; i++)
            {
                var row = held.Order[i];
                if (_table.IsLive(row) && held.Holds(row, _table)) executions[i - from] = _table.Read(row);
            }
            return executions;
        });
    }

    /// <summary>Brings the counts of a selection to the present. Cost: the changes since its version.</summary>
    public void Refresh(ExecutionSelection selection)
    {
        if (Adopt(selection) || selection.Version == Version) return;
        var held = selection.Held;
        var mark = selection.Mark;
        // Judged first and noted after, since a read that was overtaken is run again.
        var (verdicts, sets, version, end) = _gate.Read(() =>
        {
            var filter = new RowFilter(_table, selection.Query, _catalog);
            var journal = _table.Journal;
            var changes = journal.End - mark;
            var few = changes <= Math.Max(FewestSteps, _table.LiveRows.Count) && journal.Reaches(mark);
            return (few ? Judge(held, filter, mark) : null, few ? default : JudgeAll(held, filter), _version, journal.End);
        });
        if (verdicts is null) selection.Recount(sets.Arrived, sets.Left);
        else
            foreach (var verdict in verdicts) selection.Judge(verdict);
        selection.MoveTo(version, end);
    }

    /// <summary>
    /// Whether one of the rows at <paramref name="start"/>… changed after <paramref name="sinceVersion"/>, or the name or labels of its node
    /// or job did. Cost: the rows asked for.
    /// </summary>
    public bool AnyChanged(ExecutionSelection selection, int start, int count, long sinceVersion)
    {
        if (Adopt(selection)) return true;
        var held = selection.Held;
        var (from, to) = Clamp(held, start, count);
        return _gate.Read(() =>
        {
            for (var i = from; i < to; i++)
                if (_table.Changed[held.Order[i]] > sinceVersion) return true;
            return false;
        });
    }

    /// <summary>Selects anew what another store selected; true when that was so.</summary>
    private bool Adopt(ExecutionSelection selection)
    {
        if (ReferenceEquals(selection.Store, this)) return false;
        selection.Hold(this, Held(selection.Query));
        return true;
    }

    private List<Verdict> Judge(HeldRows held, RowFilter filter, long mark)
    {
        var journal = _table.Journal;
        var verdicts = new List<Verdict>((int)(journal.End - mark));
        for (var place = mark; place < journal.End; place++)
        {
            var row = journal[place];
            verdicts.Add(new Verdict(row, held.Holds(row, _table), filter.Matches(row)));
        }
        return verdicts;
    }

    private (RowSet Arrived, RowSet Left) JudgeAll(HeldRows held, RowFilter filter)
    {
        var (arrived, left) = (new RowSet(), new RowSet());
        var matching = new List<int>();
        var visitor = new RowLister(matching);
        new QueryPlan(_table, filter).Scan(ref visitor);
        foreach (var row in matching)
            if (!held.Holds(row, _table)) arrived.Add(row);
        foreach (var row in held.Order)
            if (!held.Holds(row, _table) || !filter.Matches(row)) left.Add(row);
        return (arrived, left);
    }

    private HeldRows Held(ExecutionQuery query)
    {
        if (_shared.TryGetValue(query, out var shared) && shared.TryGetTarget(out var rows) && rows.Version == Version) return rows;
        rows = OrderOf(query.Sort) is { } order ? HeldAlong(order, query) : HeldSorted(query);
        if (_shared.Count >= MostShared) _shared.Clear();
        _shared[query] = new WeakReference<HeldRows>(rows);
        return rows;
    }

    private HeldRows HeldAlong(OrderIndex order, ExecutionQuery query)
    {
        var held = _gate.Read(() =>
        {
            var filter = new RowFilter(_table, query, _catalog);
            var plan = new QueryPlan(_table, filter);
            // Sorting few is cheaper than passing all.
            if (plan.Candidates < _table.LiveRows.Count / 16) return null;
            if (query.IsUnfiltered) return Keep(order.ToArray(_table.LiveRows.Count, query.Ascending));
            var rows = new List<int>(plan.KeptCount() ?? 0);
            plan.Walk(order, query.Ascending, after: null, int.MaxValue, int.MaxValue, rows);
            return Keep([.. rows]);
        });
        return held ?? HeldSorted(query);
    }

    private HeldRows HeldSorted(ExecutionQuery query)
    {
        // What is sorted is copied, so that the writer need not wait for the sort.
        var (held, keys, ids) = _gate.Read(() =>
        {
            var plan = new QueryPlan(_table, new RowFilter(_table, query, _catalog));
            var rows = new List<int>(plan.KeptCount() ?? 0);
            var visitor = new RowLister(rows);
            plan.Scan(ref visitor);
            var sort = SortKeys.For(query.Sort, _table, _ranks);
            var (keyOf, idOf) = (new ulong[rows.Count], new UInt128[rows.Count]);
            for (var i = 0; i < keyOf.Length; i++) (keyOf[i], idOf[i]) = (sort.Of(rows[i]), _table.Key[rows[i]]);
            return (Keep([.. rows]), keyOf, idOf);
        });
        RowSort.Sort(keys, ids, held.Order, query.Ascending, _table.Ids);
        return held;
    }

    private HeldRows Keep(int[] rows)
    {
        var set = new RowSet();
        foreach (var row in rows) set.Add(row);
        return new HeldRows(rows, set, _version, _table.Journal.End);
    }

    private static (int From, int To) Clamp(HeldRows held, int start, int count)
    {
        var from = Math.Clamp(start, 0, held.Order.Length);
        return (from, (int)Math.Clamp((long)start + count, from, held.Order.Length));
    }
}
