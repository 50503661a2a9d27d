using ExecutionDashboard.Operations;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>Opens the dialog that a command is given through: the same one wherever its button is.</summary>
public static class CommandDialogs
{
    private static readonly DialogOptions Wide = new() { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };

    /// <summary>Asks before an execution is stopped.</summary>
    public static Task AskToStopAsync(this IDialogService dialogs, string executionId) =>
        dialogs.ShowAsync<StopDialog>("", new DialogParameters<StopDialog> { { d => d.Id, executionId } }, StopDialog.Options);

    /// <summary>Asks before a job is stopped on every node.</summary>
    public static Task AskToStopJobAsync(this IDialogService dialogs, string jobId) =>
        dialogs.ShowAsync<StopDialog>("", new DialogParameters<StopDialog> { { d => d.JobId, jobId } }, StopDialog.Options);

    /// <summary>Asks before a job is rerun, rolled back or deleted.</summary>
    /// <param name="dialogs">Where dialogs open.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="kind">The command.</param>
    /// <param name="version">For a rollback: the version to go back to; 0 is the one before.</param>
    public static Task AskOfJobAsync(this IDialogService dialogs, string jobId, OperationKind kind, int version = 0) =>
        dialogs.ShowAsync<JobDialog>("", new DialogParameters<JobDialog> { { d => d.Id, jobId }, { d => d.Kind, kind }, { d => d.Wanted, version } }, Wide);

    /// <summary>Asks before a deployment is promoted, paused, resumed or rolled back.</summary>
    public static Task AskOfDeploymentAsync(this IDialogService dialogs, string deploymentId, OperationKind kind) =>
        dialogs.ShowAsync<DeploymentDialog>("", new DialogParameters<DeploymentDialog> { { d => d.Id, deploymentId }, { d => d.Kind, kind } }, Wide);
}
