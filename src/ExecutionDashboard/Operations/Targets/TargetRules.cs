using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Operations.Targets;

/// <summary>
/// What matters of a target, by command. Heartbeats, messages, revisions, progress, waves and estimates never do: whoever asked for the command expected them to move. Pure functions.
/// </summary>
public static class TargetRules
{
    // More nodes than the dialog showed: a tenth of them, and more than a glance would miss.
    private const int Growth = 10;

    /// <summary>What changed since an operator asked for a command. Empty when nothing did that matters for it.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="seen">The target as the operator saw it.</param>
    /// <param name="now">The target as it is.</param>
    public static IReadOnlyList<TargetChange> Of(OperationKind kind, SeenTarget seen, SeenTarget now)
    {
        if (!seen.IsKnown) return [];
        if (!now.IsKnown) return [new("", "It is no longer on the control plane")];
        // Where the feed is behind, what it shows is the past.
        if (now.Revision < seen.Revision && now.Revision > 0) return [];
        var changes = new List<TargetChange>();
        switch (seen)
        {
            case { Execution: { } before } when now.Execution is { } after:
                OfExecution(changes, before, after);
                break;
            case { Deployment: { } before } when now.Deployment is { } after:
                OfDeployment(changes, kind, before, after);
                if (kind is OperationKind.Promote or OperationKind.Resume && now.Failed > seen.Failed)
                    changes.Add(new($"{Failures(seen.Failed)} had failed when you asked", $"{(now.Failed == 1 ? "1 has" : $"{now.Failed} have")} failed now"));
                OfNewest(changes, seen, now);
                break;
            case { Job: { } before } when now.Job is { } after:
                OfJob(changes, before, after);
                if (kind != OperationKind.Rollback && now.Nodes - seen.Nodes > Math.Max(Risk.CommandRisks.Few, seen.Nodes / Growth))
                    changes.Add(new($"It was on {(seen.Nodes == 1 ? "1 node" : $"{seen.Nodes} nodes")} when you asked", $"it is on {now.Nodes} now"));
                OfNewest(changes, seen, now);
                break;
        }
        return changes;
    }

    private static void OfExecution(List<TargetChange> changes, Execution seen, Execution now)
    {
        if (StageOf(seen.Actual.State) != StageOf(now.Actual.State))
            changes.Add(new($"It was {StateOf(seen.Actual.State.Name)} when you asked", Became(now.Actual.State.Name), now.Actual.State.IsTerminal ? now.UpdatedAt : null));
        else if (now.Desired.State.Known == KnownExecutionState.Stopped && seen.Desired.State.Known != KnownExecutionState.Stopped)
            changes.Add(new("Nobody had asked to stop it when you asked", "somebody has asked now"));
        if (seen.ReplacedBy is null && now.ReplacedBy is { } by) changes.Add(new("It was the current execution of its job on its node when you asked", $"execution {PlainText.Of(by.Id)} has replaced it"));
        if (seen.NodeId.Length > 0 && seen.NodeId != now.NodeId) changes.Add(new($"It was on node {PlainText.Of(seen.NodeId)} when you asked", now.NodeId.Length > 0 ? $"it is on node {PlainText.Of(now.NodeId)}" : "it is on no node"));
    }

    private static void OfDeployment(List<TargetChange> changes, OperationKind kind, Deployment seen, Deployment now)
    {
        if (StageOf(seen) != StageOf(now)) changes.Add(new($"It was {StateOf(seen.State)} when you asked", Became(now.State), now.IsOpen ? null : now.CompletedAt));
        // Who pauses wants it to stand still, whatever it has reached.
        if (kind != OperationKind.Pause && seen.CanaryPromoted != true && now.CanaryPromoted == true) changes.Add(new("Its canary was not promoted when you asked", "it is promoted now"));
        if (seen.ToVersion is { } version && now.ToVersion is { } other && version != other) changes.Add(new($"It rolled out version {version} when you asked", $"it rolls out version {other}"));
        if (kind == OperationKind.Rollback && seen.RollbackToVersion is { } back && now.RollbackToVersion is { } target && back != target)
            changes.Add(new($"A rollback went to version {back} when you asked", target == 0 ? "there is no version to go back to" : $"it goes to version {target}"));
    }

    private static void OfJob(List<TargetChange> changes, Job seen, Job now)
    {
        if (StageOf(seen) != StageOf(now)) changes.Add(new($"It was {StateOf(seen.State)} when you asked", Became(now.State)));
        if (seen.Version != now.Version) changes.Add(new($"It had version {seen.Version} when you asked", $"it has version {now.Version}"));
    }

    // In the rollout generation a rerun has the id of the rollout before, so the start tells them apart.
    private static void OfNewest(List<TargetChange> changes, SeenTarget seen, SeenTarget now)
    {
        if (now.Newest is not { } newest || (newest.Id == seen.Newest?.Id && newest.CreatedAt == seen.Newest.CreatedAt)) return;
        changes.Add(new("", $"Another rollout of the job has begun{(newest.ToVersion is { } version ? $", of version {version}" : "")}", newest.CreatedAt));
    }

    // On its way to running is one stage: that it goes on is what everybody expects.
    private static string StageOf(ExecutionState state) =>
        state.Known is KnownExecutionState.Pending or KnownExecutionState.Starting or KnownExecutionState.Validating ? "starting" : state.Name;

    private static string StageOf(Deployment deployment) => deployment.State is "pending" ? "in_progress" : deployment.State;

    // Jobs of many nodes go to and fro between running and degraded, and through the states of a rollout, which is looked at by itself.
    private static string StageOf(Job job) => job.State is "stopping" or "stopped" or "completed" or "failed" or "deleted" ? job.State : "";

    private static string StateOf(string state) => state.Length == 0 ? "in no known state" : PlainText.Of(state).Replace('_', ' ');

    private static string Became(string state) => state switch
    {
        "failed" or "completed" or "stopped" => $"it has {state}",
        "lost" => "it is lost",
        "rolled_back" or "canceled" or "deleted" => $"it has been {StateOf(state)}",
        _ => $"it is {StateOf(state)} now",
    };

    private static string Failures(int executions) => executions switch { 0 => "No execution", 1 => "1 execution", _ => $"{executions} executions" };
}
