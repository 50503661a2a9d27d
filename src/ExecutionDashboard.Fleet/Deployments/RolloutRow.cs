using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>What the picture of a rollout needs of one execution.</summary>
/// <param name="Row">Where the store holds it.</param>
/// <param name="NodeId">Its node; empty while it is not placed.</param>
/// <param name="State">Its actual state.</param>
/// <param name="IsCanary">Its node is a canary of the deployment.</param>
/// <param name="IsOffline">It has not ended and its node is not connected.</param>
/// <param name="IsStopWanted">It is desired stopped.</param>
/// <param name="First">When the first execution on its node that counts to the same was created, as the store keeps times.</param>
/// <param name="Created">When it was created.</param>
/// <param name="Updated">When it last changed.</param>
/// <param name="Stable">When it passed validation.</param>
/// <param name="Tries">Executions of its job and version on its node, itself included; 0 when not asked for.</param>
internal readonly record struct RolloutRow(
    int Row, string NodeId, ExecutionState State, bool IsCanary, bool IsOffline, bool IsStopWanted, long First, long Created, long Updated, long Stable, int Tries)
{
    /// <summary>When the first execution on its node was created, UTC.</summary>
    public DateTimeOffset? FirstCreatedAt => ExecutionTable.ToTime(First);

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset? CreatedAt => ExecutionTable.ToTime(Created);

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset? UpdatedAt => ExecutionTable.ToTime(Updated);

    /// <summary>When it passed validation, UTC.</summary>
    public DateTimeOffset? StableAt => ExecutionTable.ToTime(Stable);

    /// <summary>Runs as it should, or ended well.</summary>
    public bool IsHealthy => State.Known is KnownExecutionState.Running or KnownExecutionState.Completed;

    /// <summary>Ended badly, or its node is lost.</summary>
    public bool IsFailed => State.Known is KnownExecutionState.Failed or KnownExecutionState.Lost;

    /// <summary>Stopped, or on its way there.</summary>
    public bool IsStopped => State.Known is KnownExecutionState.Stopped or KnownExecutionState.Stopping;

    /// <summary>Runs unhealthily.</summary>
    public bool IsDegraded => State.Known == KnownExecutionState.Degraded;

    /// <summary>When it came to the state it is in, as near as the server tells.</summary>
    public DateTimeOffset? SettledAt => StableAt ?? UpdatedAt ?? CreatedAt;
}
