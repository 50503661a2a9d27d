using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Live.Logs;

/// <summary>Where the lines of an execution that has ended end in the log of its job on its node: lines do not say which execution wrote them.</summary>
public static class EndedExecution
{
    // A successor that came later than this after the last report is no sign of when this one fell silent.
    private static readonly TimeSpan LatestSuccessor = TimeSpan.FromMinutes(5);

    /// <summary>The moment, UTC: when its successor was created, or else its last change; null for one that has not ended, or of which neither is told.</summary>
    public static DateTimeOffset? LastLineOf(Execution execution, FleetStore store)
    {
        if (!execution.Actual.State.IsTerminal || execution.UpdatedAt is not { } updated) return null;
        var successor = execution.NextId.Length > 0 ? store.FindExecution(execution.NextId)?.CreatedAt : null;
        return successor <= updated + LatestSuccessor ? successor : updated;
    }
}
