using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Presence;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ExecutionDashboard.Components.Shared.Dialogs;

/// <summary>
/// Base of the dialogs that ask before a command is sent. It is sent for what the operator saw: what moves while the dialog is open is said, and must be agreed to. A dialog closes when the
/// control plane accepts the command; a refusal is shown in it.
/// </summary>
public abstract class CommandDialogBase : LiveComponentBase
{
    private CommandRisk _risk;
    private MovedTarget? _moved;
    private IDisposable? _open;

    /// <summary>The dialog around it.</summary>
    [CascadingParameter]
    protected IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private OperationTargets Targets { get; set; } = null!;

    [Inject]
    private CommandRights Rights { get; set; } = null!;

    [Inject]
    private CommandPresence Presence { get; set; } = null!;

    /// <summary>The reason that the operator typed.</summary>
    protected string Reason { get; set; } = "";

    /// <summary>The name that the operator typed.</summary>
    protected string Typed { get; set; } = "";

    /// <summary>Whether the command is on its way.</summary>
    protected bool IsSending { get; private set; }

    /// <summary>The command that the control plane refused; null when it did not.</summary>
    protected Operation? Refused { get; private set; }

    /// <summary>The command.</summary>
    protected abstract OperationKind Command { get; }

    /// <summary>What it is for.</summary>
    protected abstract (FleetKind Kind, string Id) Target { get; }

    /// <summary>The target as the operator saw it: when the dialog was opened, or when the operator agreed to what changed since.</summary>
    protected SeenTarget? Seen { get; private set; }

    /// <summary>What changed since then. As long as there is anything, nothing is sent.</summary>
    protected IReadOnlyList<TargetChange> Changes { get; private set; } = [];

    /// <summary>Whether it needs a reason and the name. It stays so in an open dialog when the numbers become smaller.</summary>
    protected bool IsHigh => _risk == CommandRisk.High;

    /// <summary>Label of the field for the reason.</summary>
    protected string ReasonLabel => IsHigh ? "Reason (required)" : "Reason";

    /// <summary>Whether the command can be sent now.</summary>
    protected abstract bool CanSend { get; }

    private Confirmation Given => new(Reason.Trim(), Typed);

    private bool MayGive => Rights.WhyNot(Command, Target.Id).Length == 0;

    /// <summary>Sends the command.</summary>
    /// <param name="seen">The target as the operator saw it.</param>
    /// <param name="given">The reason, trimmed, and the typed name.</param>
    protected abstract Task<Operation> RequestAsync(SeenTarget seen, Confirmation given);

    /// <summary>Whether a refusal changes what the dialog offers, so that it is not shown as an error.</summary>
    protected virtual bool OffersInstead(Operation refused) => false;

    /// <summary>Looks at the target. Called when the dialog opens, and when something changed.</summary>
    /// <param name="reach">See <see cref="CommandRisks.Of"/>.</param>
    protected void Look(int? reach)
    {
        if (Seen is null || (Seen.Kind, Seen.Id) != Target)
        {
            (Seen, _moved, _risk) = (Targets.See(Target.Kind, Target.Id), null, CommandRisk.Low);
            _open?.Dispose();
            // Whoever may not give the command is not about to.
            _open = MayGive ? Presence.Open(Command, Target.Kind, Target.Id) : null;
        }
        Changes = Targets.Changes(Command, Seen) is { Count: > 0 } changes ? changes : _moved?.Changes ?? [];
        if (Rights.RiskOf(Command, reach) is var risk && risk > _risk) _risk = risk;
    }

    /// <summary>Whether the operator gave what the risk asks for, and agreed to what changed.</summary>
    /// <param name="name">The name to type.</param>
    protected bool IsConfirmed(string name) => Changes.Count == 0 && Given.WhyNot(_risk, name).Length == 0;

    /// <summary>The operator has read what changed: the command is for the target as it is now.</summary>
    protected void Agree()
    {
        var now = Targets.See(Target.Kind, Target.Id);
        // The control plane was asked because the pages are behind.
        (Seen, Changes, _moved) = (_moved is { } moved && moved.Now.Revision > now.Revision ? moved.Now : now, [], null);
    }

    /// <summary>Sends on Enter, once: not while the key is held down, nor while letters are composed.</summary>
    protected Task SendOnEnterAsync(KeyboardEventArgs key) => key is { Key: "Enter", Repeat: false, IsComposing: false } ? SendAsync() : Task.CompletedTask;

    /// <summary>Sends, and closes the dialog unless the command was not accepted.</summary>
    protected async Task SendAsync()
    {
        if (IsSending || !CanSend || Seen is not { } seen) return;
        (IsSending, Refused) = (true, null);
        var operation = await RequestAsync(seen, Given);
        IsSending = false;
        if (operation.Moved is { } moved) (Changes, _moved) = (moved.Changes, moved);
        else if (operation.Phase != OperationPhase.Refused) Dialog.Close(DialogResult.Ok(operation));
        else if (!OffersInstead(operation))
        {
            Refused = operation;
            // The numbers of the dialog were behind: the fields that are missing are shown.
            if (operation.NeedsConfirmation) _risk = CommandRisk.High;
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _open?.Dispose();
        return base.DisposeAsync();
    }
}
