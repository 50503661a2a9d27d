namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>Caches a result per number. A few are kept in a dictionary, so that refreshing a selection is cheap; many, as in a scan, in an array.</summary>
internal sealed class NumberCache<T>(Func<int, T> find, Func<int> limit) where T : struct
{
    private const int Few = 128;

    private readonly Dictionary<int, T> _few = [];
    private Many? _many;

    public T this[int number]
    {
        get
        {
            if (_many is { } many)
            {
                // The number is newer than the state of the store that the read is from.
                if (number >= many.Known.Length) return find(number);
                if (Volatile.Read(ref many.Known[number])) return many.Values[number];
                var found = many.Values[number] = find(number);
                Volatile.Write(ref many.Known[number], true);
                return found;
            }
            if (_few.TryGetValue(number, out var value)) return value;
            _few[number] = value = find(number);
            if (_few.Count == Few) Widen();
            return value;
        }
    }

    /// <summary>Allocates the array, so that several threads can use the cache. Concurrent lookups find the same result.</summary>
    public void Widen()
    {
        if (_many is not null) return;
        var many = new Many(new bool[limit()], new T[limit()]);
        foreach (var (number, value) in _few)
            if (number < many.Known.Length) (many.Values[number], many.Known[number]) = (value, true);
        _many = many;
    }

    private sealed record Many(bool[] Known, T[] Values);
}
