using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Live.Planes;

/// <summary>Makes one answer about the fleet of what the feeds of several planes answered. Each has at least one answer.</summary>
internal static class PlaneAnswers
{
    /// <summary>The lanes of nodes, in the order asked for; those of planes that did not answer are missing.</summary>
    /// <param name="answers">What each plane answered.</param>
    /// <param name="nodes">The nodes, in order.</param>
    /// <param name="sequence">Number of the fleet before the planes were asked.</param>
    /// <param name="logId">The log that the number is of.</param>
    public static FleetTimeline Timeline(IReadOnlyList<(string Plane, FleetTimeline Answer)> answers, IReadOnlyList<string> nodes, long sequence, string logId)
    {
        var lanes = answers.SelectMany(one => one.Answer.Lanes.Select(lane => PlaneEntities.In(one.Plane, lane))).DistinctBy(lane => lane.NodeId).ToDictionary(lane => lane.NodeId, StringComparer.Ordinal);
        return answers[0].Answer with
        {
            KnownSince = answers.Min(one => one.Answer.KnownSince), Sequence = sequence, LogId = logId, IsFilling = answers.Any(one => one.Answer.IsFilling),
            Gaps = [.. answers.SelectMany(one => one.Answer.Gaps)], Lanes = [.. nodes.Select(node => lanes.GetValueOrDefault(node)).OfType<NodeLane>()],
        };
    }

    /// <summary>The fleet at a point in time.</summary>
    public static FleetMoment Moment(IReadOnlyList<(string Plane, FleetMoment Answer)> answers)
    {
        var nodes = answers.Where(one => one.Answer.Nodes is not null).Select(one => (one.Plane, one.Answer.Nodes!)).ToList();
        return answers[0].Answer with
        {
            KnownSince = answers.Min(one => one.Answer.KnownSince), Sequence = answers.Sum(one => one.Answer.Sequence),
            Executions = Summed(answers.Select(one => one.Answer.Executions)), Connections = Summed(answers.Select(one => one.Answer.Connections)),
            Nodes = nodes.Count == 0 ? null : Nodes(nodes),
        };
    }

    /// <summary>What changed in a range of time. Commands and problems are kept by the first plane's feed, for all.</summary>
    public static FleetChanges Changes(IReadOnlyList<(string Plane, FleetChanges Answer)> answers, ChangeGrouping by)
    {
        var rollouts = answers.SelectMany(one => one.Answer.Rollouts.Select(rollout => rollout with { Id = Id(one.Plane, rollout.Id), JobId = Id(one.Plane, rollout.JobId) }));
        var jobs = answers.SelectMany(one => one.Answer.Jobs.Select(job => job with { Id = Id(one.Plane, job.Id) }));
        return answers[0].Answer with
        {
            KnownSince = answers.Max(one => one.Answer.KnownSince), ComparedFrom = answers.Max(one => one.Answer.ComparedFrom), IsCut = answers.Any(one => one.Answer.IsCut),
            Changes = answers.Sum(one => one.Answer.Changes), Gaps = [.. answers.SelectMany(one => one.Answer.Gaps)], Sections = Sections(answers, by),
            Rollouts = [.. rollouts.OrderByDescending(rollout => rollout.At).Take(FleetChanges.MostGroups)], RolloutCount = answers.Sum(one => one.Answer.RolloutCount),
            Jobs = [.. jobs.OrderByDescending(job => job.At).Take(FleetChanges.MostGroups)], JobCount = answers.Sum(one => one.Answer.JobCount),
        };
    }

    /// <summary>The convergence of the fleet. What half or most of the changes took cannot be told from what the planes say of theirs, so it is left out where several had changes.</summary>
    public static ConvergenceReport Convergence(IReadOnlyList<(string Plane, ConvergenceReport Answer)> answers)
    {
        var first = answers[0].Answer;
        return first with
        {
            KnownSince = answers.Max(one => one.Answer.KnownSince), Open = answers.Sum(one => one.Answer.Open), OpenLate = answers.Sum(one => one.Answer.OpenLate), OldestOpen = answers.Min(one => one.Answer.OldestOpen),
            Gaps = [.. answers.SelectMany(one => one.Answer.Gaps)],
            Windows = [.. answers.SelectMany(one => one.Answer.Windows).GroupBy(window => window.Span).OrderBy(windows => windows.Key).Select(windows => Window(windows.Key, [.. windows]))],
        };
    }

    private static ConvergenceWindow Window(TimeSpan span, ConvergenceWindow[] windows)
    {
        var only = windows.Where(window => window.Converged > 0).ToList() is [var one] ? one : null;
        return new(span, windows.Sum(w => w.Converged), windows.Sum(w => w.Missed), windows.Sum(w => w.Within), only?.Median, only?.Slow, windows.Sum(w => w.Late));
    }

    private static List<ChangeSection> Sections(IReadOnlyList<(string Plane, FleetChanges Answer)> answers, ChangeGrouping by)
    {
        var sections = answers.SelectMany(one => one.Answer.Sections.Select(section => (one.Plane, Section: section))).GroupBy(one => one.Section.Kind).OrderBy(kind => kind.Key);
        return [.. sections.Select(kind => new ChangeSection(kind.Key, kind.Sum(one => one.Section.Count), Groups([.. kind], by), kind.Sum(one => one.Section.GroupCount)))];
    }

    private static List<ChangeGroup> Groups(IReadOnlyList<(string Plane, ChangeSection Section)> parts, ChangeGrouping by)
    {
        var groups = parts.SelectMany(one => one.Section.Groups.Select(group => (
            Name: by == ChangeGrouping.Job ? Id(one.Plane, group.Name) : group.Name, group.Count, Named: group.Named.Select(thing => PlaneEntities.In(one.Plane, thing)))));
        return
        [
            .. groups.GroupBy(group => group.Name, StringComparer.Ordinal)
                .Select(same => new ChangeGroup(same.Key, same.Sum(group => group.Count), [.. same.SelectMany(group => group.Named).OrderByDescending(thing => thing.At).Take(FleetChanges.MostNamed)]))
                .OrderByDescending(group => group.Count).Take(FleetChanges.MostGroups),
        ];
    }

    private static Dictionary<string, int> Summed(IEnumerable<IReadOnlyDictionary<string, int>> counts) =>
        counts.SelectMany(count => count).GroupBy(count => count.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Sum(count => count.Value), StringComparer.Ordinal);

    // Each plane has its own words for the same states.
    private static NodeMoments Nodes(IReadOnlyList<(string Plane, NodeMoments Nodes)> parts)
    {
        var words = parts.SelectMany(part => part.Nodes.States).Distinct(StringComparer.Ordinal).Take(NodeMoments.MostStates).ToList();
        var rows = new List<(string Id, long States, int Connection)>();
        foreach (var (plane, nodes) in parts)
        {
            int[] places = [.. nodes.States.Select(word => words.IndexOf(word))];
            for (var node = 0; node < nodes.Ids.Count; node++)
            {
                var states = 0L;
                for (var bit = 0; bit < places.Length; bit++)
                    if ((nodes.Executions[node] >> bit & 1) != 0 && places[bit] >= 0) states |= 1L << places[bit];
                rows.Add((Id(plane, nodes.Ids[node]), states, nodes.Connections[node] < 0 ? -1 : places[nodes.Connections[node]]));
            }
        }
        rows.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return new() { Ids = [.. rows.Select(row => row.Id)], States = words, Executions = [.. rows.Select(row => row.States)], Connections = [.. rows.Select(row => row.Connection)] };
    }

    private static string Id(string plane, string id) => FleetPlanes.IdOf(plane, id);
}
