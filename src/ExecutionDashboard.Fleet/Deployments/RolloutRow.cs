namespace ExecutionDashboard.Fleet;

/// <summary>What the picture of a rollout needs of one execution.</summary>
/// <param name="Row">Where the store holds it.</param>
/// <param name="NodeId">Its node; empty while it is not placed.</param>
/// <param name="State">Its actual state.</param>
/// <param name="IsOffline">It has not ended and its node is not connected.</param>
/// <param name="IsStopWanted">It is desired stopped.</param>
/// <param name="FirstCreatedAt">When the first of the executions on its node that count to the same was created.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="StableAt">When it passed validation.</param>
/// <param name="Tries">Executions of its job and version on its node, itself included.</param>
internal readonly record struct RolloutRow(
    int Row, string NodeId, ExecutionState State, bool IsOffline, bool IsStopWanted, DateTimeOffset? FirstCreatedAt, DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt, DateTimeOffset? StableAt, int Tries)
{
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
