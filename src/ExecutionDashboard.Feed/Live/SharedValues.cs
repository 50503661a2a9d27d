namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// Values that many entities have, each kept once and numbered from 1. They are never removed, so the number is limited. One writer; any number of readers, of numbers
/// that they were given.
/// </summary>
/// <param name="most">Most values. The last of a flood of one-time values are not shared.</param>
internal sealed class SharedValues<T>(int most) where T : class
{
    private readonly Dictionary<T, int> _numbers = [];
    private T[] _values = new T[64];

    /// <summary>The number of a value, added if unknown; 0 when there are too many. Writer only.</summary>
    public int NumberOf(T value)
    {
        if (_numbers.TryGetValue(value, out var number)) return number;
        if (_numbers.Count >= most) return 0;
        number = _numbers.Count + 1;
        if (number == _values.Length)
        {
            var grown = new T[number * 2];
            _values.CopyTo(grown, 0);
            Volatile.Write(ref _values, grown);
        }
        _values[number] = value;
        return _numbers[value] = number;
    }

    /// <summary>The value with a number.</summary>
    public T this[int number] => Volatile.Read(ref _values)[number];

    /// <summary>The shared instance of a value. Writer only.</summary>
    public T Share(T value) => NumberOf(value) is > 0 and var number ? _values[number] : value;
}
