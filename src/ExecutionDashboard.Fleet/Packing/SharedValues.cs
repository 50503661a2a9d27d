namespace ExecutionDashboard.Fleet.Packing;

/// <summary>
/// Values that many entities have, each kept once and numbered from 1. They are never removed, so the number is limited. One writer; any number of readers, of numbers
/// that they were given.
/// </summary>
/// <param name="most">Most values. The last of a flood of one-time values are not shared.</param>
/// <param name="comparer">Tells equal values; null for the usual one.</param>
public sealed class SharedValues<T>(int most, IEqualityComparer<T>? comparer = null) where T : class
{
    private readonly Dictionary<T, int> _numbers = new(comparer);
    private readonly Queue<int> _free = new();
    private T?[] _values = new T?[64];
    private int _next = 1;

    /// <summary>How many there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>The number of a value, added if unknown; 0 when there are too many. Writer only.</summary>
    public int NumberOf(T value) => NumberOf(value, static same => same);

    /// <summary>The number of a value, added if unknown; 0 when there are too many. Writer only.</summary>
    /// <param name="value">The value.</param>
    /// <param name="kept">The equal value to keep when it is new.</param>
    public int NumberOf(T value, Func<T, T> kept)
    {
        if (_numbers.TryGetValue(value, out var number)) return number;
        if (_numbers.Count >= most) return 0;
        Set(number = _free.TryDequeue(out var free) ? free : _next++, kept(value));
        return number;
    }

    /// <summary>The value with a number.</summary>
    public T this[int number] => Volatile.Read(ref _values)[number]!;

    /// <summary>The shared instance of a value. Writer only.</summary>
    public T Share(T value) => NumberOf(value) is > 0 and var number ? _values[number]! : value;

    /// <summary>Gives a value the number that it had before. Writer only, before new ones are added.</summary>
    /// <exception cref="FormatException">Another value has the number, or another number the value.</exception>
    public void Restore(int number, T value)
    {
        if (number <= 0 || number > most || _numbers.ContainsKey(value) || (number < _values.Length && _values[number] is not null))
            throw new FormatException($"The shared value {number} is out of place.");
        Set(number, value);
        _next = Math.Max(_next, number + 1);
    }

    /// <summary>After the last <see cref="Restore"/>: numbers that were not used are free again.</summary>
    public void Restored()
    {
        _free.Clear();
        for (var number = 1; number < _next; number++)
            if (_values[number] is null) _free.Enqueue(number);
    }

    private void Set(int number, T value)
    {
        if (number >= _values.Length)
        {
            var grown = new T?[Math.Max(number + 1, _values.Length * 2)];
            _values.CopyTo(grown, 0);
            Volatile.Write(ref _values, grown);
        }
        _values[number] = value;
        _numbers[value] = number;
    }
}
