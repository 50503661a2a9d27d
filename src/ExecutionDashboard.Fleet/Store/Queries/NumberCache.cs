namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// What was found out about numbered values, each asked once. Few are kept in a dictionary, so that refreshing a selection stays cheap; when
/// they become many, as in a scan, in an array.
/// </summary>
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
                // A number that came since then is of a state of the store that the read is not of.
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

    /// <summary>Makes room for all at once: then several threads may ask. Two that ask the same find the same.</summary>
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
