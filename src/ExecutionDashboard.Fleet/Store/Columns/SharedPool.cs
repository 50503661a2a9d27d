namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Values that many rows share, each held once and numbered from 1; 0 is the empty value. A value that no row holds any more is forgotten
/// and its number used again, so texts that never come back do not pile up.
/// </summary>
internal sealed class SharedPool<T>(T empty, IEqualityComparer<T> comparer) where T : class
{
    private readonly Dictionary<T, int> _numbers = new(comparer);
    private readonly Column<T> _values = new();
    private readonly Column<int> _holders = new();
    private readonly Stack<int> _free = new();

    /// <summary>One more than the highest number in use so far.</summary>
    public int Limit { get; private set; } = 1;

    /// <summary>Moves when a number gets a value.</summary>
    public int Edition { get; private set; }

    public T this[int number] => number == 0 ? empty : _values[number];

    /// <summary>The number of a value, held once more. Writer only.</summary>
    public int Take(T value)
    {
        if (comparer.Equals(value, empty)) return 0;
        if (!_numbers.TryGetValue(value, out var number))
        {
            if (!_free.TryPop(out number))
            {
                number = Limit;
                _values.Reach(number);
                _holders.Reach(number);
                Limit++;
            }
            _values[number] = value;
            _numbers[value] = number;
            Edition++;
        }
        _holders[number]++;
        return number;
    }

    /// <summary>Lets go of a value. Writer only.</summary>
    public void Release(int number)
    {
        if (number == 0 || --_holders[number] > 0) return;
        _numbers.Remove(_values[number]);
        _values[number] = empty;
        _free.Push(number);
    }
}
