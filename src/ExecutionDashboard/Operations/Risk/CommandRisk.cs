namespace ExecutionDashboard.Operations.Risk;

/// <summary>How much a command can break, and so how it is asked for.</summary>
public enum CommandRisk
{
    /// <summary>Changes nothing that runs and is taken back by its counterpart: it is sent after a few seconds in which it can be undone.</summary>
    Low,
    /// <summary>Reaches little, or goes on in steps that can be stopped: a dialog asks.</summary>
    Medium,
    /// <summary>Reaches many nodes or cannot be taken back: a dialog asks with the numbers, for a reason and for the name.</summary>
    High,
}

/// <summary>The risk of each command. The same table is in docs/security.md.</summary>
public static class CommandRisks
{
    /// <summary>As many nodes or executions as a person can look through before agreeing.</summary>
    public const int Few = 5;

    /// <summary>The risk of a command.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="reach">How many nodes or executions it changes; null when the control plane does not say, which counts as many.</param>
    /// <param name="bulkLimit">Executions that are many even for a rollout with waves and limits (<c>Auth:BulkLimit</c>).</param>
    public static CommandRisk Of(OperationKind kind, int? reach, int bulkLimit) => kind switch
    {
        // Nothing that runs is touched; the other one of the two takes it back. A resumed rollout keeps its waves and its failure limit.
        OperationKind.Pause or OperationKind.Resume => CommandRisk.Low,
        // A stopped job places nothing any more, a deleted one does not come back: the numbers of now do not bound that.
        OperationKind.StopJob or OperationKind.DeleteJob => CommandRisk.High,
        // The same version again, in waves.
        OperationKind.Rerun => reach <= bulkLimit ? CommandRisk.Medium : CommandRisk.High,
        // StopExecution (one or several), Promote, Rollback: these nodes run something else afterwards, or nothing.
        _ => reach <= Few ? CommandRisk.Medium : CommandRisk.High,
    };
}
