namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// Which executions are meant. A current execution is the newest of its job on its node, and nothing has replaced it; what has been replaced is
/// history.
/// </summary>
public enum ExecutionScope
{
    /// <summary>All, current and replaced.</summary>
    All,
    /// <summary>The current ones: the present of every job on every node.</summary>
    Current,
    /// <summary>The replaced ones.</summary>
    Replaced,
}
