using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Risk;

namespace ExecutionDashboard.Operations.Targets;

/// <summary>Looks at the targets of commands: when one is asked for, and again when it is sent.</summary>
public sealed class OperationTargets(IControlPlane controlPlane, Replica replica)
{
    /// <summary>The target as the pages show it now.</summary>
    public SeenTarget See(FleetKind kind, string id)
    {
        var store = replica.Store;
        return kind switch
        {
            FleetKind.Execution => Of(id, store.FindExecution(id)),
            FleetKind.Deployment => Of(id, store.FindDeployment(id), store),
            FleetKind.Job => Of(id, store.FindJob(id), store),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No command is for it."),
        };
    }

    /// <summary>What changed since, as far as the pages show it.</summary>
    public IReadOnlyList<TargetChange> Changes(OperationKind kind, SeenTarget seen) => TargetRules.Of(kind, seen, See(seen.Kind, seen.Id));

    /// <summary>
    /// Looks before a command is sent: at the live data, or, while that is not live, at the control plane itself. Null when nothing changed that matters. No Expanso server takes the version of
    /// a target with a command, so what changes between this and the arrival is left to its own checks: it answers 409 to a command that its target's state does not allow.
    /// </summary>
    public async Task<MovedTarget?> MovedAsync(OperationKind kind, SeenTarget seen, CancellationToken cancel)
    {
        var now = See(seen.Kind, seen.Id);
        if (replica.Freshness.KindOf(replica.Store.Planes.Of(seen.Id)) is FreshnessKind.Reconnecting or FreshnessKind.Stale or FreshnessKind.Confirming) now = await AskAsync(seen, cancel) ?? now;
        return TargetRules.Of(kind, seen, now) is { Count: > 0 } changes ? new(changes, now) : null;
    }

    /// <summary>
    /// Notes a command that is about to be sent, or gives one that is not: because the user may not give it, because its target has moved, or because its risk asks for a reason and the name, and
    /// one is missing.
    /// </summary>
    internal async Task<Operation> BeginAsync(CommandRights rights, OperationLog log, OperationKind kind, SeenTarget seen, Confirmation given, int? reach, string numbers, CancellationToken cancel, int count = 1)
    {
        var (target, reason) = (AuditedAs(seen), given.Reason);
        // Who may not give the command is told that, and neither what changed nor what is missing.
        if (await rights.WhyNotAsync(kind, seen.Id, cancel) is null)
        {
            if (await MovedAsync(kind, seen, cancel) is { } moved)
            {
                rights.NotSent(kind, target, numbers, reason, $"Not sent, to be asked again: {string.Join(' ', moved.Changes)}");
                return new Operation { Number = 0, Kind = kind, TargetId = seen.Id, Reason = reason, Phase = OperationPhase.Moved, Moved = moved };
            }
            if (given.WhyNot(rights.RiskOf(kind, reach), NameOf(seen)) is { Length: > 0 } missing)
            {
                rights.NotSent(kind, target, numbers, reason, $"Not sent. {missing}");
                return CommandRights.Unconfirmed(kind, seen.Id, reason, missing);
            }
        }
        return await rights.BeginAsync(log, kind, target, numbers, reason, cancel, count);
    }

    /// <summary>What is typed to confirm a command: the name of the job that its target is, or is of.</summary>
    internal string NameOf(SeenTarget seen) => JobName(seen switch { { Execution: { } execution } => execution.JobId, { Deployment: { } deployment } => deployment.JobId, _ => seen.Id });

    /// <summary>Writes into the audit that a command was asked for and not sent.</summary>
    internal void NotSent(CommandRights rights, OperationKind kind, SeenTarget seen, string why) => rights.NotSent(kind, AuditedAs(seen), "", "", why);

    // As people know it: an execution by its job and node, a deployment by its job and version.
    private AuditTarget AuditedAs(SeenTarget seen) => seen switch
    {
        { Execution: { } execution } => new(AuditTarget.Execution, seen.Id, $"{JobName(execution.JobId)} on {replica.Store.FindNode(execution.NodeId)?.DisplayName ?? execution.NodeId}"),
        { Deployment: { } deployment } => new(AuditTarget.Deployment, seen.Id, JobName(deployment.JobId) + (deployment.ToVersion is { } to ? FormattableString.Invariant($" v{to}") : "")),
        { Job: { } job } => new(AuditTarget.Job, seen.Id, job.DisplayName),
        _ => new(seen.Kind.ToString().ToLowerInvariant(), seen.Id),
    };

    private string JobName(string id) => replica.Store.FindJob(id)?.DisplayName ?? id;

    // Null when it cannot be asked: the command will say so.
    private async Task<SeenTarget?> AskAsync(SeenTarget seen, CancellationToken cancel)
    {
        switch (seen.Kind)
        {
            case FleetKind.Execution when await controlPlane.GetExecutionAsync(seen.Id, cancel) is var asked && Exists(asked):
                return Of(seen.Id, asked.Succeeded ? asked.Value.Value : null);
            case FleetKind.Deployment when await controlPlane.GetDeploymentAsync(seen.Id, cancel) is var asked && Exists(asked):
                return Of(seen.Id, asked.Succeeded ? asked.Value.Value : null, replica.Store);
            case FleetKind.Job when await controlPlane.GetJobAsync(seen.Id, cancel) is var asked && Exists(asked):
                return Of(seen.Id, asked.Succeeded ? asked.Value.Value : null, replica.Store);
            default:
                return null;
        }

        static bool Exists<T>(ControlPlaneResult<T> answer) => answer.Succeeded || answer.Failure.Error == ControlPlaneError.NotFound;
    }

    private static SeenTarget Of(string id, Execution? execution) => new() { Kind = FleetKind.Execution, Id = id, Execution = execution };

    private static SeenTarget Of(string id, Deployment? deployment, FleetStore store)
    {
        var states = store.CountsOfDeployment(id, ExecutionScope.Current);
        return new()
        {
            Kind = FleetKind.Deployment, Id = id, Deployment = deployment, Newest = deployment is null ? null : store.NewestDeploymentOf(deployment.JobId),
            Failed = states[KnownExecutionState.Failed] + states[KnownExecutionState.Lost],
        };
    }

    private static SeenTarget Of(string id, Job? job, FleetStore store)
    {
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var execution in store.Enumerate(new ExecutionQuery { Jobs = [id], States = [.. ExecutionState.All.Where(s => !s.IsTerminal)] })) nodes.Add(execution.NodeId);
        return new() { Kind = FleetKind.Job, Id = id, Job = job, Newest = store.NewestDeploymentOf(id), Nodes = nodes.Count };
    }
}
