using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Storage.Audit;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Problems;

namespace ExecutionDashboard.Feed.Changes;

/// <summary>Tells what changed in a range of time, from one pass over its part of the log. Safe for concurrent use.</summary>
/// <param name="feed">The log.</param>
/// <param name="mirror">Has the labels of nodes.</param>
/// <param name="ring">Has the newest number.</param>
/// <param name="problems">What problems there were.</param>
/// <param name="audit">What people did.</param>
/// <param name="time">The clock.</param>
/// <param name="most">Most changes that are read for one answer.</param>
internal sealed class RangeChanges(FeedLog feed, FleetMirror mirror, ChangeRing ring, ProblemReader problems, AuditReader audit, TimeProvider time, int most = FleetChanges.MostChanges)
{
    // As of a moment: see MomentReader.
    private const int SeenLater = 50_000;

    // A pass uses a core fully, and memory for each entity that changed.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What changed; null while the feed starts.</summary>
    /// <param name="from">Beginning of the range.</param>
    /// <param name="to">Its end; one that is to come is now.</param>
    /// <param name="by">What executions and nodes are grouped by.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<FleetChanges?> OfAsync(DateTimeOffset from, DateTimeOffset to, ChangeGrouping by, CancellationToken cancel)
    {
        if (!feed.IsReady) return null;
        var now = time.GetUtcNow();
        if (to > now) to = now;
        var known = feed.Reader.KnownSince();
        var answer = new FleetChanges { From = from, To = to, KnownSince = known, ComparedFrom = from, Gaps = feed.Log.Gaps.Within(from, to) };
        if (to <= from || known is null || known >= to) return answer;
        await _turn.WaitAsync(cancel);
        try
        {
            return WithPeople(Read(answer, by, cancel));
        }
        finally
        {
            _turn.Release();
        }
    }

    private FleetChanges Read(FleetChanges answer, ChangeGrouping by, CancellationToken cancel)
    {
        var changes = new LoggedChanges(feed.Reader);
        var end = ring.End.Sequence;
        var (after, upTo) = changes.Seen(answer.From, answer.To, end);
        var start = answer.From > answer.KnownSince ? answer.From : answer.KnownSince!.Value;
        var isCut = upTo - after > most;
        if (isCut) after = upTo - most;
        // The log may begin within the range, or its first load end in it.
        if (after > 0 && changes.SeenAt(after) is { } seen && seen > start) start = seen;

        var states = new StateClasses(changes.TextOf);
        var tally = new ChangeTally(start, answer.To, states);
        foreach (var change in changes.Between(after, upTo, cancel)) tally.Add(change);
        foreach (var change in changes.Between(Math.Max(after, upTo), Math.Min(end, upTo + SeenLater), cancel)) tally.AddLater(change);
        tally.Resolve(sequences => changes.StandOf(sequences, cancel));

        var (rollouts, rolloutCount) = Rollouts(tally, changes, cancel);
        var (jobs, jobCount) = Jobs(tally, changes);
        return answer with
        {
            ComparedFrom = start, IsCut = isCut, Changes = tally.Count,
            Sections = new ChangeGroups(changes, by, node => mirror.Nodes.Find(node)?.Labels, cancel).Of(PlaceChanges.Of(tally, states)),
            Rollouts = rollouts, RolloutCount = rolloutCount, Jobs = jobs, JobCount = jobCount,
        };
    }

    private static (IReadOnlyList<RolloutChange> Named, int Count) Rollouts(ChangeTally tally, LoggedChanges changes, CancellationToken cancel)
    {
        var all = tally.Touched.Where(t => t.Value is { Kind: FleetKind.Deployment, HasChanged: true } && t.Value.Before != t.Value.Now).OrderByDescending(t => t.Value.Last).ToList();
        var named = all.Take(FleetChanges.MostGroups).ToList();
        var ids = changes.IdsOf(named.Select(t => t.Key), cancel);
        return ([.. named.Where(t => ids.ContainsKey(t.Key)).Select(t =>
            new RolloutChange(ids[t.Key], changes.TextOf(t.Value.Job), t.Value.Version, changes.TextOf(t.Value.Before), changes.TextOf(t.Value.Now), t.Value.At) { SeenAt = t.Value.Seen })], all.Count);
    }

    private static (IReadOnlyList<JobChange> Named, int Count) Jobs(ChangeTally tally, LoggedChanges changes)
    {
        var all = tally.Touched.Values.Where(job => job is { Kind: FleetKind.Job, HasChanged: true } && (job.Before != job.Now || (job.Before != 0 && job.VersionBefore != job.Version)))
            .OrderByDescending(job => job.Last).ToList();
        return ([.. all.Take(FleetChanges.MostGroups).Select(job =>
            new JobChange(changes.TextOf(job.Job), job.Before == 0 ? 0 : job.VersionBefore, job.Version, changes.TextOf(job.Before), changes.TextOf(job.Now), job.At) { SeenAt = job.Seen })], all.Count);
    }

    // What is not of the control plane has tables of its own, and is not cut.
    private FleetChanges WithPeople(FleetChanges answer)
    {
        var (opened, resolved) = problems.Between(answer.From, answer.To, FleetChanges.MostGroups);
        var acts = audit.Acts(new AuditQuery { Actions = AuditActions.Commands, Range = TimeRange.Of(Moment.At(answer.From), Moment.At(answer.To)) }, FleetChanges.MostGroups);
        return answer with { Opened = opened, Resolved = resolved, Commands = acts.Acts, MoreCommands = acts.More };
    }
}
