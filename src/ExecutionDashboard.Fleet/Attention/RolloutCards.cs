using System.Globalization;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>The problems of rollouts in words: what is so, what shows it, and what can be done.</summary>
internal static class RolloutCards
{
    private const int MostFailures = 3;

    public static Problem AwaitingPromotion(RolloutSummary summary, RolloutLimits limits, FleetStore store)
    {
        var d = summary.Deployment;
        var verdict = CanaryVerdict.Of(d, store);
        var reach = RolloutReach.Of(summary, store);
        var rest = reach.Rest is { } nodes ? $"{RolloutSummary.Count(nodes, "other node")} {(nodes == 1 ? "gets" : "get")} {VersionOf(d)} next" : $"the other nodes get {VersionOf(d)} next";
        return Card(summary, store, ProblemCause.AwaitingPromotion, verdict.Outcome == CanaryOutcome.Worse ? ProblemSeverity.Warning : ProblemSeverity.Notice, summary.Since,
            $"{Name(store, d)} {VersionOf(d)} awaits promotion: {Text(summary.CanaryCount)} {(summary.CanaryCount == 1 ? "canary is" : "canaries are")} healthy.") with
        {
            AwaitsDecision = true,
            Nodes = summary.CanaryCount,
            Executions = summary.CanaryRows.Length,
            Address = PageAddress.Deployment(d.Id),
            Evidence =
            [
                new($"{(summary.CanaryCount == 1 ? "The canary is" : $"All {Text(summary.CanaryCount)} canaries are")} healthy; {rest}.", "control plane", summary.Since, PageAddress.Deployment(d.Id)),
                new(verdict.Sentence, "computed", null, PageAddress.Deployment(d.Id)),
                .. Versions(d),
            ],
            // Servers of the rollout generation have no route to promote.
            NextSteps =
            [
                .. d.IsRollout ? (NextStep[])[] : [new(StepAction.Promote, d.Id, "Promote", Sentence($"Continues the rollout: {rest}", limits.OnFailure))],
                .. Compare(d), .. Rollback(d), Show(d),
            ],
        };
    }

    public static Problem Paused(RolloutSummary summary, FleetStore store)
    {
        var (d, progress) = (summary.Deployment, summary.Progress);
        return Card(summary, store, ProblemCause.RolloutPaused, ProblemSeverity.Notice, summary.Since, $"The rollout of {Name(store, d)} {VersionOf(d)} is paused{Place(summary)}.") with
        {
            AwaitsDecision = true,
            Nodes = progress.NotPlaced ?? 0,
            Executions = progress.Placed,
            Address = PageAddress.Deployment(d.Id),
            Evidence = [new($"Nodes: {progress.Words}.", "computed", null, PageAddress.Deployment(d.Id)), .. Said(d), .. Others(summary, store)],
            NextSteps =
            [
                new(StepAction.Resume, d.Id, "Resume", progress.NotPlaced is { } left ? $"Continues with the {RolloutSummary.Count(left, "node")} left." : "Continues with the nodes left."),
                .. Compare(d), .. Rollback(d), Show(d),
            ],
        };
    }

    public static Problem Stalled(RolloutSummary summary, FleetStore store, DateTimeOffset since)
    {
        var (d, progress) = (summary.Deployment, summary.Progress);
        var pace = RolloutPace.Of(summary, DateTimeOffset.MaxValue);
        var all = progress.Unfinished <= 0;
        return Card(summary, store, ProblemCause.RolloutStalled, ProblemSeverity.Warning, since,
            all ? $"The rollout of {Name(store, d)} {VersionOf(d)} is stalled{Place(summary)}: every node has finished, but the control plane has not ended it."
            : $"The rollout of {Name(store, d)} {VersionOf(d)} is stalled{Place(summary)}: no node has finished for longer than its pace allows.") with
        {
            Nodes = progress.Pending + (progress.NotPlaced ?? 0),
            Executions = progress.Pending,
            Address = PageAddress.Deployment(d.Id),
            Evidence =
            [
                new(pace.IsKnown ? $"{RolloutSummary.Count(pace.Finished.Count, "node")} finished; the longest pause between two was {RolloutSummary.Length(pace.Longest)}."
                    : $"{RolloutSummary.Count(pace.Finished.Count, "node")} finished so far.", "computed", since, PageAddress.Deployment(d.Id)),
                new($"Nodes: {progress.Words}.", "computed", null, PageAddress.Deployment(d.Id)),
                .. progress.Offline > 0 ? (Evidence[])[new($"{RolloutSummary.Count(progress.Offline, "unfinished node")} {(progress.Offline == 1 ? "is" : "are")} unreachable.", "control plane")] : [],
                .. Waiting(summary),
            ],
            NextSteps = [Show(d), new(StepAction.Pause, d.Id, "Pause", "Holds the rollout where it is while you look; resume continues it."), .. Rollback(d)],
        };
    }

    public static Problem NearLimit(RolloutSummary summary, RolloutLimits limits, FleetStore store, DateTimeOffset since)
    {
        var d = summary.Deployment;
        var failed = Math.Max(limits.FailedNodes, limits.ServerFailedNodes ?? 0);
        var left = limits.TripsAt!.Value - failed;
        return Card(summary, store, ProblemCause.RolloutNearLimit, ProblemSeverity.Warning, since,
            $"The rollout of {Name(store, d)} {VersionOf(d)} is near its limit: {RolloutSummary.Count(failed, "node")} failed, {(left == 1 ? "one more stops" : $"{Text(left)} more stop")} it.") with
        {
            Nodes = failed,
            Executions = limits.FailedNodes,
            Address = PageAddress.Deployment(d.Id),
            Evidence = [new($"Failures: {limits.Words}, by {limits.TripsBy}.", "computed", since, PageAddress.Deployment(d.Id)), .. OnFailure(limits), .. Failures(summary, store)],
            NextSteps = [new(StepAction.Pause, d.Id, "Pause", "Holds the rollout before the limit stops it; nodes that have the version keep it."), .. Compare(d), .. Rollback(d), Show(d)],
        };
    }

    public static Problem Deadline(RolloutSummary summary, RolloutLimits limits, FleetStore store, DateTimeOffset since)
    {
        var (d, progress) = (summary.Deployment, summary.Progress);
        var late = progress.Pending + progress.Unhealthy;
        return Card(summary, store, ProblemCause.RolloutDeadline, ProblemSeverity.Warning, since,
            $"{RolloutSummary.Count(late, "node")} of the rollout of {Name(store, d)} {VersionOf(d)} {(late == 1 ? "is" : "are")} not healthy, and the health deadline is near.") with
        {
            Nodes = late,
            Executions = late,
            Address = PageAddress.Deployment(d.Id),
            Evidence =
            [
                new("Health deadline of the nodes that are being watched.", "control plane", summary.HealthDeadline, PageAddress.Deployment(d.Id)),
                new($"Nodes: {progress.Words}.", "computed", null, PageAddress.Deployment(d.Id)),
                .. OnFailure(limits), .. Waiting(summary),
            ],
            NextSteps = [Show(d), new(StepAction.Pause, d.Id, "Pause", "Holds the rollout where it is."), .. Rollback(d)],
        };
    }

    public static Problem Failed(RolloutSummary summary, RolloutLimits limits, FleetStore store)
    {
        var d = summary.Deployment;
        return Card(summary, store, ProblemCause.RolloutFailed, ProblemSeverity.Warning, d.CompletedAt ?? summary.Since,
            $"The rollout of {Name(store, d)} {VersionOf(d)} failed{Place(summary)} and was not rolled back.") with
        {
            AwaitsDecision = true,
            Nodes = summary.Progress.Failed,
            Executions = summary.Progress.Failed,
            Address = PageAddress.Deployment(d.Id),
            Evidence =
            [
                .. Said(d), new($"Nodes: {summary.Progress.Words}.", "computed", null, PageAddress.Deployment(d.Id)), .. OnFailure(limits), .. Others(summary, store), .. Failures(summary, store),
            ],
            NextSteps = [.. Rollback(d), .. Compare(d), Show(d)],
        };
    }

    public static Problem RolledBack(Deployment d, Job job, DateTimeOffset at)
    {
        var back = d.State == "rolled_back" ? d.ToVersion : d.FromVersion;
        var to = d.State == "rolled_back" ? d.RollbackToVersion ?? d.FromVersion : job.Version;
        var (from, target) = (back is { } b ? $"v{Text(b)}" : "A version", to is { } t and > 0 ? $" to v{Text(t)}" : "");
        return new()
        {
            Id = IdOf(ProblemCause.RolledBack, d.Id), Cause = ProblemCause.RolledBack, Severity = ProblemSeverity.Notice, Since = at,
            Summary = $"{from} of {job.DisplayName} was rolled back{target}.",
            Subjects = SubjectsOf(d, job.DisplayName),
            JobId = d.JobId, DeploymentId = d.Id, Nodes = d.FailedNodes ?? 0, Address = PageAddress.Deployment(d.Id),
            Evidence = [new($"Rolled back{(back is { } version ? $" from v{Text(version)}" : "")}{target}.", "control plane", at, PageAddress.Deployment(d.Id)), .. Said(d), .. d.FailedNodes is > 0 and { } failed ? (Evidence[])[new($"{RolloutSummary.Count(failed, "node")} failed.", "control plane", at, PageAddress.Deployment(d.Id))] : []],
            NextSteps = [Show(d), .. back is { } old && to is > 0 and { } good && old != good ? (NextStep[])[Comparison(d.JobId, good, old)] : []],
        };
    }

    private static Problem Card(RolloutSummary summary, FleetStore store, ProblemCause cause, ProblemSeverity severity, DateTimeOffset? since, string text)
    {
        var d = summary.Deployment;
        return new()
        {
            Id = IdOf(cause, d.Id), Cause = cause, Severity = severity,
            // A server that tells no time at all: the beginning is not known, and no moment is made up that would move.
            Since = since ?? d.CreatedAt ?? DateTimeOffset.UnixEpoch,
            Summary = text, Subjects = SubjectsOf(d, Name(store, d)), JobId = d.JobId, DeploymentId = d.Id,
        };
    }

    private static ProblemSubject[] SubjectsOf(Deployment d, string job) =>
        [new(FleetKind.Deployment, d.Id, $"{job} {VersionOf(d)}"), .. d.JobId.Length > 0 ? (ProblemSubject[])[new(FleetKind.Job, d.JobId, job)] : []];

    private static string IdOf(ProblemCause cause, string about) => $"{ProblemCauses.CodeOf(cause)}/{about}";

    private static string Name(FleetStore store, Deployment d) => store.FindJob(d.JobId)?.DisplayName ?? PlainText.Of(d.JobId);

    private static string VersionOf(Deployment d) => d.ToVersion is { } version ? $"v{Text(version)}" : "the new version";

    private static string Place(RolloutSummary summary) => summary.InCanary ? " in the canary" : summary.Wave.Length > 0 ? $" in wave {summary.Wave}" : "";

    private static IEnumerable<Evidence> Said(Deployment d)
    {
        var message = ShownText.Of(d.Message.Trim());
        if (message.Length > 0) yield return new(message, "control plane", d.UpdatedAt, PageAddress.Deployment(d.Id));
    }

    private static IEnumerable<Evidence> OnFailure(RolloutLimits limits)
    {
        if (limits.OnFailure.Length > 0) yield return new(limits.OnFailure, "computed");
    }

    private static IEnumerable<Evidence> Others(RolloutSummary summary, FleetStore store)
    {
        if (RolloutReach.Of(summary, store).OthersInWords is { Length: > 0 } others) yield return new(others, "computed", null, PageAddress.Job(summary.Deployment.JobId));
    }

    private static IEnumerable<Evidence> Failures(RolloutSummary summary, FleetStore store) =>
        FailureGroups.Of(summary.Deployment, store).Take(MostFailures).Select(group => new Evidence(
            $"{RolloutSummary.Count(group.Count, "execution")} failed: {group.Reason}", "node", group.LastSeen, PageAddress.Execution(group.SampleExecutionId)));

    private static IEnumerable<Evidence> Waiting(RolloutSummary summary)
    {
        var waiting = new List<(string Id, RolloutRow Row)>();
        for (var i = 0; i < summary.Ids.Length && waiting.Count < MostFailures; i++)
            if (summary.Rows[i] is { IsHealthy: false, IsFailed: false, IsStopped: false } row) waiting.Add((summary.Ids[i], row));
        return waiting.Select(w => new Evidence($"{w.Row.State.Name} on {PlainText.Of(w.Row.NodeId)}{(w.Row.IsOffline ? ", which is unreachable" : "")}.", "node", w.Row.UpdatedAt, PageAddress.Execution(w.Id)));
    }

    private static IEnumerable<Evidence> Versions(Deployment d)
    {
        if (d is { FromVersion: > 0 and var from, ToVersion: { } to } && from != to) yield return new($"v{Text(from)} → v{Text(to)}.", "control plane", d.CreatedAt, PageAddress.Versions(d.JobId, from, to));
    }

    private static IEnumerable<NextStep> Compare(Deployment d)
    {
        if (d is { FromVersion: > 0 and var from, ToVersion: { } to } && from != to) yield return Comparison(d.JobId, from, to);
    }

    private static NextStep Comparison(string job, int from, int to) =>
        new(StepAction.Open, PageAddress.Versions(job, from, to), $"Compare v{Text(from)} and v{Text(to)}", "Opens the differences between the two specs.");

    private static IEnumerable<NextStep> Rollback(Deployment d)
    {
        if ((d.RollbackToVersion ?? d.FromVersion) is not > 0 || d.Type is "create" or "rollback") yield break;
        var to = d.RollbackToVersion ?? d.FromVersion;
        yield return new(StepAction.Rollback, d.Id, "Roll back", $"Starts a new rollout that takes its nodes back to v{Text(to!.Value)}.");
    }

    private static NextStep Show(Deployment d) => new(StepAction.Open, PageAddress.Deployment(d.Id), "Open the deployment", "Shows its waves, nodes, limits and failures.");

    private static string Sentence(params string[] parts) => string.Join(' ', parts.Where(p => p.Length > 0).Select(p => p[^1] == '.' ? p : p + "."));

    private static string Text(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
