using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Live.Past;

/// <summary>
/// What was wrong at a moment. What rests on states is found by the rules in the fleet of then; what rests on heartbeats, load, connects or the feed itself, none of which the log has, is as a dashboard reported it then.
/// </summary>
/// <param name="Found">The problems, worst first.</param>
/// <param name="Records">What the feed kept of problems then: who had acknowledged them; null when that is not known.</param>
public sealed record PastProblems(IReadOnlyList<FoundProblem> Found, IReadOnlyList<ProblemRecord>? Records)
{
    /// <summary>Causes that no rule can find in the fleet of a moment.</summary>
    public static IReadOnlySet<ProblemCause> OnlyRecorded { get; } = new HashSet<ProblemCause>
    {
        ProblemCause.FlappingNode, ProblemCause.StaleHeartbeat, ProblemCause.DiskNearlyFull, ProblemCause.MemoryNearlyFull, ProblemCause.ClockSkew, ProblemCause.ConvergenceSlow,
        ProblemCause.ControlPlaneUnreachable, ProblemCause.FeedLost, ProblemCause.LogUnwritable, ProblemCause.ListIncomplete,
    };

    /// <summary>The problems of a moment.</summary>
    /// <param name="found">What the rules find in the fleet of then.</param>
    /// <param name="recorded">What the feed kept of then; null when that is not known.</param>
    /// <param name="at">The moment.</param>
    public static PastProblems Of(IReadOnlyList<FoundProblem> found, ProblemMoment? recorded, DateTimeOffset at)
    {
        if (recorded is null || recorded.KnownSince > at) return new(found, null);
        var ids = found.Select(f => f.Problem.Id).ToHashSet(StringComparer.Ordinal);
        FoundProblem[] others = [.. recorded.Items.Where(r => OnlyRecorded.Contains(r.Problem.Cause) && ids.Add(r.Problem.Id)).Select(r => new FoundProblem(r.Problem))];
        return new(others.Length == 0 ? found : [.. found.Concat(others).OrderByDescending(f => f.Problem.Severity)], recorded.Items);
    }
}
