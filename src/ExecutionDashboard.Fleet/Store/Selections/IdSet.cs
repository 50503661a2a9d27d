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

    /// <summary>The numbers of names; null when no names are given. Unknown names (-1) have no rows and are left out.</summary>
    public static IdSet? Of<T>(IReadOnlyList<T> names, Func<T, int> find)
    {
        if (names.Count == 0) return null;
        var numbers = new List<int>(names.Count);
        foreach (var name in names)
        {
            var number = find(name);
            if (number >= 0 && !numbers.Contains(number)) numbers.Add(number);
        }
        return new IdSet([.. numbers]);
    }

    /// <summary>Numbers as they are; null when none are given.</summary>
    public static IdSet? Of(IReadOnlyList<int> numbers) => numbers.Count == 0 ? null : new IdSet([.. numbers]);

    public bool Contains(int number) => _many?.Contains(number) ?? Array.IndexOf(_numbers, number) >= 0;
}
