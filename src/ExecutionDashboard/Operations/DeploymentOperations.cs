using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;
using ExecutionDashboard.Operations.Undo;

namespace ExecutionDashboard.Operations;

/// <summary>Promotes, pauses, resumes and rolls back deployments, with the routes of the server's generation.</summary>
public sealed class DeploymentOperations(IControlPlane controlPlane, Replica replica, OperationLog log, OperationWatch watch, CommandRights rights, OperationTargets targets, DelayedCommands delayed)
{
    /// <summary>Why a command is not possible now; empty when it is.</summary>
    public string WhyNot(OperationKind kind, Deployment deployment)
    {
        if (rights.WhyNot(kind, deployment.Id) is { Length: > 0 } mayNot) return mayNot;
        if (controlPlane.CapabilitiesOf(deployment.Id)[CommandOf(kind, deployment)] == Offer.NotOffered || (kind == OperationKind.Promote && deployment.IsRollout))
            return "This control plane does not offer it.";
        if (log.Of(deployment.Id) is { HasEnded: false } running) return running.Summary + ".";
        if (delayed.Of(deployment.Id) is { } soon) return $"{Operation.NounOf(soon.Kind)}{(soon.By.Length > 0 ? $" by {soon.By}" : "")} is about to be sent.";
        return (kind, deployment) switch
        {
            (OperationKind.Promote, { CanaryNodes.Count: 0 }) => "It has no canary.",
            (OperationKind.Promote, { CanaryPromoted: true }) => "The canary is promoted already.",
            (OperationKind.Promote, { IsOpen: false }) => Ended(deployment),
            (OperationKind.Pause, { State: "paused" }) => "It is paused already.",
            (OperationKind.Pause, { IsOpen: false }) => Ended(deployment),
            (OperationKind.Resume, { State: not "paused" }) => "It is not paused.",
            (OperationKind.Rollback, { State: "rolled_back" }) => Ended(deployment),
            (OperationKind.Rollback, { RollbackToVersion: 0 }) or (OperationKind.Rollback, { RollbackToVersion: null, FromVersion: 0 }) or (OperationKind.Rollback, { RollbackToVersion: null, FromVersion: null, Type: "create" }) => "There is no version before it.",
            _ => "",
        };
    }

    /// <summary>The reach that decides the risk of a command: see <see cref="CommandRisks.Of"/>.</summary>
    public static int? ReachFor(OperationKind kind, RolloutReach reach, RolloutProgress progress) => kind == OperationKind.Promote ? reach.Rest : progress.Placed;

    /// <summary>Sends a command. Returns after the reply of the control plane; the log shows when its effect was seen.</summary>
    /// <param name="kind">Promote, pause, resume or roll back.</param>
    /// <param name="seen">The deployment as the operator saw it. If it has moved since, the command is not sent (<see cref="OperationPhase.Moved"/>).</param>
    /// <param name="given">The operator's reason, and the job's name where the risk asks for it.</param>
    /// <param name="version">For a rollback: the version to go back to; null for the previous one.</param>
    /// <param name="cancel">Cancels waiting for the reply.</param>
    /// <param name="numbers">The numbers that the operator saw when confirming, as a sentence, for the audit.</param>
    public async Task<Operation> SendAsync(OperationKind kind, SeenTarget seen, Confirmation given, int? version, CancellationToken cancel, string numbers = "")
    {
        var deployment = seen.Deployment ?? throw new ArgumentException($"There was no deployment {seen.Id} to see.", nameof(seen));
        var operation = await targets.BeginAsync(rights, log, kind, seen, given, ReachOf(kind, deployment), numbers, cancel);
        if (operation.HasEnded) return operation;
        var answer = kind switch
        {
            OperationKind.Promote => await controlPlane.PromoteAsync(deployment, operation.Reason, cancel),
            OperationKind.Pause => await controlPlane.PauseAsync(deployment, operation.Reason, cancel),
            OperationKind.Resume => await controlPlane.ResumeAsync(deployment, operation.Reason, cancel),
            OperationKind.Rollback => await controlPlane.RollbackAsync(deployment, version, operation.Reason, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a command for a deployment."),
        };
        if (!answer.Succeeded)
            return log.Put(operation with { Phase = OperationPhase.Refused, Failure = answer.Failure, StateNow = await StateNowAsync(deployment.Id, answer.Failure, cancel) });
        operation = log.Put(operation with { Phase = OperationPhase.Accepted });
        watch.Begin(operation, Topics.Deployments | Topics.Jobs, () => Seen(kind, deployment));
        return operation;
    }

    private int? ReachOf(OperationKind kind, Deployment deployment)
    {
        var summary = RolloutSummary.Of(deployment, replica.Store);
        return ReachFor(kind, RolloutReach.Of(summary, replica.Store), summary.Progress);
    }

    private async Task<string> StateNowAsync(string id, ControlPlaneFailure failure, CancellationToken cancel)
    {
        if (failure.Error != ControlPlaneError.Conflict) return "";
        var now = await controlPlane.GetDeploymentAsync(id, cancel);
        return (now.Succeeded ? now.Value.Value : replica.Store.FindDeployment(id))?.State ?? "";
    }

    private string? Seen(OperationKind kind, Deployment before)
    {
        var now = replica.Store.FindDeployment(before.Id);
        var job = replica.Store.FindJob(before.JobId);
        return kind switch
        {
            OperationKind.Promote when now is { CanaryPromoted: true } => "promoted",
            OperationKind.Pause when now is { State: "paused" } => "paused",
            OperationKind.Resume when now is not null && now.State != "paused" => now.State,
            OperationKind.Rollback when now is { State: "rolled_back" } => "rolled back",
            OperationKind.Rollback when job is not null && job.DeploymentId.Length > 0 && job.DeploymentId != before.Id
                && replica.Store.FindDeployment(job.DeploymentId) is { Type: "rollback" } => "rolling back",
            _ => null,
        };
    }

    private static string Ended(Deployment deployment) => $"It has ended: {deployment.State.Replace('_', ' ')}.";

    private static ControlPlaneCommand CommandOf(OperationKind kind, Deployment deployment) => kind switch
    {
        OperationKind.Promote => ControlPlaneCommand.Promote,
        OperationKind.Pause => ControlPlaneCommand.Pause,
        OperationKind.Resume => ControlPlaneCommand.Resume,
        _ => deployment.IsRollout ? ControlPlaneCommand.RollbackJob : ControlPlaneCommand.RollbackDeployment,
    };
}
