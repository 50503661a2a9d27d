using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private const int MostShared = 256;

    // Viewers who open the same list at the same version share its rows.
    private readonly ConcurrentDictionary<ExecutionQuery, WeakReference<HeldRows>> _shared = new();

    private readonly RecentRows _recent = new();

    /// <summary>Selects the executions that match a query, for one viewer.</summary>
    public ExecutionSelection Select(ExecutionQuery query) => new(query, this, Held(query));

    /// <summary>
    /// Rows of a selection as they are now; null for a removed one. Indexes beyond the selection are left out. A selection of another store is selected again.
    /// Usually returns the same object while the execution, its replacement, and the names and labels of its node and job are unchanged, and never after a change.
    /// </summary>
    public IReadOnlyList<Execution?> Rows(ExecutionSelection selection, int start, int count)
    {
        Adopt(selection);
        var held = selection.Held;
        var (from, to) = Clamp(held, start, count);
        var wanted = Places(held, from, to);
        var read = _gate.Read(() =>
        {
            var rows = new (int Row, long Changed, Execution? Execution, bool IsKept)[wanted.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var row = wanted[i];
                if (!_table.IsLive(row) || !held.Holds(row, _table)) continue;
                var changed = _table.ShownChanged(row);
                var kept = _recent.Find(row, changed);
                rows[i] = (row, changed, kept ?? _table.Read(row), kept is not null);
            }
            return rows;
        });
        // Cache only after the read: a read that the writer overtook runs again.
        return Array.ConvertAll(read, r => r.Execution is null || r.IsKept ? r.Execution : _recent.Keep(r.Row, r.Changed, r.Execution));
    }

    /// <summary>Updates the counts of a selection. Costs the changes since its version.</summary>
    public void Refresh(ExecutionSelection selection)
    {
        var relative = selection.Query.Filter.IsRelative;
        if (Adopt(selection) || (selection.Version == Version && (!relative || selection.Moment == _table.Moment))) return;
        var held = selection.Held;
        var (mark, moment) = (selection.Mark, selection.Moment);
        // Evaluate first and store later: a read that the writer overtook runs again.
        var (verdicts, sets, version, end, now) = _gate.Read(() =>
        {
            var filter = new RowFilter(_table, selection.Query, _catalog);
            var journal = _table.Journal;
            var changes = journal.End - mark;
            var few = changes <= Math.Max(FewestSteps, _table.LiveRows.Count) && journal.Reaches(mark);
            var passed = few && relative ? new PassedRows(_table, selection.Query.Filter, moment) : null;
            few &= passed is null || passed.Count <= Math.Max(FewestSteps, _table.LiveRows.Count / 4);
            return (few ? Judge(held, filter, mark, passed) : null, few ? default : JudgeAll(held, filter), _version, journal.End, _table.Moment);
        });
        if (verdicts is null) selection.Recount(sets.Arrived, sets.Left);
        else
            foreach (var verdict in verdicts) selection.Judge(verdict);
        selection.MoveTo(version, end, now);
    }

    /// <summary>
    /// Whether a row from <paramref name="start"/> on, its replacement, or the name or labels of its node or job changed after <paramref name="sinceVersion"/>. Costs
    /// the rows in question.
    /// </summary>
    public bool AnyChanged(ExecutionSelection selection, int start, int count, long sinceVersion)
    {
        if (Adopt(selection)) return true;
        var held = selection.Held;
        var (from, to) = Clamp(held, start, count);
        var rows = Places(held, from, to);
        return _gate.Read(() => Array.Exists(rows, row => _table.ShownChanged(row) > sinceVersion));
    }

    /// <summary>Selects again in this store what another store selected; true if it did.</summary>
    private bool Adopt(ExecutionSelection selection)
    {
        if (ReferenceEquals(selection.Store, this)) return false;
        selection.Hold(this, Held(selection.Query));
        return true;
    }

    private List<Verdict> Judge(HeldRows held, RowFilter filter, long mark, PassedRows? passed)
    {
        var journal = _table.Journal;
        var verdicts = new List<Verdict>((int)(journal.End - mark));
        for (var place = mark; place < journal.End; place++)
        {
            var row = journal[place];
            verdicts.Add(new Verdict(row, held.Holds(row, _table), filter.Matches(row)));
        }
        if (passed is not null)
            foreach (var row in passed.Rows()) verdicts.Add(new Verdict(row, held.Holds(row, _table), filter.Matches(row)));
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
        foreach (var row in Places(held, 0, held.Order.Count))
            if (!held.Holds(row, _table) || !filter.Matches(row)) left.Add(row);
        return (arrived, left);
    }

    private HeldRows Held(ExecutionQuery query)
    {
        if (_shared.TryGetValue(query, out var shared) && shared.TryGetTarget(out var rows) && rows.Version == Version && (!query.Filter.IsRelative || rows.Moment == _table.Moment)) return rows;
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
            // Sorting few rows is cheaper than walking the whole order.
            if (plan.Candidates < _table.LiveRows.Count / 16) return null;
            if (query.IsUnfiltered) return new HeldRows(order.Hold(query.Ascending), _table.LiveRows.Hold(), _version, _table.Journal.End, _table.Moment);
            var rows = new List<int>(plan.KeptCount() ?? 0);
            plan.Walk(order, query.Ascending, after: null, int.MaxValue, int.MaxValue, rows);
            return Keep([.. rows], _version, _table.Journal.End, _table.Moment);
        });
        return held ?? HeldSorted(query);
    }

    private HeldRows HeldSorted(ExecutionQuery query)
    {
        // Sort a copy, so that the writer does not wait for it.
        var (rows, keys, ids, version, mark, moment) = _gate.Read(() =>
        {
            var plan = new QueryPlan(_table, new RowFilter(_table, query, _catalog));
            var matching = new List<int>(plan.KeptCount() ?? 0);
            var visitor = new RowLister(matching);
            plan.Scan(ref visitor);
            var sort = SortKeys.For(query.Sort, _table, _ranks);
            var (keyOf, idOf) = (new ulong[matching.Count], new UInt128[matching.Count]);
            for (var i = 0; i < keyOf.Length; i++) (keyOf[i], idOf[i]) = (sort.Of(matching[i]), _table.Key[matching[i]]);
            return (matching.ToArray(), keyOf, idOf, _version, _table.Journal.End, _table.Moment);
        });
        RowSort.Sort(keys, ids, rows, query.Ascending, _table.Ids);
        return Keep(rows, version, mark, moment);
    }

    private static HeldRows Keep(int[] rows, long version, long mark, long moment)
    {
        var set = new RowSet();
        foreach (var row in rows) set.Add(row);
        return new HeldRows(new HeldOrder(rows), set, version, mark, moment);
    }

    private static int[] Places(HeldRows held, int from, int to)
    {
        var rows = new int[to - from];
        held.Order.CopyTo(from, rows);
        return rows;
    }

    private static (int From, int To) Clamp(HeldRows held, int start, int count)
    {
        var from = Math.Clamp(start, 0, held.Order.Count);
        return (from, (int)Math.Clamp((long)start + count, from, held.Order.Count));
    }
}
