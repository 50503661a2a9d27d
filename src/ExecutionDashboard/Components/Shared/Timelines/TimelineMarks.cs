using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>What is marked on the time axis: deployments, and what operators did through this process.</summary>
public static class TimelineMarks
{
    /// <summary>Most marks of each kind; the newest are kept.</summary>
    public const int Most = 100;

    /// <summary>The marks within a range, of the jobs and deployments that a query names, else of all.</summary>
    public static IReadOnlyList<MarkWire> Of(FleetStore store, OperationLog operations, ExecutionQuery query, DateTimeOffset from, DateTimeOffset to)
    {
        var marks = new List<MarkWire>();
        foreach (var deployment in store.Deployments)
        {
            if (deployment.CreatedAt is not { } start || start > to || deployment.CompletedAt < from) continue;
            if (!Concerns(query, deployment.JobId, deployment.Id)) continue;
            var name = store.FindJob(deployment.JobId)?.DisplayName ?? deployment.JobId;
            var versions = (deployment.FromVersion, deployment.ToVersion) switch
            {
                ( > 0 and var before, { } after) => $" v{before} → v{after}",
                (_, { } after) => $" v{after}",
                _ => "",
            };
            var end = deployment.CompletedAt ?? (deployment.IsOpen ? null : deployment.UpdatedAt ?? start);
            marks.Add(new MarkWire(
                "deployment", TimelineWriter.Time(start), end is { } done ? TimelineWriter.Time(done) : -1, name + versions, DeploymentWords.State(deployment.State),
                DeploymentWords.Address(deployment.Id), deployment.State is "failed" or "rolled_back"));
            if (marks.Count == Most) break;
        }
        foreach (var operation in operations.All.Where(o => o.RequestedAt >= from && o.RequestedAt <= to && Concerns(store, query, o)).OrderByDescending(o => o.Number).Take(Most))
        {
            var at = TimelineWriter.Time(operation.RequestedAt);
            marks.Add(new MarkWire(
                "operation", at, at, $"{Verb(operation.Kind)} {Target(store, operation)}", operation.Summary, Address(operation),
                operation.Phase is OperationPhase.Refused or OperationPhase.NotSeen));
        }
        return marks;
    }

    private static bool Concerns(ExecutionQuery query, string jobId, string deploymentId) =>
        (query.Jobs.Count == 0 || query.Jobs.Contains(jobId)) && (query.Deployments.Count == 0 || query.Deployments.Contains(deploymentId));

    private static bool Concerns(FleetStore store, ExecutionQuery query, Operation operation) => operation.Kind switch
    {
        OperationKind.StopExecution => store.FindExecution(operation.TargetId) is not { } execution || Concerns(query, execution.JobId, execution.DeploymentId),
        OperationKind.StopJob => query.Jobs.Count == 0 || query.Jobs.Contains(operation.TargetId),
        _ => store.FindDeployment(operation.TargetId) is not { } deployment || Concerns(query, deployment.JobId, deployment.Id),
    };

    private static string Verb(OperationKind kind) => kind switch
    {
        OperationKind.StopExecution => "Stop",
        OperationKind.StopJob => "Stop job",
        _ => kind.ToString(),
    };

    private static string Target(FleetStore store, Operation operation) => operation.Kind switch
    {
        OperationKind.StopExecution => operation.TargetId,
        OperationKind.StopJob => store.FindJob(operation.TargetId)?.DisplayName ?? operation.TargetId,
        _ => store.FindDeployment(operation.TargetId) is { } deployment ? store.FindJob(deployment.JobId)?.DisplayName ?? deployment.JobId : operation.TargetId,
    };

    private static string Address(Operation operation) => operation.Kind switch
    {
        OperationKind.StopExecution => ExecutionView.Address(operation.TargetId),
        OperationKind.StopJob => Pages.Executions.ExecutionListUrl.For(new ExecutionQuery { Jobs = [operation.TargetId] }),
        _ => DeploymentWords.Address(operation.TargetId),
    };
}
