using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Planes;

namespace ExecutionDashboard.Live.Attention;

/// <summary>
/// Problems where there are several control planes. Of a plane that is not live the problems are those that were found when it last was: nothing of it gets stuck, or is resolved, because it cannot
/// be seen. That it cannot be seen is a problem of its own. One caller at a time.
/// </summary>
internal sealed class PlaneProblems
{
    private readonly Dictionary<string, FeedFacts> _facts = new(StringComparer.Ordinal);
    private (IReadOnlyList<FoundProblem>? Found, IReadOnlyList<PlaneFreshness>? Planes, IReadOnlyList<FoundProblem> Known) _last = (null, null, []);

    /// <summary>What is known of all planes. The same list while neither of them changed.</summary>
    /// <param name="found">What is found in the fleet as it is shown.</param>
    /// <param name="freshness">The planes; empty with one, and then it is what was found.</param>
    /// <param name="planes">Tells which plane an id is of.</param>
    public IReadOnlyList<FoundProblem> Of(IReadOnlyList<FoundProblem> found, IReadOnlyList<PlaneFreshness> freshness, FleetPlanes planes)
    {
        if (freshness.Count == 0 || (ReferenceEquals(found, _last.Found) && ReferenceEquals(freshness, _last.Planes))) return freshness.Count == 0 ? found : _last.Known;
        var blind = freshness.Where(plane => plane.Kind != FreshnessKind.Live).Select(plane => plane.Name).ToHashSet(StringComparer.Ordinal);
        var known = blind.Count == 0 ? found
            : [.. found.Where(problem => !IsOf(problem, blind)).Concat(_last.Known.Where(problem => IsOf(problem, blind))).OrderByDescending(problem => problem.Problem.Severity)];
        _last = (found, freshness, known);
        return known;

        bool IsOf(FoundProblem problem, HashSet<string> names) =>
            problem.Problem.Subjects.Select(subject => subject.Id).Append(problem.Problem.JobId).Append(problem.Problem.DeploymentId).Any(id => names.Contains(planes.Of(id)));
    }

    /// <summary>What keeps the dashboard from knowing a plane, of each.</summary>
    /// <param name="states">The planes.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="now">The time by this process's clock.</param>
    public IReadOnlyList<Problem> Blind(IReadOnlyList<PlaneState> states, AttentionOptions options, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        foreach (var plane in states)
        {
            var facts = _facts[plane.Name] = FeedFacts.Next(_facts.GetValueOrDefault(plane.Name) ?? new(), plane.Status, plane.LostSince, plane.Problem, options, now);
            problems.AddRange(BlindRules.Of(facts, options, now).Select(problem => problem with { Id = $"{problem.Id}/{plane.Name}", Summary = $"{plane.Name}: {problem.Summary}" }));
        }
        return problems;
    }
}
