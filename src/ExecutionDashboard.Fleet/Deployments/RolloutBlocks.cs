namespace ExecutionDashboard.Fleet;

/// <summary>One node's execution in the picture of a rollout.</summary>
/// <param name="ExecutionId">The execution, the newest of its node in this deployment.</param>
/// <param name="NodeId">Its node; empty while it is not placed.</param>
/// <param name="State">Its actual state.</param>
/// <param name="IsCanary">Its node is a canary of the deployment.</param>
/// <param name="IsOffline">It has not ended and its node is not connected: the state is the last known.</param>
/// <param name="Wave">The wave that brought it, from 1 as the server counts (the canary is the first), estimated from the order of creation; 0 when not known.</param>
public sealed record RolloutBlock(string ExecutionId, string NodeId, ExecutionState State, bool IsCanary, bool IsOffline, int Wave);

/// <summary>The executions of a deployment, one a node.</summary>
public static class RolloutBlocks
{
    /// <summary>The blocks, canaries first, then in the order of creation. Cost: the executions of the deployment once.</summary>
    public static IReadOnlyList<RolloutBlock> Of(Deployment deployment, FleetStore store)
    {
        var (rows, ids) = store.RolloutRowsWithIds(deployment);
        var waves = RolloutWaves.Of(deployment, rows, deployment.Strategy);
        var canaries = deployment.CanaryNodes.ToHashSet(StringComparer.Ordinal);
        var blocks = new List<RolloutBlock>(rows.Length);
        foreach (var wantCanary in (ReadOnlySpan<bool>)[true, false])
            for (var i = 0; i < rows.Length; i++)
                if (canaries.Contains(rows[i].NodeId) == wantCanary)
                    blocks.Add(new RolloutBlock(ids[i], rows[i].NodeId, rows[i].State, wantCanary, rows[i].IsOffline, waves.Of(i)));
        return blocks;
    }

    /// <summary>
    /// The executions themselves, the newest of each node, in the order of creation: what <see cref="FailureGroups"/> is asked with. Cost: reads
    /// every execution of the deployment (10,000: about 10 ms).
    /// </summary>
    public static IReadOnlyList<Execution> Executions(Deployment deployment, FleetStore store) => store.ExecutionsOf(deployment);
}
