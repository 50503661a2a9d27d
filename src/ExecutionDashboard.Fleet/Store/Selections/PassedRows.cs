using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Selections;

/// <summary>Rows whose time passed the edge of a span, such as "10 minutes ago", between a moment and now: time alone may have changed whether they match.</summary>
internal sealed class PassedRows
{
    private readonly List<OrderRange> _ranges = [];

    public PassedRows(ExecutionTable table, Filter filter, long before)
    {
        foreach (var condition in filter)
        {
            if (!condition.IsRelative || !FilterTime.TrySpan(condition.Value, out var span)) continue;
            var (from, to) = (Math.Min(before, table.Moment) - span.Ticks, Math.Max(before, table.Moment) - span.Ticks);
            _ranges.Add(new OrderRange(condition.Field == FilterField.Created ? table.ByCreated : table.ByUpdated, Math.Max(1, from), Math.Max(1, to) + 2));
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count => _ranges.Sum(range => range.Count);

    public IEnumerable<int> Rows()
    {
        foreach (var range in _ranges)
        {
            var place = range.Entry(ascending: true);
            for (var left = range.Count; left > 0 && range.Order.Step(ref place, ascending: true) is var row and >= 0; left--) yield return row;
        }
    }
}
