using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using MudBlazor;
using StepAction = ExecutionDashboard.Fleet.Attention.StepAction;

namespace ExecutionDashboard.Components.Shared.Attention;

/// <summary>A next step as it can be taken now.</summary>
/// <param name="Step">The step.</param>
/// <param name="WhyNot">Why it cannot be taken; empty when it can.</param>
/// <param name="Operation">The newest command for its target; null when there was none.</param>
public sealed record OfferedStep(NextStep Step, string WhyNot, Operation? Operation);

/// <summary>Which of a problem's next steps can be taken, and the dialogs that they are taken through. Safe for any thread.</summary>
public sealed class StepOffers(Replica replica, OperationLog log, StopOperations stop, JobOperations jobs, DeploymentOperations deployments, CommandRequests requests)
{
    /// <summary>The steps as they stand now.</summary>
    public IReadOnlyList<OfferedStep> Of(IReadOnlyList<NextStep> steps) =>
        [.. steps.Select(step => step.Action == StepAction.Open ? new OfferedStep(step, "", null) : new(step, WhyNot(step), log.Of(step.Target)))];

    /// <summary>Asks for a step, the same way as on the page of its target.</summary>
    public Task AskAsync(IDialogService dialogs, NextStep step) => step.Action switch
    {
        StepAction.StopExecution => dialogs.AskToStopAsync(step.Target),
        StepAction.StopJob => dialogs.AskToStopJobAsync(step.Target),
        StepAction.RerunJob => dialogs.AskOfJobAsync(step.Target, OperationKind.Rerun),
        StepAction.Rollback when replica.Store.FindDeployment(step.Target) is null => dialogs.AskOfJobAsync(step.Target, OperationKind.Rollback),
        StepAction.Open => Task.CompletedTask,
        _ => requests.AskOfDeploymentAsync(dialogs, step.Target, KindOf(step.Action)),
    };

    /// <summary>What a step is for; null for one that only opens a page.</summary>
    public (FleetKind Kind, string Id)? TargetOf(NextStep step) => step.Action switch
    {
        StepAction.Open => null,
        StepAction.StopExecution => (FleetKind.Execution, step.Target),
        StepAction.StopJob or StepAction.RerunJob => (FleetKind.Job, step.Target),
        _ => (replica.Store.FindDeployment(step.Target) is null ? FleetKind.Job : FleetKind.Deployment, step.Target),
    };

    /// <summary>Whether a step opens a dialog: see <see cref="CommandRequests.OpensDialog"/>.</summary>
    public bool OpensDialog(NextStep step) => requests.OpensDialog(KindOf(step.Action));

    private string WhyNot(NextStep step)
    {
        var (store, kind) = (replica.Store, KindOf(step.Action));
        return step.Action switch
        {
            StepAction.StopExecution => store.FindExecution(step.Target) is { } execution ? stop.WhyNot(execution) : "It is no longer on the control plane.",
            StepAction.StopJob or StepAction.RerunJob => jobs.WhyNot(kind, step.Target),
            StepAction.Rollback when store.FindDeployment(step.Target) is null => jobs.WhyNot(kind, step.Target),
            _ => store.FindDeployment(step.Target) is { } deployment ? deployments.WhyNot(kind, deployment) : "The control plane no longer has the deployment.",
        };
    }

    private static OperationKind KindOf(StepAction action) => action switch
    {
        StepAction.StopExecution => OperationKind.StopExecution,
        StepAction.StopJob => OperationKind.StopJob,
        StepAction.RerunJob => OperationKind.Rerun,
        StepAction.Promote => OperationKind.Promote,
        StepAction.Pause => OperationKind.Pause,
        StepAction.Resume => OperationKind.Resume,
        _ => OperationKind.Rollback,
    };
}
