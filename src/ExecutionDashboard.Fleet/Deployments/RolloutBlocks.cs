namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>One execution in the block map of a rollout.</summary>
/// <param name="ExecutionId">The newest execution of its node in this deployment.</param>
/// <param name="NodeId">Its node; empty while it is not placed.</param>
/// <param name="State">Its actual state.</param>
/// <param name="IsCanary">Whether its node is a canary of the deployment.</param>
/// <param name="IsOffline">Whether it has not ended and its node is not connected: the state is the last known one.</param>
/// <param name="Wave">The wave it belongs to, from 1 (the canary is the first), estimated from the order of creation; 0 when unknown.</param>
public sealed record RolloutBlock(string ExecutionId, string NodeId, ExecutionState State, bool IsCanary, bool IsOffline, int Wave);

/// <summary>The executions of one wave.</summary>
/// <param name="Wave">The wave, from 1; 0 when unknown.</param>
/// <param name="IsCanary">Whether it has canaries only.</param>
/// <param name="Count">Number of executions.</param>
/// <param name="States">Executions by state, without zeros.</param>
public sealed record RolloutWave(int Wave, bool IsCanary, int Count, IReadOnlyList<(ExecutionState State, int Count)> States)
{
    /// <inheritdoc/>
    public bool Equals(RolloutWave? other) => other is not null && (Wave, IsCanary, Count) == (other.Wave, other.IsCanary, other.Count) && States.SequenceEqual(other.States);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Wave, IsCanary, Count);
}

/// <summary>The executions of a deployment, one per node: as single blocks while there are few, and by wave.</summary>
public static class RolloutBlocks
{
    /// <summary>From more executions than this no single blocks are made.</summary>
    public const int Most = 600;

    /// <summary>The blocks, canaries first, then in the order of creation. Empty when there are more than <see cref="Most"/>.</summary>
    public static IReadOnlyList<RolloutBlock> Of(RolloutSummary summary)
    {
        var (rows, ids) = (summary.Rows, summary.Ids);
        if (ids.Length != rows.Length) return [];
        var blocks = new List<RolloutBlock>(rows.Length);
        foreach (var wantCanary in (ReadOnlySpan<bool>)[true, false])
            for (var i = 0; i < rows.Length; i++)
                if (rows[i].IsCanary == wantCanary)
                    blocks.Add(new RolloutBlock(ids[i], rows[i].NodeId, rows[i].State, wantCanary, rows[i].IsOffline, summary.Waves.Of(i)));
        return blocks;
    }

    /// <summary>The waves in order, the unknown one last.</summary>
    public static IReadOnlyList<RolloutWave> ByWave(RolloutSummary summary)
    {
        var waves = new Dictionary<int, (bool Canaries, int Count, Dictionary<ExecutionState, int> States)>();
        for (var i = 0; i < summary.Rows.Length; i++)
        {
            ref readonly var row = ref summary.Rows[i];
            var wave = summary.Waves.Of(i);
            var (canaries, count, states) = waves.TryGetValue(wave, out var held) ? held : (true, 0, []);
            states[row.State] = states.GetValueOrDefault(row.State) + 1;
            waves[wave] = (canaries && row.IsCanary, count + 1, states);
        }
        return [.. waves.OrderBy(w => w.Key == 0 ? int.MaxValue : w.Key).Select(w => new RolloutWave(
            w.Key, w.Value.Canaries, w.Value.Count, [.. w.Value.States.OrderBy(s => s.Key.Known).ThenBy(s => s.Key.Name, StringComparer.Ordinal).Select(s => (s.Key, s.Value))]))];
    }
}
