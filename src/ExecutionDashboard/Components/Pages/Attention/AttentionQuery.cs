using System.Globalization;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live.Attention;

namespace ExecutionDashboard.Components.Pages.Attention;

/// <summary>Columns that the list of problems can be sorted by.</summary>
public enum ProblemSort
{
    /// <summary>Worst first.</summary>
    Severity,
    /// <summary>When it began.</summary>
    Since,
    /// <summary>Executions and nodes it concerns.</summary>
    Extent,
}

/// <summary>A problem, with what its filters need.</summary>
/// <param name="Shown">The problem.</param>
/// <param name="Store">The fleet that it is about.</param>
/// <param name="Found">All it concerns; null for one of the past, which tells no more than it names.</param>
public readonly record struct ProblemFacts(ShownProblem Shown, FleetStore Store, FoundProblem? Found = null)
{
    /// <summary>The problem as it is.</summary>
    public Problem Problem => Shown.Problem;
}

/// <summary>Which problems to list, and in which order; its URL is the list's state.</summary>
public sealed record AttentionQuery : ListQuery
{
    /// <summary>Address of the list.</summary>
    public const string Path = "attention";

    private const string MineWord = "mine", AcknowledgedWord = "acknowledged";

    private static readonly ListFilter<ProblemFacts> TermsOfProblems = new ListFilter<ProblemFacts>("problems", HasText)
        .Words(FilterField.Severity, "critical, warning or notice", [.. ProblemLabels.AllSeverities.Select(severity => (ProblemLabels.Severity(severity), "", (Func<ProblemFacts, bool>)(f => f.Problem.Severity == severity)))])
        .Names(FilterField.Cause, "cause, such as stuck-*", f => ProblemCauses.CodeOf(f.Problem.Cause))
        .Words(FilterField.Is, "mine to decide or acknowledged", (MineWord, "continues only when a person decides", f => f.Problem.AwaitsDecision), (AcknowledgedWord, "somebody takes care of it", f => f.Shown.Record?.Acknowledgement is not null))
        .Entities(FilterField.Plane, "control plane that it concerns", f => PlanesOf(f.Problem, f.Store).Select(plane => (plane, plane)), (_, _) => false)
        .Entities(FilterField.Job, "job that it concerns, by name or id", f => JobsOf(f.Problem, f.Store).Select(id => (id, f.Store.FindJob(id)?.DisplayName ?? id)), (f, id) => f.Store.FindJob(id) is not null)
        .Entities(FilterField.Node, "node that it concerns, by name or id, such as edge-*", f => NodesOf(f).Select(node => (node.Id, node.DisplayName)), (f, id) => f.Store.FindNode(id) is not null)
        .Labels("label of the nodes and jobs that it names, such as tier=edge", f => LabelsOf(f.Problem, f.Store))
        .Text(FilterField.Message, "text in the summary", f => f.Problem.Summary)
        .Words(FilterField.Has, "what it concerns",
            ("execution", "executions", f => f.Problem.Executions > 0), ("node", "nodes", f => f.Problem.Nodes > 0), ("job", "jobs", f => JobsOf(f.Problem, f.Store).Any()),
            ("deployment", "a deployment", f => f.Problem.DeploymentId.Length > 0))
        .Time(FilterField.For, "time since it began, such as >10m", f => f.Problem.Since)
        .Time(FilterField.Created, "when it began, such as <1d or a range of times", f => f.Problem.Since);

    private static readonly FilterAddress InAddress = new(
        TermsOfProblems.Vocabulary,
        new("severity", FilterField.Severity), new("cause", FilterField.Cause), new("mine", FilterField.Is) { Words = [("yes", MineWord, false), ("no", MineWord, true)] },
        new("acknowledged", FilterField.Is) { Words = [("no", AcknowledgedWord, true), ("yes", AcknowledgedWord, false)] }, new("job", FilterField.Job), new("node", FilterField.Node), new("label", FilterField.Label),
        new("older", FilterField.For, FilterTest.AtLeast), new("newer", FilterField.For, FilterTest.AtMost), new("q", FilterField.Text));

    /// <summary>The terms of problems.</summary>
    public static FilterVocabulary Vocabulary => TermsOfProblems.Vocabulary;
    /// <inheritdoc/>
    public override FilterAddress Address => InAddress;
    /// <summary>Resolved ones instead of those that are open.</summary>
    public bool Resolved { get; init; }
    /// <summary>Severities, by their words.</summary>
    public IReadOnlyList<string> Severities { get => Filter.ValuesOf(FilterField.Severity); init => Filter = Filter.WithValues(FilterField.Severity, value); }
    /// <summary>Only those that go on when a person decides.</summary>
    public bool Mine { get => Filter.Is(MineWord) == true; init => Filter = Filter.WithIs(MineWord, value ? true : null); }
    /// <summary>Only those that nobody has acknowledged.</summary>
    public bool Unacknowledged { get => Filter.Is(AcknowledgedWord) == false; init => Filter = Filter.WithIs(AcknowledgedWord, value ? false : null); }
    /// <summary>Sorted by.</summary>
    public ProblemSort Sort { get; init; }
    /// <summary>The other way around.</summary>
    public bool Reversed { get; init; }

    /// <summary>The same list without filters.</summary>
    public AttentionQuery Cleared => new() { Resolved = Resolved, Sort = Sort, Reversed = Reversed };

    /// <summary>Reads it from an address; what it does not know it leaves out.</summary>
    public static AttentionQuery Parse(string url)
    {
        (string Key, string Value)[] pairs = [.. QueryText.OfAddress(url)];
        var (filter, odd) = InAddress.Read(pairs);
        var query = new AttentionQuery { Filter = filter, NotUnderstood = odd };
        foreach (var (key, value) in pairs)
        {
            if (key == "state") query = query with { Resolved = value == "resolved" };
            else if (key == "sort" && Enum.TryParse<ProblemSort>(value.TrimStart('-'), ignoreCase: true, out var sort) && Enum.IsDefined(sort)) query = query with { Sort = sort, Reversed = value.StartsWith('-') };
        }
        return query;
    }

    /// <summary>Id of the problem that an address opens beside the list; empty when none.</summary>
    public static string OpenIn(string url) => QueryText.OfAddress(url).LastOrDefault(pair => pair.Key == "open").Value ?? "";

    /// <summary>The address.</summary>
    public override string ToString() => ToString("");

    /// <summary>The address with a problem open beside the list.</summary>
    public string ToString(string open) => InAddress.Of(
        Path, this, Resolved ? "state=resolved" : "",
        Sort != ProblemSort.Severity || Reversed ? string.Create(CultureInfo.InvariantCulture, $"sort={(Reversed ? "-" : "")}{Sort.ToString().ToLowerInvariant()}") : "",
        open.Length > 0 ? "open=" + Uri.EscapeDataString(open) : "");

    /// <summary>The test of problems for these filters.</summary>
    /// <param name="store">The fleet that they are about.</param>
    /// <param name="now">The time that ages are counted to.</param>
    /// <param name="found">All that a problem concerns; null for one of the past.</param>
    public Func<ShownProblem, bool> Matcher(FleetStore store, DateTimeOffset now, Func<ShownProblem, FoundProblem?>? found = null)
    {
        var matches = TermsOfProblems.Compile(Filter, now);
        return shown => matches(new(shown, store, found?.Invoke(shown)));
    }

    /// <summary>Those that match, in order.</summary>
    /// <param name="problems">Worst first.</param>
    /// <param name="store">The fleet that they are about.</param>
    /// <param name="now">The time that ages are counted to.</param>
    /// <param name="concerned">All that a problem concerns; null for one of the past.</param>
    public IReadOnlyList<ShownProblem> Of(IEnumerable<ShownProblem> problems, FleetStore store, DateTimeOffset now, Func<ShownProblem, FoundProblem?>? concerned = null)
    {
        var found = problems.Where(Matcher(store, now, concerned));
        var sorted = Sort switch
        {
            ProblemSort.Since => found.OrderByDescending(p => p.Problem.Since),
            ProblemSort.Extent => found.OrderByDescending(p => p.Problem.Executions + p.Problem.Nodes),
            _ => found,
        };
        return [.. Reversed ? sorted.Reverse() : sorted];
    }

    /// <summary>Equal when every part is.</summary>
    public bool Equals(AttentionQuery? other) => other is not null && Resolved == other.Resolved && Sort == other.Sort && Reversed == other.Reversed && HasFiltersOf(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Resolved, Sort, Reversed, Filter);

    /// <summary>The jobs that a problem concerns, as far as it names them.</summary>
    public static IEnumerable<string> JobsOf(Problem problem, FleetStore store) => problem.Subjects.Select(s => s.Kind switch
    {
        FleetKind.Job => s.Id,
        FleetKind.Execution => store.FindExecution(s.Id)?.JobId ?? "",
        FleetKind.Deployment => store.FindDeployment(s.Id)?.JobId ?? "",
        _ => "",
    }).Append(problem.JobId).Where(id => id.Length > 0).Distinct();

    private static IEnumerable<string> PlanesOf(Problem problem, FleetStore store) =>
        problem.Subjects.Select(s => s.Id).Append(problem.JobId).Append(problem.DeploymentId).Select(store.Planes.Of).Where(plane => plane.Length > 0).Distinct();

    // Those that it names, those of the executions that it names, and all others that are known.
    private static IEnumerable<Node> NodesOf(ProblemFacts facts) => NamedNodes(facts.Problem, facts.Store).Concat(facts.Found?.NodesOf(facts.Store) ?? []);

    private static IEnumerable<Node> NamedNodes(Problem problem, FleetStore store) => problem.Subjects.Select(s => s.Kind switch
    {
        FleetKind.Node => s.Id,
        FleetKind.Execution => store.FindExecution(s.Id)?.NodeId ?? "",
        _ => "",
    }).Where(id => id.Length > 0).Distinct().Select(store.FindNode).OfType<Node>();

    private static IEnumerable<IReadOnlyDictionary<string, string>> LabelsOf(Problem problem, FleetStore store)
    {
        var nodes = NamedNodes(problem, store).Select(n => n.Labels);
        return nodes.Concat(JobsOf(problem, store).Select(store.FindJob).OfType<Job>().Select(j => j.Labels));
    }

    private static bool HasText(ProblemFacts facts, string text)
    {
        var problem = facts.Problem;
        return Has(problem.Summary) || Has(problem.Id) || Has(ProblemLabels.Title(problem.Cause)) || problem.Subjects.Any(s => Has(s.Name) || Has(s.Id));

        bool Has(string within) => within.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
