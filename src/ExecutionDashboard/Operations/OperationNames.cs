using ExecutionDashboard.Fleet.Audit;

namespace ExecutionDashboard.Operations;

/// <summary>The names of commands in the audit.</summary>
public static class OperationNames
{
    private static readonly (OperationKind Kind, string Action)[] Names =
    [
        (OperationKind.StopExecution, AuditActions.StopExecution), (OperationKind.StopJob, AuditActions.StopJob), (OperationKind.Promote, AuditActions.Promote), (OperationKind.Pause, AuditActions.Pause),
        (OperationKind.Resume, AuditActions.Resume), (OperationKind.Rollback, AuditActions.Rollback), (OperationKind.Rerun, AuditActions.Rerun), (OperationKind.DeleteJob, AuditActions.DeleteJob),
    ];

    /// <summary>The action of a command.</summary>
    public static string ActionOf(OperationKind kind) => Array.Find(Names, name => name.Kind == kind).Action;

    /// <summary>The command of an action; null when it is none.</summary>
    public static OperationKind? KindOf(string action)
    {
        foreach (var (kind, name) in Names)
            if (name == action) return kind;
        return null;
    }
}
