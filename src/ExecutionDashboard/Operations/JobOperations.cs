using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Operations.Targets;

namespace ExecutionDashboard.Operations;

/// <summary>Reruns, rolls back and deletes jobs. Stopping is in <see cref="StopOperations"/>.</summary>
public sealed class JobOperations(IControlPlane controlPlane, Replica replica, OperationLog log, OperationWatch watch, CommandRights rights, StopOperations stop, OperationTargets targets)
{
    private static readonly string[] Over = ["stopped", "completed", "failed"];

    /// <summary>Why a command is not possible now; empty when it is.</summary>
    /// <param name="kind">Stop, rerun, roll back or delete.</param>
    /// <param name="jobId">The job.</param>
    public string WhyNot(OperationKind kind, string jobId)
    {
        if (rights.WhyNot(kind, jobId) is { Length: > 0 } mayNot) return mayNot;
        if (controlPlane.CapabilitiesOf(jobId)[CommandOf(kind)] == Offer.NotOffered) return "This control plane does not offer it.";
        if (replica.Store.FindJob(jobId) is not { } job || job.State == "deleted") return "The control plane no longer has the job.";
        if (log.Of(jobId) is { HasEnded: false } running) return running.Summary + ".";
        return (kind, job) switch
        {
            (OperationKind.StopJob, { State: "stopped" }) => "The job is stopped already.",
            (OperationKind.Rollback, { Version: 1 }) => "There is no version before it.",
            _ => "",
        };
    }

    /// <summary>Whether a deletion must be forced, because the job has not ended.</summary>
    public static bool NeedsForce(Job job) => !Over.Contains(job.State);

    /// <summary>Sends a command. Returns after the reply of the control plane; the log shows when its effect was seen.</summary>
    /// <param name="kind">Rerun, roll back or delete.</param>
    /// <param name="seen">The job as the operator saw it. If it has moved since, the command is not sent (<see cref="OperationPhase.Moved"/>).</param>
    /// <param name="given">The operator's reason, and the job's name where the risk asks for it.</param>
    /// <param name="version">For a rollback: the version to go back to; null for the previous one.</param>
    /// <param name="cancel">Cancels waiting for the reply.</param>
    public async Task<Operation> SendAsync(OperationKind kind, SeenTarget seen, Confirmation given, int? version, CancellationToken cancel)
    {
        var job = seen.Job ?? throw new ArgumentException($"There was no job {seen.Id} to see.", nameof(seen));
        var before = Newest(job.Id);
        var reach = stop.ReachOfJob(job.Id);
        var numbers = reach + (kind == OperationKind.Rollback ? FormattableString.Invariant($", from version {job.Version} to {(version is { } to ? $"version {to}" : "the previous one")}") : "");
        var operation = await targets.BeginAsync(rights, log, kind, seen, given, ReachFor(kind, reach), numbers, cancel);
        if (operation.HasEnded) return operation;
        var answer = kind switch
        {
            OperationKind.Rerun => await controlPlane.RerunJobAsync(job.Id, cancel),
            OperationKind.Rollback => await controlPlane.RollbackJobAsync(job.Id, version, operation.Reason, dryRun: false, cancel),
            OperationKind.DeleteJob => await controlPlane.DeleteJobAsync(job.Id, NeedsForce(job), operation.Reason, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a command for a job."),
        };
        if (!answer.Succeeded)
            return log.Put(operation with { Phase = OperationPhase.Refused, Failure = answer.Failure, StateNow = await stop.JobStateNowAsync(job.Id, answer.Failure, cancel) });
        operation = log.Put(operation with { Phase = OperationPhase.Accepted });
        watch.Begin(operation, Topics.Deployments | Topics.Jobs, () => Seen(kind, job, before));
        return operation;
    }

    /// <summary>The reach that decides the risk of a command: see <see cref="CommandRisks.Of"/>.</summary>
    public static int ReachFor(OperationKind kind, JobReach reach) => kind == OperationKind.Rerun ? reach.Executions : reach.Nodes;

    /// <summary>Asks what a rollback would do, with the server's dry run.</summary>
    public async Task<ControlPlaneResult<Accepted>> TryRollbackAsync(string jobId, int? version, CancellationToken cancel)
    {
        if (await rights.WhyNotAsync(OperationKind.Rollback, jobId, cancel) is not { } why) return await controlPlane.RollbackJobAsync(jobId, version, "", dryRun: true, cancel);
        rights.NotSent(OperationKind.Rollback, new(AuditTarget.Job, jobId, replica.Store.FindJob(jobId)?.DisplayName ?? ""), "dry run", "", why.Message);
        return why;
    }

    private Deployment? Newest(string jobId) => replica.Store.Deployments.FirstOrDefault(d => d.JobId == jobId);

    private string? Seen(OperationKind kind, Job before, Deployment? last)
    {
        var job = replica.Store.FindJob(before.Id);
        if (job is null || job.State == "deleted") return kind == OperationKind.DeleteJob ? "deleted" : "gone";
        if (kind == OperationKind.DeleteJob) return null;
        var newest = Newest(before.Id);
        // In the rollout generation the deployment of a rerun has the id of the previous one, so the start time tells them apart.
        var began = newest is not null && (newest.Id != last?.Id || newest.CreatedAt != last.CreatedAt);
        return kind switch
        {
            OperationKind.Rerun when began && newest!.Type is "restart" => "restarting",
            OperationKind.Rollback when began && newest!.Type is "rollback" => "rolling back",
            OperationKind.Rollback when job.Version != before.Version => $"version {job.Version}",
            _ => null,
        };
    }

    private static ControlPlaneCommand CommandOf(OperationKind kind) => kind switch
    {
        OperationKind.StopJob => ControlPlaneCommand.StopJob,
        OperationKind.Rerun => ControlPlaneCommand.RerunJob,
        OperationKind.Rollback => ControlPlaneCommand.RollbackJob,
        _ => ControlPlaneCommand.DeleteJob,
    };
}
