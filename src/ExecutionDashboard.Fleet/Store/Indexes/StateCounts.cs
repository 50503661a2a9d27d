using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>Number of executions by state. Equal when all counts are.</summary>
public sealed class StateCounts : IEquatable<StateCounts>
{
    /// <summary>No executions.</summary>
    public static StateCounts Empty { get; } = new([], new Dictionary<string, int>(), 0, 0);

    private readonly int[] _known;

    /// <summary>Creates counts.</summary>
    /// <param name="known">By <see cref="KnownExecutionState"/>; missing entries count as 0.</param>
    /// <param name="other">Unknown states by name.</param>
    /// <param name="drifting">Current executions that are not in their desired state.</param>
    /// <param name="lastKnown">Executions that have not ended and whose node is not connected: their state is the last known one.</param>
    public StateCounts(int[] known, IReadOnlyDictionary<string, int> other, int drifting, int lastKnown)
    {
        _known = known;
        Other = other;
        Drifting = drifting;
        LastKnown = lastKnown;
        Total = known.Sum() - (known.Length > 0 ? known[0] : 0) + other.Values.Sum();
    }

    /// <summary>Executions in a known state.</summary>
    public int this[KnownExecutionState state] => (int)state < _known.Length ? _known[(int)state] : 0;
    /// <summary>Executions in unknown states, by name as sent.</summary>
    public IReadOnlyDictionary<string, int> Other { get; }
    /// <summary>Current executions that are not in their desired state.</summary>
    public int Drifting { get; }
    /// <summary>Executions that have not ended, on nodes that are not connected.</summary>
    public int LastKnown { get; }
    /// <summary>Number of all executions.</summary>
    public int Total { get; }

    /// <summary>The states that occur with their counts, most urgent first.</summary>
    public IReadOnlyList<(ExecutionState State, int Count)> WorstFirst() =>
        [.. ExecutionState.All.Select(s => (State: s, Count: this[s.Known])).Concat(Other.Select(o => (State: ExecutionState.Parse(o.Key), Count: o.Value)))
            .Where(p => p.Count > 0).OrderBy(p => NodeStates.Rank(p.State))];

    /// <inheritdoc/>
    public bool Equals(StateCounts? other) =>
        other is not null && Total == other.Total && Drifting == other.Drifting && LastKnown == other.LastKnown && Other.Count == other.Other.Count
        && _known.AsSpan().TrimEnd(0).SequenceEqual(other._known.AsSpan().TrimEnd(0)) && Other.All(o => other.Other.TryGetValue(o.Key, out var count) && count == o.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StateCounts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Total, Drifting, LastKnown);
}
