namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// Current executions, replaced ones, or both. A current execution is the newest of its job on its node and was not replaced; replaced ones are history.
/// </summary>
public enum ExecutionScope
{
    /// <summary>All, current and replaced.</summary>
    All,
    /// <summary>Current ones: what each job runs on each node now.</summary>
    Current,
    /// <summary>Replaced ones.</summary>
    Replaced,
}
