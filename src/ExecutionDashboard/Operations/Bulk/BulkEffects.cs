using System.Globalization;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Operations.Bulk;

/// <summary>What a copy of the fleet tells about an item of a bulk run. Pure functions.</summary>
internal static class BulkEffects
{
    /// <summary>Why there is nothing to send for an item; null when there is.</summary>
    public static string? NothingToDo(BulkAction action, BulkItem item, FleetStore store)
    {
        if (action == BulkAction.StopExecutions)
            return store.FindExecution(item.Id) is not { } execution ? "It is no longer there."
                : execution.Actual.State.IsTerminal ? $"It had ended: {execution.Actual.State.Name}."
                : execution.Desired.State.Known == KnownExecutionState.Stopped || execution.Actual.State.Known == KnownExecutionState.Stopping ? "It was stopping already."
                : null;
        if (store.FindJob(item.Id) is not { } job || job.State == "deleted") return "The job is no longer there.";
        return action == BulkAction.StopJobs && job.State is "stopped" or "stopping" ? $"The job was {job.State} already." : null;
    }

    /// <summary>What the effect will be told apart by.</summary>
    public static string Before(BulkAction action, BulkItem item, FleetStore store) => action == BulkAction.RerunJobs ? Newest(store, item.Id) : "";

    /// <summary>The state that shows the effect of the command for an item; null while none does.</summary>
    public static string? Seen(BulkAction action, BulkItem item, FleetStore store) => action switch
    {
        BulkAction.StopExecutions => SeenStop(store.FindExecution(item.Id)),
        BulkAction.StopJobs => store.FindJob(item.Id) is not { } job ? "gone" : job.State is "stopped" or "stopping" or "deleted" ? job.State : null,
        _ => SeenRerun(item, store),
    };

    // It was neither stopping nor over when it was sent, so whatever ended it since, it runs no more.
    private static string? SeenStop(Execution? now) =>
        now is null ? "gone" : now.Actual.State.IsTerminal ? now.Actual.State.Name : StopEffect.In(now);

    // In the rollout generation the deployment of a rerun has the id of the previous one, so the start time tells them apart.
    private static string? SeenRerun(BulkItem item, FleetStore store)
    {
        if (store.FindJob(item.Id) is not { } job || job.State == "deleted") return "gone";
        var newest = store.Deployments.FirstOrDefault(d => d.JobId == item.Id);
        return newest is { Type: "restart" } && Text(newest) != item.Before ? "restarting" : null;
    }

    private static string Newest(FleetStore store, string jobId) => store.Deployments.FirstOrDefault(d => d.JobId == jobId) is { } newest ? Text(newest) : "";

    private static string Text(Deployment deployment) => $"{deployment.Id}@{deployment.CreatedAt?.UtcTicks.ToString(CultureInfo.InvariantCulture)}";
}
