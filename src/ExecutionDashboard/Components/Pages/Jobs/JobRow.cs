using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Pages.Jobs;

/// <summary>One row of the list of jobs.</summary>
/// <param name="Job">The job.</param>
/// <param name="Parts">Its current executions by state.</param>
/// <param name="Words">The counts as text, with the number of replaced executions.</param>
/// <param name="Deployment">The deployment in progress; null without one.</param>
/// <param name="FailedRollout">Its newest deployment if it failed; servers may still report the job as running.</param>
/// <param name="HasNamesake">Whether another job has the same name and namespace.</param>
/// <param name="Operation">The newest command for it.</param>
public sealed record JobRow(
    Job Job, IReadOnlyList<(ExecutionState State, int Count)> Parts, string Words, DeploymentProgress? Deployment, Deployment? FailedRollout, bool HasNamesake, Operation? Operation)
{
    /// <summary>Its control plane; empty with one.</summary>
    public string Plane { get; private init; } = "";

    /// <inheritdoc/>
    public bool Equals(JobRow? other) =>
        other is not null && Job == other.Job && Words == other.Words && Deployment == other.Deployment && FailedRollout == other.FailedRollout && HasNamesake == other.HasNamesake && Operation == other.Operation
        && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Job, Words, HasNamesake);

    /// <summary>The row of a job.</summary>
    public static JobRow Of(Job job, FleetStore store, RolloutSummaries summaries, OperationLog operations, bool hasNamesake)
    {
        var now = StateParts.Of(store.CountsOfJob(job.Id, ExecutionScope.Current));
        var replaced = store.CountsOfJob(job.Id, ExecutionScope.Replaced).Total;
        var words = StateParts.Words(now);
        if (replaced > 0) words += $"; {Format.Count(replaced)} replaced";
        var deployment = job.DeploymentId.Length > 0 ? store.FindDeployment(job.DeploymentId) : null;
        return new(
            job, now, words.Length > 0 ? words : "no executions",
            deployment is { IsOpen: true } ? summaries.Of(deployment).Bar : null,
            store.NewestDeploymentOf(job.Id) is { State: "failed" } failed ? failed : null, hasNamesake, operations.Of(job.Id)) { Plane = store.Planes.Of(job.Id) };
    }
}
