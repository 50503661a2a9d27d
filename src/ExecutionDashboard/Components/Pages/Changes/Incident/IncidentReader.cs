using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;

namespace ExecutionDashboard.Components.Pages.Changes.Incident;

/// <summary>Collects an <see cref="IncidentReport"/> from the feed, the fleet and the control plane. What cannot be had is named in the report.</summary>
public sealed class IncidentReader(FeedHistoryClient feed, SharedChanges shared, ProblemClient problems, SpecSources specs, Replica replica, ICurrentUser user, IClientOrigin origin, TimeProvider time)
{
    /// <summary>Most executions, problems, nodes and pairs of specs that are written out; the counts are of all.</summary>
    public const int MostExecutions = 20, MostProblems = 20, MostNodes = 40, MostSpecs = 10;

    /// <summary>The report, or why there is none.</summary>
    /// <param name="from">Beginning of the range.</param>
    /// <param name="to">Its end; null for now.</param>
    /// <param name="by">What executions and nodes are grouped by.</param>
    /// <param name="cancel">Cancels it.</param>
    public async Task<(IncidentReport? Report, string? Problem)> ReadAsync(DateTimeOffset from, DateTimeOffset? to, ChangeGrouping by, CancellationToken cancel)
    {
        var (changes, problem) = await shared.OfAsync(feed, from, to, by, cancel);
        if (changes is null) return (null, problem);
        var missing = new List<string>();
        var report = new IncidentReport
        {
            MadeAt = time.GetUtcNow(), MadeBy = AuditDoor.NameOf(user.Now.Name, origin.Address), ControlPlane = ShownText.Of(replica.Freshness.ControlPlane), Changes = changes,
        };
        report = await WithProblemsAsync(report, missing, cancel);
        report = await WithTimelineAsync(report, missing, cancel);
        report = report with { Executions = await ExecutionsAsync(changes, cancel), Specs = await SpecsAsync(changes, cancel) };
        return (report with { Missing = missing }, null);
    }

    private async Task<IncidentReport> WithProblemsAsync(IncidentReport report, List<string> missing, CancellationToken cancel)
    {
        var (before, problem) = await problems.AtAsync(report.Changes.From, cancel);
        if (before is null) missing.Add($"Problems that were open at the beginning: {problem}");
        var events = new List<ProblemEvent>();
        var ids = report.Changes.Opened.Concat(report.Changes.Resolved).Concat(before?.Items ?? []).Select(record => record.Problem.Id).Distinct(StringComparer.Ordinal).ToList();
        foreach (var id in ids.Take(MostProblems))
        {
            var (history, why) = await problems.HistoryAsync(id, cancel);
            if (history is null) missing.Add($"History of the problem {id}: {why}");
            else events.AddRange(history.Events.Where(e => e.At <= report.Changes.To));
        }
        if (ids.Count > MostProblems) missing.Add($"Histories of {ids.Count - MostProblems} more problems: the newest {MostProblems} are written out.");
        return report with { OpenBefore = before?.Items ?? [], ProblemEvents = [.. events.OrderBy(e => e.At)] };
    }

    private async Task<IncidentReport> WithTimelineAsync(IncidentReport report, List<string> missing, CancellationToken cancel)
    {
        var nodes = report.Changes.Sections.Where(section => section.Kind is not (ChangeKind.Moved or ChangeKind.NodesAdded or ChangeKind.NodesRemoved or ChangeKind.Recovered))
            .SelectMany(section => section.Groups).SelectMany(group => group.Named).Select(thing => thing.NodeId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (nodes.Count == 0) return report;
        var (timeline, problem) = await feed.OfNodesAsync(nodes.Take(MostNodes), report.Changes.From, report.Changes.To, cancel);
        if (timeline is null) missing.Add($"Timeline: {problem}");
        return report with { Timeline = timeline, NodesLeftOut = Math.Max(0, nodes.Count - MostNodes) };
    }

    private async Task<IReadOnlyList<IncidentExecution>> ExecutionsAsync(FleetChanges changes, CancellationToken cancel)
    {
        var failed = changes.Sections.Where(section => section.Kind is ChangeKind.Failed or ChangeKind.FailedMeanwhile).SelectMany(section => section.Groups).SelectMany(group => group.Named)
            .Where(thing => thing.ExecutionId.Length > 0).OrderByDescending(thing => thing.At).Take(MostExecutions);
        var found = new List<IncidentExecution>();
        foreach (var thing in failed)
        {
            var (history, problem) = await feed.OfExecutionAsync(thing.ExecutionId, cancel);
            found.Add(new(thing, JobName(thing.JobId), replica.Store.FindNode(thing.NodeId)?.DisplayName ?? thing.NodeId, history?.Items ?? [], problem ?? history?.Problem ?? ""));
        }
        return found;
    }

    private async Task<IReadOnlyList<IncidentSpecs>> SpecsAsync(FleetChanges changes, CancellationToken cancel)
    {
        var ofJobs = changes.Jobs.Where(job => job.HasOtherSpec).Select(job => (job.Id, job.FromVersion, job.ToVersion));
        var ofPlaces = changes.Sections.SelectMany(section => section.Groups).SelectMany(group => group.Named).Where(thing => thing.FromVersion > 0 && thing.FromVersion != thing.ToVersion)
            .Select(thing => (thing.JobId, thing.FromVersion, thing.ToVersion));
        var found = new List<IncidentSpecs>();
        foreach (var (job, from, to) in ofJobs.Concat(ofPlaces).Distinct().Take(MostSpecs))
        {
            var (before, after) = (await specs.FindAsync(SpecRef.Version(job, from), cancel), await specs.FindAsync(SpecRef.Version(job, to), cancel));
            found.Add(before.Spec is { } first && after.Spec is { } second
                ? new(job, JobName(job), from, to, SpecDiff.Shown(first.Json, second.Json))
                : new(job, JobName(job), from, to, [], string.Join(' ', new[] { before.Problem, after.Problem }.Where(text => text.Length > 0).Distinct())));
        }
        return found;
    }

    private string JobName(string id) => replica.Store.FindJob(id)?.DisplayName ?? PlainText.Of(id);
}
