using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>Maintained counts of a group of executions: of all, and of the current ones.</summary>
internal sealed class Tally
{
    private static readonly Dictionary<string, int> NoOther = [];

    private int[] _all = [], _current = [];
    private int _total, _currentTotal, _lastKnown, _currentLastKnown;

    /// <summary>Current executions whose desired and actual state differ.</summary>
    public int Drifting { get; private set; }

    /// <summary>One more than the highest state number counted.</summary>
    public int States => _all.Length;

    public int Total(ExecutionScope scope) => Of(scope, _total, _currentTotal);

    public int InState(int state, ExecutionScope scope) => Of(scope, At(_all, state), At(_current, state));

    /// <summary>Adds (1) or removes (-1) an execution. Writer only.</summary>
    public void Count(int state, bool lastKnown, int delta)
    {
        Reach(ref _all, state) += delta;
        _total += delta;
        if (lastKnown) _lastKnown += delta;
    }

    /// <summary>Adds (1) or removes (-1) a current execution. Writer only.</summary>
    public void CountCurrent(int state, bool drifting, bool lastKnown, int delta)
    {
        Reach(ref _current, state) += delta;
        _currentTotal += delta;
        if (drifting) Drifting += delta;
        if (lastKnown) _currentLastKnown += delta;
    }

    /// <summary>Adds (1) or removes (-1) an execution with a last known state. Writer only.</summary>
    public void CountLastKnown(bool current, int delta)
    {
        _lastKnown += delta;
        if (current) _currentLastKnown += delta;
    }

    /// <summary>Adds the counts of another group, which has none of these executions.</summary>
    public void Add(Tally other)
    {
        for (var state = 0; state < other._all.Length; state++)
        {
            Reach(ref _all, state) += other._all[state];
            Reach(ref _current, state) += At(other._current, state);
        }
        _total += other._total;
        _currentTotal += other._currentTotal;
        _lastKnown += other._lastKnown;
        _currentLastKnown += other._currentLastKnown;
        Drifting += other.Drifting;
    }

    public StateCounts Snapshot(StateTable states, ExecutionScope scope)
    {
        if (Total(scope) == 0) return StateCounts.Empty;
        var known = new int[StateTable.KnownStates];
        Dictionary<string, int>? other = null;
        for (var state = 0; state < _all.Length; state++)
        {
            var count = InState(state, scope);
            if (count <= 0) continue;
            if (state < StateTable.KnownStates) known[state] = count;
            if (state is 0 or >= StateTable.KnownStates) (other ??= new(StringComparer.Ordinal))[states[state].Name] = count;
        }
        return new StateCounts(known, other ?? NoOther, scope == ExecutionScope.Replaced ? 0 : Drifting, Of(scope, _lastKnown, _currentLastKnown));
    }

    private static int Of(ExecutionScope scope, int all, int current) => scope switch
    {
        ExecutionScope.All => all,
        ExecutionScope.Current => current,
        _ => all - current,
    };

    private static int At(int[] counts, int state) => state < counts.Length ? counts[state] : 0;

    private static ref int Reach(ref int[] counts, int state)
    {
        if (state >= counts.Length) Array.Resize(ref counts, Math.Max(state + 1, counts.Length == 0 ? 8 : counts.Length));
        return ref counts[state];
    }
}
