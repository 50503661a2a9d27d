using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private const int FewestSteps = 2000;
    private const int EnumeratedRows = 500;

    /// <summary>Number of matches.</summary>
    public int Count(ExecutionQuery query) => _gate.Read(() =>
    {
        var plan = new QueryPlan(_table, new RowFilter(_table, query, _catalog));
        return plan.KeptCount() ?? Counted(plan);
    });

    /// <summary>Number of matches by state if it is maintained, as for the fleet and for jobs, nodes or deployments; null when rows must be scanned.</summary>
    public StateCounts? KeptCounts(ExecutionQuery query) => _gate.Read(() => new QueryPlan(_table, new RowFilter(_table, query, _catalog)).KeptCounts());

    /// <summary>Number of matches by state. Costs the rows that must be scanned: see <see cref="KeptCounts"/>.</summary>
    public StateCounts Counts(ExecutionQuery query) => _gate.Read(() =>
    {
        var tally = new Tally();
        var visitor = new RowTallier(_table, tally);
        new QueryPlan(_table, new RowFilter(_table, query, _catalog)).Scan(ref visitor);
        return tally.Snapshot(_table.States, ExecutionScope.All);
    });

    /// <summary>A page with the exact total. An invalid cursor starts at the first page.</summary>
    /// <param name="query">Filters and sort.</param>
    /// <param name="size">Most rows, at least 1.</param>
    /// <param name="after"><see cref="ExecutionQueryPage.Next"/> of the previous page.</param>
    public ExecutionQueryPage Page(ExecutionQuery query, int size, string? after = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return _gate.Read(() =>
        {
            var plan = new QueryPlan(_table, new RowFilter(_table, query, _catalog));
            var kept = plan.KeptCount();
            if (kept == 0) return new ExecutionQueryPage([], 0, null);
            var keys = SortKeys.For(query.Sort, _table, _ranks);
            var cursor = Cursor.Read(after, query, keys);
            // One extra row shows whether there is a next page.
            var wanted = Math.Min(size, _table.RowCount) + 1;
            var rows = new List<int>();
            if (kept is not null && OrderOf(query.Sort) is { } order
                && plan.Walk(order, query.Ascending, cursor, wanted, Math.Max(FewestSteps, plan.Candidates), rows))
                return ToPage(query, keys, rows.ToArray(), size, kept.Value);
            var top = new TopRows(_table, keys, query.Ascending, cursor, wanted);
            var visitor = new TopVisitor(top);
            plan.Scan(ref visitor);
            return ToPage(query, keys, top.Result(), size, top.Total);
        });
    }

    /// <summary>
    /// All matches in the query's order, read a few hundred at a time. Executions created meanwhile are left out, and so are those that are removed, or no longer
    /// match, by the time they are read.
    /// </summary>
    public IEnumerable<Execution> Enumerate(ExecutionQuery query)
    {
        var held = Held(query);
        for (var from = 0; from < held.Order.Count; from += EnumeratedRows)
        {
            var start = from;
            foreach (var execution in _gate.Read(() => StillMatching(query, held, start))) yield return execution;
        }
    }

    private List<Execution> StillMatching(ExecutionQuery query, HeldRows held, int start)
    {
        var filter = new RowFilter(_table, query, _catalog);
        var executions = new List<Execution>(EnumeratedRows);
        foreach (var row in Places(held, start, Math.Min(start + EnumeratedRows, held.Order.Count)))
            if (held.Holds(row, _table) && filter.Matches(row)) executions.Add(_table.Read(row));
        return executions;
    }

    private ExecutionQueryPage ToPage(ExecutionQuery query, SortKeys keys, ReadOnlySpan<int> rows, int size, int total)
    {
        var shown = Math.Min(size, rows.Length);
        var executions = new Execution[shown];
        for (var i = 0; i < shown; i++) executions[i] = _table.Read(rows[i]);
        return new ExecutionQueryPage(executions, total, rows.Length > size ? Cursor.Write(query, keys, _table, rows[shown - 1]) : null);
    }

    private OrderIndex? OrderOf(ExecutionSort sort) => sort switch
    {
        ExecutionSort.Updated => _table.ByUpdated,
        ExecutionSort.Created => _table.ByCreated,
        _ => null,
    };

    private static int Counted(QueryPlan plan)
    {
        var counter = new RowCounter();
        plan.Scan(ref counter);
        return counter.Count;
    }
}
