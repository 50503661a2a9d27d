using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>A mark on the time axis.</summary>
/// <param name="IsOperation">Whether it is a command of an operator; else a deployment.</param>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC; equal to the start for an instant, null while it lasts.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state as text.</param>
/// <param name="Href">Address of its page.</param>
/// <param name="IsBad">Whether it needs an operator.</param>
public sealed record TimelineMark(bool IsOperation, DateTimeOffset From, DateTimeOffset? To, string Name, string State, string Href, bool IsBad);

/// <summary>The marks on the time axis: deployments, and commands of operators.</summary>
public static class TimelineMarks
{
    /// <summary>Most marks; the newest on screen are preferred, then those around it.</summary>
    public const int Most = 500;

    /// <summary>The marks in a range and a margin, for the jobs and deployments of a query, or all; and their number in the range.</summary>
    public static (IReadOnlyList<TimelineMark> Marks, int InRange) Of(
        FleetStore store, OperationLog operations, ExecutionQuery query, DateTimeOffset from, DateTimeOffset to, TimeSpan margin)
    {
        var found = new List<(DateTimeOffset Start, bool InRange, Deployment? Deployment, Operation? Operation)>();
        foreach (var deployment in store.Deployments)
        {
            if (deployment.CreatedAt is not { } start || !Concerns(store, query, deployment.JobId, deployment.Id)) continue;
            Find(start, EndOf(deployment, start) ?? DateTimeOffset.MaxValue, deployment, null);
        }
        foreach (var operation in operations.All)
            if (Concerns(store, query, operation)) Find(operation.RequestedAt, operation.RequestedAt, null, operation);
        var marks = found.OrderByDescending(f => f.InRange).ThenByDescending(f => f.Start).Take(Most)
            .Select(f => f.Deployment is { } deployment ? Of(store, deployment, f.Start) : Of(store, f.Operation!));
        return ([.. marks], found.Count(f => f.InRange));

        void Find(DateTimeOffset start, DateTimeOffset end, Deployment? deployment, Operation? operation)
        {
            if (start - to <= margin && from - end <= margin) found.Add((start, start <= to && end >= from, deployment, operation));
        }
    }

    private static TimelineMark Of(FleetStore store, Deployment deployment, DateTimeOffset start)
    {
        var name = store.FindJob(deployment.JobId)?.DisplayName ?? deployment.JobId;
        var versions = (deployment.FromVersion, deployment.ToVersion) switch
        {
            ( > 0 and var before, { } after) => $" v{before} → v{after}",
            (_, { } after) => $" v{after}",
            _ => "",
        };
        return new TimelineMark(
            false, start, EndOf(deployment, start), name + versions, DeploymentLabels.State(deployment.State), DeploymentLabels.Address(deployment.Id),
            deployment.State is "failed" or "rolled_back");
    }

    private static TimelineMark Of(FleetStore store, Operation operation) => new(
        true, operation.RequestedAt, operation.RequestedAt, $"{Verb(operation.Kind)} {Target(store, operation)}", operation.Summary + (operation.By.Length > 0 ? $" by {operation.By}" : ""), Address(operation),
        operation.IsBad);

    private static DateTimeOffset? EndOf(Deployment deployment, DateTimeOffset start) =>
        deployment.CompletedAt ?? (deployment.IsOpen ? null : deployment.UpdatedAt ?? start);

    private static bool Concerns(FleetStore store, ExecutionQuery query, string jobId, string deploymentId) =>
        store.Meets(query.Filter, FilterField.Job, jobId) && store.Meets(query.Filter, FilterField.Deployment, deploymentId);

    private static bool Concerns(FleetStore store, ExecutionQuery query, Operation operation) => operation.TargetKind switch
    {
        AuditTarget.Execution => store.FindExecution(operation.TargetId) is not { } execution || Concerns(store, query, execution.JobId, execution.DeploymentId),
        AuditTarget.Job => store.Meets(query.Filter, FilterField.Job, operation.TargetId),
        _ => store.FindDeployment(operation.TargetId) is not { } deployment || Concerns(store, query, deployment.JobId, deployment.Id),
    };

    private static string Verb(OperationKind kind)
    {
        var words = OperationNames.ActionOf(kind);
        return kind == OperationKind.StopExecution ? "Stop" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Target(FleetStore store, Operation operation) => operation.TargetKind switch
    {
        AuditTarget.Job => store.FindJob(operation.TargetId)?.DisplayName ?? operation.TargetId,
        AuditTarget.Deployment => store.FindDeployment(operation.TargetId) is { } deployment ? store.FindJob(deployment.JobId)?.DisplayName ?? deployment.JobId : operation.TargetId,
        _ => operation.TargetId,
    };

    private static string Address(Operation operation) => operation.TargetKind switch
    {
        AuditTarget.Execution => ExecutionView.Address(operation.TargetId),
        AuditTarget.Job => JobLabels.Address(operation.TargetId),
        _ => DeploymentLabels.Address(operation.TargetId),
    };
}
