namespace ExecutionDashboard.Operations.Access;

/// <summary>What a person may do. Each role may do what the ones before it may.</summary>
public enum AccessRole
{
    /// <summary>Nothing: not signed in, the sign-in has ended, or no role is bound to this person.</summary>
    None,
    /// <summary>See.</summary>
    Viewer,
    /// <summary>Stop, rerun, promote, pause, resume and roll back.</summary>
    Operator,
    /// <summary>Delete jobs, and stop more executions at once than <c>Auth:BulkLimit</c>.</summary>
    Admin,
}
