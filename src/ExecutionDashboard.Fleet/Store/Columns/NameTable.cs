using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>A small set of names, such as namespaces and job types, numbered from 0; number 0 is the empty name. Names are never removed.</summary>
internal sealed class NameTable
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Column<string> _names = new();
    private readonly Column<int> _holders = new();

    public NameTable() => Intern("");

    public int Count { get; private set; }

    /// <summary>Changes when a name is added, or becomes used or unused.</summary>
    public int Edition { get; private set; }

    public string this[int number] => _names[number];

    public int Find(string name) => _numbers.TryGetValue(name, out var number) ? number : -1;

    /// <summary>The names that a value means: the one that is exactly it, else all that are it but for case, or match its pattern.</summary>
    public IEnumerable<int> Named(FilterValue value) =>
        !value.IsPattern && Find(value.Text) is >= 0 and var number ? [number] : Enumerable.Range(0, Count).Where(n => value.Matches(_names[n]));

    public int Intern(string name)
    {
        if (_numbers.TryGetValue(name, out var number)) return number;
        number = Count;
        _names.Reach(number);
        _holders.Reach(number);
        _names[number] = name;
        Count++;
        _numbers[name] = number;
        Edition++;
        return number;
    }

    /// <summary>Changes the number of rows that have a name. Writer only.</summary>
    public void Hold(int number, int delta)
    {
        ref var holders = ref _holders[number];
        var before = holders;
        holders += delta;
        if (before == 0 || holders == 0) Edition++;
    }

    /// <summary>The names in use, sorted, without the empty one.</summary>
    public string[] InUse()
    {
        var names = new List<string>();
        for (var number = 1; number < Count; number++)
            if (_holders[number] > 0) names.Add(_names[number]);
        names.Sort(NaturalOrder.Instance);
        return [.. names];
    }
}

/// <summary>States as numbers: known ones by <see cref="KnownExecutionState"/> (0 is none), others in order of appearance.</summary>
internal sealed class StateTable
{
    public const int KnownStates = (int)KnownExecutionState.Stopped + 1;

    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Column<ExecutionState> _states = new();

    public StateTable()
    {
        _states.Reach(0);
        foreach (var state in ExecutionState.All) _states[(int)state.Known] = state;
        Count = KnownStates;
    }

    public int Count { get; private set; }

    public ExecutionState this[int number] => _states[number];

    public int Find(ExecutionState state) =>
        state.Known != KnownExecutionState.Other || state.IsNone ? (int)state.Known : _numbers.TryGetValue(state.Name, out var number) ? number : -1;

    public int Intern(ExecutionState state)
    {
        var number = Find(state);
        if (number >= 0) return number;
        number = Count;
        _states.Reach(number);
        _states[number] = state;
        Count++;
        _numbers[state.Name] = number;
        return number;
    }
}
