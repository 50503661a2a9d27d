using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>One row as it is drawn.</summary>
/// <param name="Index">Place in the list, from 0.</param>
/// <param name="Execution">The execution as it is now; null when it is gone from the control plane.</param>
/// <param name="JobName">Name of its job.</param>
/// <param name="NodeName">Name of its node.</param>
/// <param name="LastKnown">Its node is not connected, and it has not ended.</param>
/// <param name="Operation">The newest command for it in this process.</param>
/// <param name="RunsOldSpec">It has not ended and was started with another spec than its job has now.</param>
public sealed record ExecutionRow(int Index, Execution? Execution, string JobName, string NodeName, bool LastKnown, Operation? Operation, bool RunsOldSpec = false)
{
    /// <summary>Identity of the row in the document.</summary>
    public object Key => Execution?.Id ?? (object)Index;

    /// <summary>
    /// The desired state is worth a word beside the actual one: they contradict each other. Starting or degraded while it should run goes
    /// without saying.
    /// </summary>
    public bool ShowsDesired => Execution is { Drifts: true } execution
        && (execution.Desired.State.Known != KnownExecutionState.Running || execution.Actual.State.IsTerminal || execution.Actual.State.Known == KnownExecutionState.Stopping);

    /// <summary>The details' error code, of the execution or of its state.</summary>
    public string ErrorCode => Detail("error_code");

    /// <summary>The details' hint.</summary>
    public string Hint => Detail("hint");

    private string Detail(string name) =>
        Execution?.Details?.GetValueOrDefault(name) ?? Execution?.Actual.Details?.GetValueOrDefault(name) ?? "";
}
