using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Undo;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>Asks for commands as their risk says: at once, with a moment to undo, or by a dialog. The same for every button.</summary>
public sealed class CommandRequests(DeploymentViews views, UndoableCommands undoable)
{
    /// <summary>Whether a button opens a dialog: its text then ends in an ellipsis.</summary>
    public bool OpensDialog(OperationKind kind) => !undoable.Takes(kind);

    /// <summary>Asks to promote, pause, resume or roll back a deployment.</summary>
    public Task AskOfDeploymentAsync(IDialogService dialogs, string deploymentId, OperationKind kind)
    {
        if (OpensDialog(kind)) return dialogs.AskOfDeploymentAsync(deploymentId, kind);
        if (views.Of(deploymentId) is { } view) undoable.Ask(kind, deploymentId, $"{view.JobName} {view.Versions}".TrimEnd(), DeploymentConsequence.Of(kind, view, 0));
        return Task.CompletedTask;
    }
}
