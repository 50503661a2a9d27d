using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Operations;

/// <summary>How the effect of a stop shows in an execution. Pure functions.</summary>
internal static class StopEffect
{
    /// <summary>The state that shows it; null while none does. Before the node obeys, the desired state tells alone: <c>running, desired state stopped</c>.</summary>
    public static string? In(Execution now) =>
        now.Actual.State.Known is KnownExecutionState.Stopping or KnownExecutionState.Stopped ? now.Actual.State.Name
        : now.Desired.State.Known == KnownExecutionState.Stopped ? now.Actual.State.IsTerminal ? now.Actual.State.Name : $"{now.Actual.State.Name}, desired state stopped"
        : null;
}
