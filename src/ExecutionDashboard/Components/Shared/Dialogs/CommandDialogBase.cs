using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>Base of the dialogs that ask before a command is sent. A dialog closes when the control plane accepts the command; a refusal is shown in it.</summary>
public abstract class CommandDialogBase : LiveComponentBase
{
    /// <summary>The dialog around it.</summary>
    [CascadingParameter]
    protected IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The reason that the operator typed.</summary>
    protected string Reason { get; set; } = "";

    /// <summary>Whether the command is on its way.</summary>
    protected bool IsSending { get; private set; }

    /// <summary>The command that the control plane refused; null when it did not.</summary>
    protected Operation? Refused { get; private set; }

    /// <summary>Whether the command can be sent now.</summary>
    protected abstract bool CanSend { get; }

    /// <summary>Sends the command.</summary>
    /// <param name="reason">The reason, trimmed.</param>
    protected abstract Task<Operation> RequestAsync(string reason);

    /// <summary>Whether a refusal changes what the dialog offers, so that it is not shown as an error.</summary>
    protected virtual bool OffersInstead(Operation refused) => false;

    /// <summary>Sends on Enter, once: not while the key is held down, nor while letters are composed.</summary>
    protected Task SendOnEnterAsync(KeyboardEventArgs key) => key is { Key: "Enter", Repeat: false, IsComposing: false } ? SendAsync() : Task.CompletedTask;

    /// <summary>Sends, and closes the dialog unless the control plane refuses.</summary>
    protected async Task SendAsync()
    {
        if (IsSending || !CanSend) return;
        (IsSending, Refused) = (true, null);
        var operation = await RequestAsync(Reason.Trim());
        IsSending = false;
        if (operation.Phase != OperationPhase.Refused) Dialog.Close(DialogResult.Ok(operation));
        else if (!OffersInstead(operation)) Refused = operation;
    }
}
