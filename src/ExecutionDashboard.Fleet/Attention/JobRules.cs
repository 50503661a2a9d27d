using System.Globalization;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>What is wrong with a job as a whole: no node matches it, or nodes run an older version of it after its rollout.</summary>
public static class JobRules
{
    private const int MostNamed = 3;

    /// <summary>The problems of all jobs.</summary>
    public static IEnumerable<Problem> Of(FleetStore store, AttentionOptions options, DateTimeOffset now) =>
        store.Jobs.SelectMany(job => Of(job, store, options, now, out _));

    /// <summary>Its problems depend on nodes too, not only on the job, its deployment and its executions: ask again when a node's labels or connection changed.</summary>
    public static bool DependsOnNodes(Job job, FleetStore store) => IsQueued(job) || store.LatestDeployment(job.Id) is { State: "completed" } latest && LeftNodesOut(latest);

    /// <summary>The problems of one. Cost: its executions, without reading them; of a queued one the nodes.</summary>
    /// <param name="job">The job.</param>
    /// <param name="store">The fleet.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="next">When the answer changes without a change in the fleet, UTC; null when it does not.</param>
    public static IReadOnlyList<Problem> Of(Job job, FleetStore store, AttentionOptions options, DateTimeOffset now, out DateTimeOffset? next)
    {
        next = null;
        if (IsQueued(job)) return NoMatchingNode(job, store, options, now, ref next) is { } unmatched ? [unmatched] : [];
        return OutdatedRules.Of(job, store, options, now, ref next) is { } outdated ? [outdated] : [];
    }

    /// <summary>A completed rollout did not bring its version to every node that it was for, as the server counts.</summary>
    internal static bool LeftNodesOut(Deployment deployment) => deployment is { TotalNodes: { } total, UpdatedNodes: { } updated } && updated < total;

    private static bool IsQueued(Job job) => job.State.Equals("queued", StringComparison.OrdinalIgnoreCase);

    private static Problem? NoMatchingNode(Job job, FleetStore store, AttentionOptions options, DateTimeOffset now, ref DateTimeOffset? next)
    {
        // A job that never ran waits since it was created, whatever the server notes on it meanwhile.
        var hasRun = store.CountsOfJob(job.Id, ExecutionScope.All).Total > 0;
        if (((hasRun ? job.UpdatedAt : null) ?? job.CreatedAt ?? job.UpdatedAt) is not { } since || store.FindSpec(job.SpecHash) is not { } spec) return null;
        if (hasRun && HasExecutions(job, store)) return null;
        if (now - since < options.NoMatchingNode)
        {
            next = since + options.NoMatchingNode;
            return null;
        }
        var fit = SelectorFit.Of(spec.Selector, store.Nodes);
        if (fit.Left > 0) return null;
        return new()
        {
            Id = $"{ProblemCauses.CodeOf(ProblemCause.NoMatchingNode)}/{job.Id}", Cause = ProblemCause.NoMatchingNode, Severity = ProblemSeverity.Warning, Since = since,
            Summary = $"{job.DisplayName} is queued: no connected node matches its selector.",
            Subjects = [new(FleetKind.Job, job.Id, job.DisplayName)], JobId = job.Id, Address = PageAddress.Job(job.Id),
            Evidence = [.. Evidence(job, fit, since)],
            NextSteps =
            [
                new(StepAction.Open, PageAddress.Job(job.Id, "spec"), "Open the spec", "Shows the selector. A changed selector starts a new version; a label that is added to a node is matched within seconds."),
                .. fit.Nearest is { } near ? (NextStep[])[new(StepAction.Open, PageAddress.Node(near.Id), $"Open {near.DisplayName}", "Shows the node that misses by the least, with its labels.")] : [],
                new(StepAction.StopJob, job.Id, "Stop the job", "Takes the job from the queue; it runs nowhere then, even when a node comes to match."),
            ],
        };
    }

    private static bool HasExecutions(Job job, FleetStore store)
    {
        var counts = store.CountsOfJob(job.Id, ExecutionScope.Current);
        return counts.Total > counts[KnownExecutionState.Completed] + counts[KnownExecutionState.Failed] + counts[KnownExecutionState.Lost] + counts[KnownExecutionState.Stopped];
    }

    private static IEnumerable<Evidence> Evidence(Job job, SelectorFit fit, DateTimeOffset since)
    {
        yield return new($"{fit.Line}.", "computed", null, PageAddress.Job(job.Id, "spec"));
        if (fit.Nearest is { } near && fit.Missing.Count < fit.Steps.Count)
        {
            var missing = string.Join(" and ", fit.Missing);
            yield return new(
                fit.AsNear == 1 ? $"Nearest miss: {near.DisplayName} meets all but {missing}." : $"Nearest miss: {Text(fit.AsNear)} nodes, such as {near.DisplayName}, meet all but {missing}.",
                "computed", near.UpdatedAt, PageAddress.Node(near.Id));
        }
        foreach (var step in fit.Steps.Where(step => step.Alone == 0).Take(MostNamed)) yield return new($"No node meets {step.Text}.", "computed");
        var message = ShownText.Of(job.Message.Trim());
        yield return new(message.Length > 0 ? $"Queued: {message}" : "The job is queued and has no executions.", "control plane", since, PageAddress.Job(job.Id));
    }

    private static string Text(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
