using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;

namespace ExecutionDashboard.Operations;

/// <summary>
/// Stops executions and jobs. A reply of the control plane is only an acceptance: the command is done when the feed shows its effect. It continues when the tab is
/// closed.
/// </summary>
public sealed class StopOperations(IControlPlane controlPlane, Replica replica, OperationLog log, OperationWatch watch, CommandRights rights, OperationTargets targets)
{
    private const int AtOnce = 8;

    /// <summary>Whether the control plane can stop single executions, as far as known.</summary>
    public bool CanStopOne => controlPlane.Capabilities[ControlPlaneCommand.StopExecution] != Offer.NotOffered;

    /// <summary>Whether the control plane of an execution can stop single ones, as far as known.</summary>
    public bool CanStop(string id) => controlPlane.CapabilitiesOf(id)[ControlPlaneCommand.StopExecution] != Offer.NotOffered;

    /// <summary>Why an execution cannot be stopped now; empty when it can.</summary>
    public string WhyNot(Execution execution) =>
        execution.Actual.State.IsTerminal ? $"It has ended: {execution.Actual.State.Name}."
        : log.Of(execution.Id) is { HasEnded: false } running ? running.Summary
        : WhyNotExecution(execution.Id);

    /// <summary>Why the user may not stop so many executions at once; empty when the user may.</summary>
    public string WhyNot(int executions) => rights.WhyNot(OperationKind.StopExecution, executions);

    /// <summary>Why the user may not stop an execution, whatever its state; empty when the user may.</summary>
    public string WhyNotExecution(string id) => rights.WhyNot(OperationKind.StopExecution, id);

    /// <summary>Why the user may not stop a job; empty when the user may.</summary>
    public string WhyNotJob(string jobId) => rights.WhyNot(OperationKind.StopJob, jobId);

    /// <summary>Stops an execution. Returns after the reply of the control plane; the log shows when the effect was seen.</summary>
    /// <param name="seen">The execution as the operator saw it. If it has moved since, it is not stopped (<see cref="OperationPhase.Moved"/>).</param>
    /// <param name="given">The operator's reason; may be empty.</param>
    /// <param name="cancel">Cancels waiting for the reply.</param>
    public Task<Operation> StopExecutionAsync(SeenTarget seen, Confirmation given, CancellationToken cancel) => StopExecutionAsync(seen, given, 1, cancel);

    private async Task<Operation> StopExecutionAsync(SeenTarget seen, Confirmation given, int count, CancellationToken cancel)
    {
        var (id, before) = (seen.Id, replica.Store.FindExecution(seen.Id));
        var operation = await targets.BeginAsync(rights, log, OperationKind.StopExecution, seen, given, 1, before is null ? "" : $"1 execution, {before.Actual.State.Name}", cancel, count);
        if (operation.HasEnded) return operation;
        var answer = await controlPlane.StopExecutionAsync(id, operation.Reason, cancel);
        if (!answer.Succeeded) return log.Put(operation with { Phase = OperationPhase.Refused, Failure = answer.Failure, StateNow = await StateNowAsync(id, answer.Failure, cancel) });
        operation = log.Put(operation with { Phase = OperationPhase.Accepted });
        watch.Begin(operation, Topics.Executions, () => SeenState(id, before));
        return operation;
    }

    /// <summary>The risk of stopping so many executions at once.</summary>
    public CommandRisk RiskOf(int executions) => rights.RiskOf(OperationKind.StopExecution, executions);

    /// <summary>What is to be typed to stop so many executions at once.</summary>
    public static string PhraseOf(int executions) => Confirmation.Phrase("Stop", executions);

    /// <summary>Stops many executions, a few at a time. Reports progress after each. Those that have moved since they were seen are not stopped.</summary>
    /// <param name="seen">The executions as the operator saw them.</param>
    /// <param name="given">The operator's reason and, for more than <see cref="CommandRisks.Few"/>, <see cref="PhraseOf"/>.</param>
    /// <param name="progress">Takes how many were asked so far. Called on any thread.</param>
    /// <param name="cancel">Cancels waiting for the replies.</param>
    public async Task<IReadOnlyList<Operation>> StopExecutionsAsync(IReadOnlyList<SeenTarget> seen, Confirmation given, Action<int> progress, CancellationToken cancel)
    {
        var reason = given.Reason;
        if (await rights.RefusalAsync(OperationKind.StopExecution, seen.Count, reason, cancel) is { Length: > 0 } why) return [.. seen.Select(one => CommandRights.Refused(OperationKind.StopExecution, one.Id, reason, why))];
        if (given.WhyNot(RiskOf(seen.Count), PhraseOf(seen.Count)) is { Length: > 0 } missing)
        {
            rights.NotSent(OperationKind.StopExecution, AuditTarget.None, Executions(seen.Count), reason, $"Not sent. {missing}");
            return [.. seen.Select(one => CommandRights.Unconfirmed(OperationKind.StopExecution, one.Id, reason, missing))];
        }
        var done = new Operation[seen.Count];
        var count = 0;
        await Parallel.ForAsync(0, seen.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, token) =>
        {
            done[i] = await StopExecutionAsync(seen[i], given, seen.Count, token);
            progress(Interlocked.Increment(ref count));
        });
        return done;
    }

    /// <summary>Stops a job on every node.</summary>
    /// <param name="seen">The job as the operator saw it. If it has moved since, it is not stopped (<see cref="OperationPhase.Moved"/>).</param>
    /// <param name="given">The operator's reason, and the job's name.</param>
    /// <param name="cancel">Cancels waiting for the reply.</param>
    public async Task<Operation> StopJobAsync(SeenTarget seen, Confirmation given, CancellationToken cancel)
    {
        var jobId = seen.Id;
        var reach = ReachOfJob(jobId);
        var operation = await targets.BeginAsync(rights, log, OperationKind.StopJob, seen, given, reach.Nodes, reach.ToString(), cancel);
        if (operation.HasEnded) return operation;
        var answer = await controlPlane.StopJobAsync(jobId, operation.Reason, cancel);
        if (!answer.Succeeded)
            return log.Put(operation with { Phase = OperationPhase.Refused, Failure = answer.Failure, StateNow = await JobStateNowAsync(jobId, answer.Failure, cancel) });
        operation = log.Put(operation with { Phase = OperationPhase.Accepted });
        watch.Begin(operation, Topics.Executions | Topics.Jobs, () => StoppedJob(jobId));
        return operation;
    }

    /// <summary>What stopping a job would affect: executions that have not ended, and their nodes.</summary>
    public JobReach ReachOfJob(string jobId)
    {
        var running = new ExecutionQuery { Jobs = [jobId], States = [.. ExecutionState.All.Where(s => !s.IsTerminal)] };
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        var states = new Dictionary<ExecutionState, int>();
        var executions = 0;
        foreach (var execution in replica.Store.Enumerate(running))
        {
            executions++;
            nodes.Add(execution.NodeId);
            states[execution.Actual.State] = states.GetValueOrDefault(execution.Actual.State) + 1;
        }
        return new(
            executions, nodes.Count, nodes.Count(id => replica.Store.FindNode(id) is { IsConnected: false }),
            [.. states.Select(s => (s.Key, s.Value)).OrderByDescending(s => s.Value)]);
    }

    private static string Executions(int count) => count == 1 ? "1 execution" : FormattableString.Invariant($"{count} executions");

    private async Task<string> StateNowAsync(string id, ControlPlaneFailure failure, CancellationToken cancel)
    {
        if (failure.Error != ControlPlaneError.Conflict) return "";
        var now = await controlPlane.GetExecutionAsync(id, cancel);
        return (now.Succeeded ? now.Value.Value : replica.Store.FindExecution(id))?.Actual.State.Name ?? "";
    }

    /// <summary>After a conflict: the state of a job, as the control plane reports it now or as last known. Empty after other failures.</summary>
    public async Task<string> JobStateNowAsync(string jobId, ControlPlaneFailure failure, CancellationToken cancel)
    {
        if (failure.Error != ControlPlaneError.Conflict) return "";
        var now = await controlPlane.GetJobAsync(jobId, cancel);
        return (now.Succeeded ? now.Value.Value : replica.Store.FindJob(jobId))?.State.Replace('_', ' ') ?? "";
    }

    private string? SeenState(string id, Execution? before)
    {
        if (replica.Store.FindExecution(id) is not { } now) return "gone";
        return before is null || now.Revision != before.Revision || now.UpdatedAt != before.UpdatedAt ? StopEffect.In(now) : null;
    }

    private string? StoppedJob(string jobId) =>
        replica.Store.FindJob(jobId) is not { } job ? "gone"
        : job.State is "stopped" or "stopping" ? job.State
        : ReachOfJob(jobId).ByState.All(s => s.State.Known == KnownExecutionState.Stopping) ? "stopping"
        : null;
}

/// <summary>What stopping a job would affect.</summary>
/// <param name="Executions">Executions that have not ended.</param>
/// <param name="Nodes">Number of their nodes.</param>
/// <param name="OfflineNodes">Nodes that are not connected; they stop the execution when they reconnect.</param>
/// <param name="ByState">Executions by state, most first.</param>
public sealed record JobReach(int Executions, int Nodes, int OfflineNodes, IReadOnlyList<(ExecutionState State, int Count)> ByState)
{
    /// <summary>None.</summary>
    public static JobReach None { get; } = new(0, 0, 0, []);

    /// <summary>The numbers as a phrase, as the dialogs show them.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Executions} {(Executions == 1 ? "execution" : "executions")} on {Nodes} {(Nodes == 1 ? "node" : "nodes")}{(OfflineNodes > 0 ? $", {OfflineNodes} of them not connected" : "")}");
}
