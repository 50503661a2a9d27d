using System.Globalization;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>Nodes that do not run a job's version after its rollout completed: they run an older one, or the rollout skipped them.</summary>
internal static class OutdatedRules
{
    private const int MostNamed = 3;

    public static Problem? Of(Job job, FleetStore store, AttentionOptions options, DateTimeOffset now, ref DateTimeOffset? next)
    {
        // A rollout under way is expected to leave older versions, one that failed is a problem of its own, and a one-shot job has no version to keep up.
        if (job.State.ToLowerInvariant() is not ("running" or "degraded") || job.Type == "query") return null;
        var latest = store.LatestDeployment(job.Id);
        if (latest is { State: not "completed" }) return null;
        // Servers of the rollout generation forget a rollout that is over. That its job runs says that it is; the first execution of the version, when it began.
        var outdated = latest is null ? store.OutdatedOf(job, Problem.MostSubjects) : null;
        if ((latest is null ? outdated!.VersionSince : latest.CompletedAt ?? latest.UpdatedAt) is not { } completed) return null;
        if (now - completed < options.Outdated)
        {
            next = completed + options.Outdated;
            return null;
        }
        outdated ??= store.OutdatedOf(job, Problem.MostSubjects);
        var skipped = latest is not null && JobRules.LeftNodesOut(latest) ? Skipped(job, store, options, now, ref next) : [];
        return outdated.Count + skipped.Count == 0 ? null : Card(job, latest, completed, outdated, skipped, store);
    }

    /// <summary>Connected nodes that the job is meant for and that never had its version or a later one.</summary>
    private static List<Node> Skipped(Job job, FleetStore store, AttentionOptions options, DateTimeOffset now, ref DateTimeOffset? next)
    {
        var skipped = new List<Node>();
        if (store.FindSpec(job.SpecHash) is not { } spec) return skipped;
        var (had, matches) = (store.NodesWithVersion(job.Id, job.Version), SelectorFit.Matcher(spec.Selector));
        foreach (var node in store.Nodes)
        {
            if (!matches(node) || had.Contains(node.Id) || store.HasRunning(job.Id, node.Id)) continue;
            // A node that just came back gets its work within moments.
            if (node.ConnectedSince is { } connected && now - connected < options.Outdated)
            {
                if (!(next <= connected + options.Outdated)) next = connected + options.Outdated;
            }
            else skipped.Add(node);
        }
        return skipped;
    }

    private static Problem Card(Job job, Deployment? latest, DateTimeOffset since, OutdatedExecutions outdated, List<Node> skipped, FleetStore store)
    {
        var version = $"v{Text(job.Version)}";
        string[] parts =
        [
            outdated.Count > 0 ? $"{RolloutSummary.Count(outdated.Count, "node")} {(outdated.Count == 1 ? "runs" : "run")} an older version" : "",
            skipped.Count > 0 ? $"{RolloutSummary.Count(skipped.Count, "node")} {(skipped.Count == 1 ? "was" : "were")} skipped" : "",
        ];
        var isWaiting = skipped.Count == 0 && outdated.LastKnown == outdated.Count;
        return new()
        {
            Id = $"{ProblemCauses.CodeOf(ProblemCause.Outdated)}/{job.Id}", Cause = ProblemCause.Outdated, Severity = isWaiting ? ProblemSeverity.Notice : ProblemSeverity.Warning, Since = since,
            Summary = $"{job.DisplayName}: {string.Join(" and ", parts.Where(part => part.Length > 0))} after the rollout of {version} completed.",
            Subjects =
            [
                new(FleetKind.Job, job.Id, job.DisplayName),
                .. outdated.First.SelectMany(e => (ProblemSubject[])[new(FleetKind.Execution, e.Id, PlainText.Of(e.Id)), new(FleetKind.Node, e.NodeId, NameOf(e.NodeId, store))])
                    .Concat(skipped.Select(node => new ProblemSubject(FleetKind.Node, node.Id, node.DisplayName))).Take(Problem.MostSubjects - 1),
            ],
            JobId = job.Id, DeploymentId = latest?.Id ?? "", Executions = outdated.Count, Nodes = outdated.Count + skipped.Count, Address = AddressOf(job, outdated, skipped),
            Evidence =
            [
                .. latest is null ? (Evidence[])[] : [new($"The rollout of {version} completed{(latest is { UpdatedNodes: { } updated, TotalNodes: { } total } ? $": {Text(updated)} of {RolloutSummary.Count(total, "node")} updated" : "")}.", "control plane", since, PageAddress.Deployment(latest.Id))],
                .. outdated.Versions.Reverse().Take(MostNamed).Select(v => new Evidence($"{RolloutSummary.Count(v.Value, "node")} on v{Text(v.Key)}.", "node", null, VersionAddress(job, v.Key))),
                .. outdated.LastKnown > 0 ? (Evidence[])[new($"{Text(outdated.LastKnown)} of them {(outdated.LastKnown == 1 ? "is" : "are")} unreachable: what they run is the last known.", "control plane")] : [],
                .. skipped.Take(MostNamed).Select(node => new Evidence($"{node.DisplayName} matches the selector and has no execution of {version}.", "computed", node.ConnectedSince, PageAddress.Node(node.Id))),
            ],
            NextSteps =
            [
                new(StepAction.RerunJob, job.Id, "Rerun the job", $"Restarts {version} on every node it is for, as a new rollout. The job's work is interrupted on each."),
                .. outdated.Versions.Count > 0 && outdated.Versions.Keys.Last() is > 0 and var old && old != job.Version
                    ? (NextStep[])[new(StepAction.Open, PageAddress.Versions(job.Id, old, job.Version), $"Compare v{Text(old)} and {version}", "Opens the differences between the two specs.")] : [],
                new(StepAction.Open, AddressOf(job, outdated, skipped), "Open the nodes", "Lists the nodes without this version."),
            ],
        };
    }

    private static string AddressOf(Job job, OutdatedExecutions outdated, List<Node> skipped) =>
        outdated.Versions.Count > 0 ? PageAddress.Nodes(new NodeQuery { Job = job.Id, Versions = [.. outdated.Versions.Keys, .. skipped.Count > 0 ? (int[])[0] : []] })
        : PageAddress.Nodes(new NodeQuery { Ids = [.. skipped.Take(Problem.MostSubjects).Select(node => node.Id)] });

    private static string VersionAddress(Job job, int version) => PageAddress.Nodes(new NodeQuery { Job = job.Id, Versions = [version] });

    private static string NameOf(string nodeId, FleetStore store) => store.FindNode(nodeId)?.DisplayName ?? PlainText.Of(nodeId);

    private static string Text(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
