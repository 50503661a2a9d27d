namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>The rows of an order whose time is in a range.</summary>
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

    /// <summary>Position of the first row.</summary>
    public OrderIndex.Place Start { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Position to start walking from in a direction.</summary>
    public OrderIndex.Place Entry(bool ascending) => ascending ? Start with { Position = Start.Position - 1 } : _end;

    /// <summary>Whether a row is past the end of the range in a direction.</summary>
    public bool IsPassed(int row, bool ascending) => ascending ? _to != 0 && Order.KeyOf(row) >= _to : Order.KeyOf(row) < _from;
}
