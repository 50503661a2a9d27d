using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Operations.Access;

/// <summary>Decides which commands a tab's user may give. Every command asks before it sends anything.</summary>
/// <param name="user">Who asks.</param>
/// <param name="settings">How much an operator may do at once.</param>
public sealed class CommandRights(ICurrentUser user, AccessSettings settings)
{
    /// <summary>The role that a command needs.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="count">How many executions it is for.</param>
    public AccessRole Needed(OperationKind kind, int count = 1) => kind == OperationKind.DeleteJob || count > settings.BulkLimit ? AccessRole.Admin : AccessRole.Operator;

    /// <summary>Why the user may not give a command, as last looked at; empty when the user may. For buttons.</summary>
    public string WhyNot(OperationKind kind, int count = 1) => Refusal(user.Now, kind, count);

    /// <summary>Why the user may not do what needs a role, as last looked at; empty when the user may.</summary>
    public string WhyNot(AccessRole needed) => Refusal(user.Now, needed);

    /// <summary>Looks again whether the user may do what needs a role. Empty when the user may, else why not.</summary>
    public async ValueTask<string> WhyNotAsync(AccessRole needed, CancellationToken cancel) => Refusal(await user.CheckAsync(cancel), needed);

    /// <summary>Notes a command that is about to be sent, or gives one that is refused because the user may not give it. Refused ones are in no log of operations: they concern nobody else.</summary>
    /// <param name="log">Where commands are noted.</param>
    /// <param name="kind">The command.</param>
    /// <param name="targetId">Id of what it is for.</param>
    /// <param name="reason">Why, in the operator's words.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async ValueTask<Operation> BeginAsync(OperationLog log, OperationKind kind, string targetId, string reason, CancellationToken cancel)
    {
        var asks = await user.CheckAsync(cancel);
        return Refusal(asks, kind, 1) is { Length: > 0 } why ? Refused(kind, targetId, reason, why) : log.Begin(kind, targetId, reason, asks.Name);
    }

    /// <summary>Looks again whether the user may give a command for many. Empty when the user may, else why not.</summary>
    public async ValueTask<string> WhyNotAsync(OperationKind kind, int count, CancellationToken cancel) => Refusal(await user.CheckAsync(cancel), kind, count);

    /// <summary>A command that was not sent.</summary>
    public static Operation Refused(OperationKind kind, string targetId, string reason, string why) => new()
    {
        Number = 0, Kind = kind, TargetId = targetId, Reason = reason, Phase = OperationPhase.Refused, Failure = new(ControlPlaneError.Forbidden, why),
    };

    private string Refusal(DashboardUser asks, OperationKind kind, int count) =>
        asks is { Role: AccessRole.Operator, Ended: "" } && count > settings.BulkLimit ? $"More than {settings.BulkLimit} executions at once need the role admin; you are operator." : Refusal(asks, Needed(kind, count));

    private static string Refusal(DashboardUser asks, AccessRole needed) =>
        asks.Role >= needed ? "" : asks.Ended.Length > 0 ? asks.Ended : $"This needs the role {NameOf(needed)}; you are {NameOf(asks.Role)}.";

    private static string NameOf(AccessRole role) => role switch
    {
        AccessRole.Admin => "admin",
        AccessRole.Operator => "operator",
        AccessRole.Viewer => "viewer",
        _ => "not signed in",
    };
}
