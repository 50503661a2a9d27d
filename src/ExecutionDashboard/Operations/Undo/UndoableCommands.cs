using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Presence;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;

namespace ExecutionDashboard.Operations.Undo;

/// <summary>The low-risk commands of one tab: asked for without a question, and undone as long as they wait.</summary>
public sealed class UndoableCommands(DelayedCommands delayed, DeploymentOperations deployments, OperationTargets targets, CommandPresence presence, CommandRights rights, ICurrentUser user, AccessSettings settings) : IDisposable
{
    /// <summary>Those of this tab, oldest first.</summary>
    public IReadOnlyList<DelayedCommand> Mine => delayed.OfTab(this);

    /// <summary>Whether a command is one of them.</summary>
    public bool Takes(OperationKind kind) => CommandRisks.Of(kind, null, settings.BulkLimit) == CommandRisk.Low;

    /// <summary>Asks for a command. Nothing happens when it is not possible, or when another one waits for the same deployment.</summary>
    /// <param name="kind">Pause or resume.</param>
    /// <param name="deploymentId">The deployment.</param>
    /// <param name="name">See <see cref="DelayedCommand.Name"/>.</param>
    /// <param name="consequence">See <see cref="DelayedCommand.Consequence"/>.</param>
    public void Ask(OperationKind kind, string deploymentId, string name, string consequence)
    {
        var seen = targets.See(FleetKind.Deployment, deploymentId);
        if (seen.Deployment is not { } deployment || deployments.WhyNot(kind, deployment).Length > 0) return;
        Begin(new DelayedCommand { Number = 0, Kind = kind, Target = seen, Name = name, Consequence = consequence, By = user.Now.Name, SendsAt = default });
    }

    /// <summary>Takes back a command that waits. False when it was sent already.</summary>
    public bool Undo(long number)
    {
        if (delayed.Undo(number) is not { } command) return false;
        targets.NotSent(rights, command.Kind, command.Target, "Not sent: undone by the person who asked for it.");
        return true;
    }

    /// <summary>The operator has read why a command was not sent or not accepted.</summary>
    public void Dismiss(long number) => delayed.Dismiss(number);

    /// <summary>The operator has read what changed, and wants the command all the same: it waits again, for the target as it is now.</summary>
    public void Insist(long number)
    {
        if (delayed.Dismiss(number) is { Answer.Moved: { } moved } command) Begin(command with { Target = moved.Now, Answer = null });
    }

    /// <summary>Why a command is not possible now; empty when it is.</summary>
    public string WhyNot(DelayedCommand command) => targets.See(FleetKind.Deployment, command.Target.Id).Deployment is { } deployment ? deployments.WhyNot(command.Kind, deployment) : "The control plane no longer has the deployment.";

    private void Begin(DelayedCommand command) => delayed.Begin(this, command, SendAsync, () => presence.Open(delayed, command.Kind, FleetKind.Deployment, command.Target.Id));

    // The role is looked at again when it is sent, also after the tab is gone.
    private Task<Operation> SendAsync(DelayedCommand command) => deployments.SendAsync(command.Kind, command.Target, Confirmation.None, null, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose() => delayed.Leave(this);
}
