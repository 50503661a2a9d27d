namespace ExecutionDashboard.Fleet;

/// <summary>
/// What was found out about numbered values, each asked once. Few are kept in a dictionary, so that refreshing a selection stays cheap; when
/// they become many, as in a scan, in an array.
/// </summary>
internal sealed class Memo<T>(Func<int, T> find, Func<int> limit) where T : struct
{
    private const int Few = 128;

    private readonly Dictionary<int, T> _few = [];
    private (bool Known, T Value)[]? _all;

    public T this[int number]
    {
        get
        {
            if (_all is { } all && number < all.Length)
            {
                ref var kept = ref all[number];
                if (!kept.Known) kept = (true, find(number));
                return kept.Value;
            }
            if (_few.TryGetValue(number, out var value)) return value;
            _few[number] = value = find(number);
            if (_few.Count == Few) Widen();
            return value;
        }
    }

    private void Widen()
    {
        var all = new (bool Known, T Value)[limit()];
        foreach (var (number, value) in _few)
            if (number < all.Length) all[number] = (true, value);
        _all = all;
    }
}
