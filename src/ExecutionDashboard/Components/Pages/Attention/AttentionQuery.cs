using System.Globalization;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
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

/// <summary>Which problems to list, and in which order; its URL is the list's state.</summary>
public sealed record AttentionQuery
{
    /// <summary>Address of the list.</summary>
    public const string Path = "attention";

    /// <summary>Ages that can be asked for, shortest first, as they stand in addresses.</summary>
    public static IReadOnlyList<(string Code, string Word, TimeSpan Age)> Ages { get; } =
    [
        ("5m", "5 min", TimeSpan.FromMinutes(5)), ("1h", "1 h", TimeSpan.FromHours(1)), ("6h", "6 h", TimeSpan.FromHours(6)), ("1d", "1 day", TimeSpan.FromDays(1)), ("7d", "7 days", TimeSpan.FromDays(7)),
    ];

    /// <summary>Resolved ones instead of those that are open.</summary>
    public bool Resolved { get; init; }
    /// <summary>Causes, by their codes; one that does not exist finds nothing.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];
    /// <summary>Severities, by their words.</summary>
    public IReadOnlyList<string> Severities { get; init; } = [];
    /// <summary>Ids of jobs.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];
    /// <summary>Selector expressions over the labels of the nodes and jobs that a problem names, all must match: see <see cref="LabelExpression"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
    /// <summary>Only those that go on when a person decides.</summary>
    public bool Mine { get; init; }
    /// <summary>Only those that nobody has acknowledged.</summary>
    public bool Unacknowledged { get; init; }
    /// <summary>Only those that began at least so long ago, one of <see cref="Ages"/>; empty for any.</summary>
    public string Older { get; init; } = "";
    /// <summary>Only those that began within so long, one of <see cref="Ages"/>; empty for any.</summary>
    public string Newer { get; init; } = "";
    /// <summary>Found in the summary, the id or the names of subjects; case does not matter.</summary>
    public string Text { get; init; } = "";
    /// <summary>Sorted by.</summary>
    public ProblemSort Sort { get; init; }
    /// <summary>The other way around.</summary>
    public bool Reversed { get; init; }

    /// <summary>Nothing is filtered; neither the sort nor whether they are resolved counts.</summary>
    public bool IsUnfiltered => Equals(Cleared);

    /// <summary>The same list without filters.</summary>
    public AttentionQuery Cleared => new() { Resolved = Resolved, Sort = Sort, Reversed = Reversed };

    /// <summary>Reads it from an address; what it does not know it leaves out.</summary>
    public static AttentionQuery Parse(string url)
    {
        List<string> causes = [], severities = [], jobs = [], labels = [];
        var query = new AttentionQuery();
        foreach (var (key, value) in QueryText.OfAddress(url))
        {
            switch (key)
            {
                case "state": query = query with { Resolved = value == "resolved" }; break;
                case "cause": causes.Add(value); break;
                case "severity": severities.Add(value); break;
                case "job": jobs.Add(value); break;
                case "label": labels.Add(value); break;
                case "mine": query = query with { Mine = value == "yes" }; break;
                case "acknowledged": query = query with { Unacknowledged = value == "no" }; break;
                case "older": query = query with { Older = KnownAge(value) }; break;
                case "newer": query = query with { Newer = KnownAge(value) }; break;
                case "q": query = query with { Text = value }; break;
                case "sort" when Enum.TryParse<ProblemSort>(value.TrimStart('-'), ignoreCase: true, out var sort) && Enum.IsDefined(sort):
                    query = query with { Sort = sort, Reversed = value.StartsWith('-') };
                    break;
            }
        }
        return query with { Causes = causes, Severities = severities, Jobs = jobs, Labels = labels };
    }

    /// <summary>Id of the problem that an address opens beside the list; empty when none.</summary>
    public static string OpenIn(string url) => QueryText.OfAddress(url).LastOrDefault(pair => pair.Key == "open").Value ?? "";

    /// <summary>The address.</summary>
    public override string ToString() => ToString("");

    /// <summary>The address with a problem open beside the list.</summary>
    public string ToString(string open)
    {
        var parts = (Resolved ? ["state=resolved"] : Array.Empty<string>())
            .Concat(Severities.Select(s => "severity=" + Uri.EscapeDataString(s)))
            .Concat(Causes.Select(c => "cause=" + Uri.EscapeDataString(c)))
            .Concat(Jobs.Select(j => "job=" + Uri.EscapeDataString(j)))
            .Concat(Labels.Select(l => "label=" + Uri.EscapeDataString(l)))
            .Concat(Mine ? ["mine=yes"] : [])
            .Concat(Unacknowledged ? ["acknowledged=no"] : [])
            .Concat(Older.Length > 0 ? ["older=" + Older] : [])
            .Concat(Newer.Length > 0 ? ["newer=" + Newer] : [])
            .Concat(Text.Length > 0 ? ["q=" + Uri.EscapeDataString(Text)] : [])
            .Concat(Sort != ProblemSort.Severity || Reversed ? [string.Create(CultureInfo.InvariantCulture, $"sort={(Reversed ? "-" : "")}{Sort.ToString().ToLowerInvariant()}")] : [])
            .Concat(open.Length > 0 ? ["open=" + Uri.EscapeDataString(open)] : []);
        var query = string.Join('&', parts);
        return query.Length > 0 ? $"{Path}?{query}" : Path;
    }

    /// <summary>Whether a problem matches. An expression that cannot be read lets nothing through.</summary>
    public bool Matches(ShownProblem shown, FleetStore store, DateTimeOffset now)
    {
        var problem = shown.Problem;
        return (Causes.Count == 0 || Causes.Contains(ProblemCauses.CodeOf(problem.Cause)))
            && (Severities.Count == 0 || Severities.Contains(ProblemLabels.Severity(problem.Severity)))
            && (Jobs.Count == 0 || JobsOf(problem, store).Any(Jobs.Contains))
            && (!Mine || problem.AwaitsDecision)
            && (!Unacknowledged || shown.Record?.Acknowledgement is null)
            && (AgeOf(Older) is not { } least || now - problem.Since >= least)
            && (AgeOf(Newer) is not { } most || now - problem.Since <= most)
            && (Text.Length == 0 || Has(problem.Summary) || Has(problem.Id) || Has(ProblemLabels.Title(problem.Cause)) || problem.Subjects.Any(s => Has(s.Name) || Has(s.Id)))
            && Labels.All(l => LabelExpression.TryParse(l, out var expression, out _) && LabelsOf(problem, store).Any(labels => expression.Matches(key => labels.GetValueOrDefault(key))));
    }

    /// <summary>Those that match, in order.</summary>
    /// <param name="problems">Worst first.</param>
    /// <param name="store">The fleet that they are about.</param>
    /// <param name="now">The time that ages are counted to.</param>
    public IReadOnlyList<ShownProblem> Of(IEnumerable<ShownProblem> problems, FleetStore store, DateTimeOffset now)
    {
        var found = problems.Where(p => Matches(p, store, now));
        var sorted = Sort switch
        {
            ProblemSort.Since => found.OrderByDescending(p => p.Problem.Since),
            ProblemSort.Extent => found.OrderByDescending(p => p.Problem.Executions + p.Problem.Nodes),
            _ => found,
        };
        return [.. Reversed ? sorted.Reverse() : sorted];
    }

    /// <summary>Equal when every part is, lists by their entries.</summary>
    public bool Equals(AttentionQuery? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The jobs that a problem concerns, as far as it names them.</summary>
    public static IEnumerable<string> JobsOf(Problem problem, FleetStore store) => problem.Subjects.Select(s => s.Kind switch
    {
        FleetKind.Job => s.Id,
        FleetKind.Execution => store.FindExecution(s.Id)?.JobId ?? "",
        FleetKind.Deployment => store.FindDeployment(s.Id)?.JobId ?? "",
        _ => "",
    }).Append(problem.JobId).Where(id => id.Length > 0).Distinct();

    private static IEnumerable<IReadOnlyDictionary<string, string>> LabelsOf(Problem problem, FleetStore store)
    {
        var nodes = problem.Subjects.Select(s => s.Kind switch
        {
            FleetKind.Node => s.Id,
            FleetKind.Execution => store.FindExecution(s.Id)?.NodeId ?? "",
            _ => "",
        }).Distinct().Select(store.FindNode).OfType<Node>().Select(n => n.Labels);
        return nodes.Concat(JobsOf(problem, store).Select(store.FindJob).OfType<Job>().Select(j => j.Labels));
    }

    private bool Has(string text) => text.Contains(Text, StringComparison.OrdinalIgnoreCase);

    private static string KnownAge(string code) => Ages.Any(a => a.Code == code) ? code : "";

    private static TimeSpan? AgeOf(string code) => Ages.Where(a => a.Code == code).Select(a => (TimeSpan?)a.Age).FirstOrDefault();
}
