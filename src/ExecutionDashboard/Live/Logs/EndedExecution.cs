using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Live.Logs;

/// <summary>Finds where the log lines of an ended execution end: lines do not name the execution that wrote them.</summary>
public static class EndedExecution
{
    // A successor created later than this after the last change does not tell when this execution stopped writing.
    private static readonly TimeSpan LatestSuccessor = TimeSpan.FromMinutes(5);

    /// <summary>The time, UTC: the creation of its successor, else its last change; null while it runs, or when both are unknown.</summary>
    public static DateTimeOffset? LastLineOf(Execution execution, FleetStore store)
    {
        if (!execution.Actual.State.IsTerminal || execution.UpdatedAt is not { } updated) return null;
        var successor = execution.NextId.Length > 0 ? store.FindExecution(execution.NextId)?.CreatedAt : null;
        return successor <= updated + LatestSuccessor ? successor : updated;
    }
}
