namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Values shared by many rows, each stored once and numbered from 1; 0 is the empty value. A value without rows is removed and its number reused, so that one-time
/// texts do not accumulate.
/// </summary>
internal sealed class SharedPool<T>(T empty, IEqualityComparer<T> comparer) where T : class
{
    private readonly Dictionary<T, int> _numbers = new(comparer);
    private readonly Column<T> _values = new();
    private readonly Column<int> _holders = new();
    private readonly Stack<int> _free = new();

    /// <summary>One more than the highest number in use.</summary>
    public int Limit { get; private set; } = 1;

    /// <summary>Changes when a number gets a value.</summary>
    public int Edition { get; private set; }

    public T this[int number] => number == 0 ? empty : _values[number];

    /// <summary>The number of a value, with one more reference. Writer only.</summary>
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

    /// <summary>One more reference to a number in use. Writer only.</summary>
    public void Hold(int number)
    {
        if (number != 0) _holders[number]++;
    }

    /// <summary>Releases a reference. Writer only.</summary>
    public void Release(int number)
    {
        if (number == 0 || --_holders[number] > 0) return;
        _numbers.Remove(_values[number]);
        _values[number] = empty;
        _free.Push(number);
    }
}
