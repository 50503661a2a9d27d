using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Deployments;

/// <summary>The fields of an execution that a rollout is computed from.</summary>
/// <param name="Row">Its row in the store.</param>
/// <param name="NodeId">Its node; empty while it has none.</param>
/// <param name="State">Its actual state.</param>
/// <param name="IsCanary">Whether its node is a canary of the deployment.</param>
/// <param name="IsOffline">Whether it has not ended and its node is not connected.</param>
/// <param name="IsStopWanted">Whether its desired state is stopped.</param>
/// <param name="First">Creation of the first execution on its node that belongs to the rollout, as a time of the store.</param>
/// <param name="Created">Creation, as a time of the store.</param>
/// <param name="Updated">Last change, as a time of the store.</param>
/// <param name="Stable">End of validation, as a time of the store.</param>
/// <param name="Tries">Number of executions of its job and version on its node; 0 when not computed.</param>
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

    /// <summary>Running or completed.</summary>
    public bool IsHealthy => State.Known is KnownExecutionState.Running or KnownExecutionState.Completed;

    /// <summary>Failed or lost.</summary>
    public bool IsFailed => State.Known is KnownExecutionState.Failed or KnownExecutionState.Lost;

    /// <summary>Stopped or stopping.</summary>
    public bool IsStopped => State.Known is KnownExecutionState.Stopped or KnownExecutionState.Stopping;

    /// <summary>Degraded.</summary>
    public bool IsDegraded => State.Known == KnownExecutionState.Degraded;

    /// <summary>When it reached its current state, as closely as the server's times tell.</summary>
    public DateTimeOffset? SettledAt => StableAt ?? UpdatedAt ?? CreatedAt;
}
