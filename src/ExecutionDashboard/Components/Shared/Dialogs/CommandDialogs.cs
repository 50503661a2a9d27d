using ExecutionDashboard.Components.Pages.Bulk;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Bulk;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>Opens the dialogs for commands: the same one for every button.</summary>
public static class CommandDialogs
{
    private static readonly DialogOptions Wide = new() { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };

    /// <summary>Opens the dialog to stop an execution.</summary>
    public static Task AskToStopAsync(this IDialogService dialogs, string executionId) =>
        dialogs.ShowAsync<StopDialog>("", new DialogParameters<StopDialog> { { d => d.Id, executionId } }, StopDialog.Options);

    /// <summary>Opens the dialog to stop a job on every node.</summary>
    public static Task AskToStopJobAsync(this IDialogService dialogs, string jobId) =>
        dialogs.ShowAsync<StopDialog>("", new DialogParameters<StopDialog> { { d => d.JobId, jobId } }, StopDialog.Options);

    /// <summary>Opens the dialog to rerun, roll back or delete a job.</summary>
    /// <param name="dialogs">The dialog service.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="kind">The command.</param>
    /// <param name="version">For a rollback: the version to go back to; 0 for the previous one.</param>
    public static Task AskOfJobAsync(this IDialogService dialogs, string jobId, OperationKind kind, int version = 0) =>
        dialogs.ShowAsync<JobDialog>("", new DialogParameters<JobDialog> { { d => d.Id, jobId }, { d => d.Kind, kind }, { d => d.Wanted, version } }, Wide);

    /// <summary>Opens the dialog to restart an execution. No control plane restarts a single one, so it reruns the job, and says so.</summary>
    public static Task AskToRestartAsync(this IDialogService dialogs, string jobId) =>
        dialogs.ShowAsync<JobDialog>("", new DialogParameters<JobDialog> { { d => d.Id, jobId }, { d => d.Kind, OperationKind.Rerun }, { d => d.Instead, "No control plane restarts a single execution: this reruns the job on all of its nodes." } }, Wide);

    /// <summary>Opens the dialog of a bulk run, and then the run that was started; false when none was.</summary>
    /// <param name="dialogs">The dialog service.</param>
    /// <param name="navigation">Opens the run.</param>
    /// <param name="target">For which executions.</param>
    /// <param name="filter">Address of the list; empty for a selection.</param>
    public static async Task<bool> AskForBulkAsync(this IDialogService dialogs, PageNavigation navigation, BulkTarget target, string filter)
    {
        var kept = filter.Length <= BulkLimits.Filter ? filter : "";
        var dialog = await dialogs.ShowAsync<BulkDialog>("", new DialogParameters<BulkDialog> { { d => d.Target, target }, { d => d.Filter, kept } }, BulkDialog.Options);
        if (await dialog.Result is not { Canceled: false, Data: BulkRun run }) return false;
        navigation.NavigateTo(BulkLabels.Address(run.Id));
        return true;
    }

    /// <summary>Opens the dialog to promote or roll back a deployment. Buttons ask by <see cref="CommandRequests"/>, which knows what needs no dialog.</summary>
    public static Task AskOfDeploymentAsync(this IDialogService dialogs, string deploymentId, OperationKind kind) =>
        dialogs.ShowAsync<DeploymentDialog>("", new DialogParameters<DeploymentDialog> { { d => d.Id, deploymentId }, { d => d.Kind, kind } }, Wide);
}
