using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.Risk;

namespace ExecutionDashboard.Operations.Access;

/// <summary>Decides which commands a tab's user may give. Every command asks before it sends anything.</summary>
/// <param name="user">Who asks.</param>
/// <param name="settings">How much an operator may do at once.</param>
/// <param name="replica">What the user sees: a role may be for a part of the fleet, and the target decides whether it counts.</param>
/// <param name="audit">Has every command before it is sent, and every one that is refused.</param>
/// <param name="sight">Whether the tab shows now: in the past there is nothing to command.</param>
public sealed class CommandRights(ICurrentUser user, AccessSettings settings, Replica replica, AuditDoor audit, FleetSight? sight = null)
{
    /// <summary>The role that a command needs.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="count">How many executions it is for.</param>
    public AccessRole Needed(OperationKind kind, int count = 1) => kind == OperationKind.DeleteJob || count > settings.BulkLimit ? AccessRole.Admin : AccessRole.Operator;

    /// <summary>The risk of a command here.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="reach">See <see cref="CommandRisks.Of"/>.</param>
    public CommandRisk RiskOf(OperationKind kind, int? reach) => CommandRisks.Of(kind, reach, settings.BulkLimit);

    /// <summary>Why the user may not give a command, as last looked at; empty when the user may. For buttons.</summary>
    public string WhyNot(OperationKind kind, int count = 1) => Refusal(user.Now, kind, count);

    /// <summary>Why the user may not give a command for one target, as last looked at; empty when the user may. For buttons.</summary>
    public string WhyNot(OperationKind kind, string targetId) => RefusalFor(user.Now, kind, targetId, 1)?.Message ?? "";

    /// <summary>Why the user may not do what needs a role for the whole fleet, as last looked at; empty when the user may.</summary>
    public string WhyNot(AccessRole needed) => IsPast ? FleetSight.CommandsOff : RefusalOfTheWhole(user.Now, needed);

    /// <summary>Looks again whether the user may do what needs a role for the whole fleet. Empty when the user may, else why not.</summary>
    public async ValueTask<string> WhyNotAsync(AccessRole needed, CancellationToken cancel) => IsPast ? FleetSight.CommandsOff : RefusalOfTheWhole(await user.CheckAsync(cancel), needed);

    /// <summary>
    /// Writes a command that is about to be sent into the audit, or gives one that is refused: because the user may not give it, or because the audit cannot be written. Refused ones are
    /// in no log of operations: they concern nobody else.
    /// </summary>
    /// <param name="log">Where commands are noted.</param>
    /// <param name="kind">The command.</param>
    /// <param name="target">What it is for.</param>
    /// <param name="numbers">The numbers that the operator saw when confirming, as a sentence; may be empty.</param>
    /// <param name="reason">Why, in the operator's words.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="count">How many executions the user stops with this one.</param>
    public async ValueTask<Operation> BeginAsync(OperationLog log, OperationKind kind, AuditTarget target, string numbers, string reason, CancellationToken cancel, int count = 1)
    {
        if (RefusalFor(await user.CheckAsync(cancel), kind, target.Id, count) is { } why)
        {
            audit.Refused(OperationNames.ActionOf(kind), target, numbers, reason, why.Message);
            return Refused(kind, target.Id, reason, why);
        }
        var act = await audit.AskAsync(OperationNames.ActionOf(kind), target, numbers, OperationLog.Cut(reason), cancel);
        return act.Problem.Length > 0 ? Refused(kind, target.Id, reason, new ControlPlaneFailure(ControlPlaneError.Invalid, act.Problem)) : log.Begin(kind, target, reason, act.Entry.Who, act);
    }

    /// <summary>Looks again whether the user may give a command for many. Empty when the user may, else why not, which is in the audit then.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="count">How many executions it is for.</param>
    /// <param name="reason">Why, in the operator's words.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async ValueTask<string> RefusalAsync(OperationKind kind, int count, string reason, CancellationToken cancel)
    {
        var why = Refusal(await user.CheckAsync(cancel), kind, count);
        if (why.Length > 0) audit.Refused(OperationNames.ActionOf(kind), AuditTarget.None, count == 1 ? "1 execution" : FormattableString.Invariant($"{count} executions"), reason, why);
        return why;
    }

    /// <summary>Looks again whether the user may give a command for one target. Null when the user may, else why not.</summary>
    public async ValueTask<ControlPlaneFailure?> WhyNotAsync(OperationKind kind, string targetId, CancellationToken cancel) => RefusalFor(await user.CheckAsync(cancel), kind, targetId, 1);

    /// <summary>Looks again whether the user may give a command for many. Empty when the user may, else why not.</summary>
    public async ValueTask<string> WhyNotAsync(OperationKind kind, int count, CancellationToken cancel) => Refusal(await user.CheckAsync(cancel), kind, count);

    /// <summary>Writes into the audit that a command was not sent.</summary>
    public void NotSent(OperationKind kind, AuditTarget target, string numbers, string reason, string why) => audit.Refused(OperationNames.ActionOf(kind), target, numbers, reason, why);

    /// <summary>A command that was not sent.</summary>
    public static Operation Refused(OperationKind kind, string targetId, string reason, string why) => Refused(kind, targetId, reason, new ControlPlaneFailure(ControlPlaneError.Forbidden, why));

    /// <summary>A command that was not sent, because the reason or the name that its risk asks for is missing.</summary>
    public static Operation Unconfirmed(OperationKind kind, string targetId, string reason, string why) => Refused(kind, targetId, reason, new ControlPlaneFailure(ControlPlaneError.Invalid, why)) with { NeedsConfirmation = true };

    private static Operation Refused(OperationKind kind, string targetId, string reason, ControlPlaneFailure why) => new()
    {
        Number = 0, Kind = kind, TargetId = targetId, Reason = reason, Phase = OperationPhase.Refused, Failure = why,
    };

    private ControlPlaneFailure? RefusalFor(DashboardUser asks, OperationKind kind, string targetId, int count)
    {
        if (Refusal(asks, kind, count) is { Length: > 0 } why) return new(ControlPlaneError.Forbidden, why);
        if (!asks.Grants.AreLimited) return null;
        var store = replica.Store;
        var execution = kind == OperationKind.StopExecution ? store.FindExecution(targetId) : null;
        var job = store.FindJob(kind == OperationKind.StopExecution ? execution?.JobId ?? "" : store.FindDeployment(targetId)?.JobId ?? targetId);
        // As if it did not exist: who sees a part must not learn what is in the rest.
        if (job is null && asks.Grants.Scope is not null) return new(ControlPlaneError.NotFound, FleetSight.None);
        var role = execution is null ? asks.Grants.OfWhole(job) : asks.Grants.Of(job, store.FindNode(execution.NodeId));
        var needed = Needed(kind, count);
        return role >= needed ? null
            : new(ControlPlaneError.Forbidden, execution is null && asks.Grants.OfSome(job) >= needed
                ? $"This is for all nodes of the job and needs the role {NameOf(needed)} for all of them; yours is limited to some nodes."
                : $"This needs the role {NameOf(needed)} for it; you are {NameOf(role)} there.");
    }

    /// <summary>Why somebody may not do what needs a role for the whole fleet; empty when they may.</summary>
    public static string RefusalOfTheWhole(DashboardUser asks, AccessRole needed) =>
        Refusal(asks, needed) is { Length: > 0 } why ? why : asks.Grants.Everywhere >= needed ? "" : $"This needs the role {NameOf(needed)} for the whole fleet; yours is limited to a part of it.";

    private bool IsPast => sight?.At is not null;

    private string Refusal(DashboardUser asks, OperationKind kind, int count) =>
        IsPast ? FleetSight.CommandsOff
        : asks is { Role: AccessRole.Operator, Ended: "" } && count > settings.BulkLimit ? $"More than {settings.BulkLimit} executions at once need the role admin; you are operator." : Refusal(asks, Needed(kind, count));

    /// <summary>Why somebody may not do what needs a role; empty when they may.</summary>
    public static string Refusal(DashboardUser asks, AccessRole needed) =>
        asks.Role >= needed ? "" : asks.Ended.Length > 0 ? asks.Ended : $"This needs the role {NameOf(needed)}; you are {NameOf(asks.Role)}.";

    private static string NameOf(AccessRole role) => role switch
    {
        AccessRole.Admin => "admin",
        AccessRole.Operator => "operator",
        AccessRole.Viewer => "viewer",
        _ => "not signed in",
    };
}
