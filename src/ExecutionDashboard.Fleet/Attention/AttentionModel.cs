using ExecutionDashboard.Fleet.Attention.Grouping;
using ExecutionDashboard.Fleet.Attention.Kept;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Attention;

/// <summary>
/// What is wrong in a fleet, kept as it changes: single findings follow changes and deadlines, and problems are made of the findings, not of the fleet. What is
/// kept equals what <see cref="Compute"/> makes of the same store from nothing, given <see cref="Together"/>. One thread at a time.
/// </summary>
public sealed class AttentionModel(AttentionOptions options)
{
    private readonly HashSet<ProblemCause> _together = [];
    private KeptParts? _kept;

    /// <summary>Causes whose problems were so many that they are one together, until few are left: what depends on the past besides the store.</summary>
    public IReadOnlyCollection<ProblemCause> Together => _together;

    /// <summary>The problems at the last <see cref="Update"/>, worst first. The same list until one of them changes.</summary>
    public IReadOnlyList<FoundProblem> Problems { get; private set; } = [];

    /// <summary>Brings the problems to a moment; true when they are others than before.</summary>
    /// <param name="store">The fleet. Another one than before is looked through from nothing.</param>
    /// <param name="now">The moment, by the server's clock.</param>
    public bool Update(FleetStore store, DateTimeOffset now)
    {
        if (!ReferenceEquals(_kept?.Findings.Store, store)) _kept = new(new Findings(store, options), new EntityProblems(store, options), new ProblemGroups(store, options, _together), new ProblemWriter(store));
        _kept.Findings.Update(now);
        _kept.Entities.Update(_kept.Findings, now);
        FoundProblem[] found = [.. Explanations.LeaveOut([.. _kept.Groups.Of(_kept.Findings).Select(_kept.Writer.Write)], _kept.Entities.All)];
        Array.Sort(found, WorstFirst);
        if (found.Length == Problems.Count && found.Zip(Problems).All(pair => pair.First.Equals(pair.Second))) return false;
        Problems = found;
        return true;
    }

    /// <summary>The problems of a fleet from nothing.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="options">The thresholds.</param>
    /// <param name="now">The moment, by the server's clock.</param>
    /// <param name="together">See <see cref="Together"/>; none by default.</param>
    public static IReadOnlyList<FoundProblem> Compute(FleetStore store, AttentionOptions options, DateTimeOffset now, IEnumerable<ProblemCause>? together = null)
    {
        var model = new AttentionModel(options);
        model._together.UnionWith(together ?? []);
        model.Update(store, now);
        return model.Problems;
    }

    private static int WorstFirst(FoundProblem one, FoundProblem other)
    {
        var (a, b) = (one.Problem, other.Problem);
        return a.Severity != b.Severity ? b.Severity.CompareTo(a.Severity)
            : a.Executions + a.Nodes != b.Executions + b.Nodes ? (b.Executions + b.Nodes).CompareTo(a.Executions + a.Nodes)
            : a.Since != b.Since ? a.Since.CompareTo(b.Since)
            : string.CompareOrdinal(a.Id, b.Id);
    }

    private sealed record KeptParts(Findings Findings, EntityProblems Entities, ProblemGroups Groups, ProblemWriter Writer);
}
