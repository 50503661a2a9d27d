namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>A stretch of an order: the rows whose time is in a range.</summary>
internal readonly struct OrderRange
{
    private readonly OrderIndex.Place _end;
    private readonly long _from, _to;

    public OrderRange(OrderIndex order, long from, long to)
    {
        (Order, _from, _to) = (order, from, to);
        Start = order.Seek(from, IdBound.First);
        _end = to == 0 ? order.End(ascending: false) : order.Seek(to, IdBound.First);
        Count = Math.Max(0, (to == 0 ? order.Total : order.CountBefore(_end)) - order.CountBefore(Start));
    }

    public OrderIndex Order { get; }

    /// <summary>The place of the first row.</summary>
    public OrderIndex.Place Start { get; }

    /// <summary>Rows in it.</summary>
    public int Count { get; }

    /// <summary>From where to walk through it in a direction; it has <see cref="Count"/> rows from there.</summary>
    public OrderIndex.Place Entry(bool ascending) => ascending ? Start with { Position = Start.Position - 1 } : _end;

    /// <summary>Whether a row lies beyond the range for who walks in a direction.</summary>
    public bool IsPassed(int row, bool ascending) => ascending ? _to != 0 && Order.KeyOf(row) >= _to : Order.KeyOf(row) < _from;
}
