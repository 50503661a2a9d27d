namespace ExecutionDashboard.Fleet.Store.Selections;

/// <summary>Numbers that a part of a query lets through.</summary>
internal sealed class IdSet
{
    private readonly int[] _numbers;
    private readonly HashSet<int>? _many;

    private IdSet(int[] numbers)
    {
        _numbers = numbers;
        if (numbers.Length > 8) _many = [.. numbers];
    }

    public ReadOnlySpan<int> Numbers => _numbers;

    public bool IsEmpty => _numbers.Length == 0;

    /// <summary>A set of numbers, which may repeat; negative ones stand for unknown names, which have no rows, and are left out.</summary>
    public static IdSet Of(IEnumerable<int> numbers)
    {
        var set = new List<int>();
        HashSet<int>? many = null;
        foreach (var number in numbers)
        {
            if (number < 0 || (many is null ? set.Contains(number) : !many.Add(number))) continue;
            set.Add(number);
            if (set.Count == 8) many = [.. set];
        }
        return new IdSet([.. set]);
    }

    /// <summary>A set of numbers as they are.</summary>
    public static IdSet Exactly(IEnumerable<int> numbers) => new([.. numbers]);

    public bool Contains(int number) => _many?.Contains(number) ?? Array.IndexOf(_numbers, number) >= 0;
}
