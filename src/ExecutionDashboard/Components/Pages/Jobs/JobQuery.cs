using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Jobs;

/// <summary>Columns that the list of jobs can be sorted by.</summary>
public enum JobSort
{
    /// <summary>Name, then id.</summary>
    Name,
    /// <summary>State, most urgent first.</summary>
    State,
    /// <summary>Job type.</summary>
    Type,
    /// <summary>Version.</summary>
    Version,
    /// <summary>Executions that have not ended.</summary>
    Executions,
    /// <summary>Last change.</summary>
    Updated,
}

/// <summary>A job, with what its filters need.</summary>
/// <param name="Job">The job.</param>
/// <param name="Store">The fleet.</param>
/// <param name="HasProblem">Whether an open problem concerns the job with an id.</param>
public readonly record struct JobFacts(Job Job, FleetStore Store, Func<string, bool> HasProblem);

/// <summary>Filters and sort of the list of jobs, as its URL has them.</summary>
public sealed record JobQuery : ListQuery
{
    /// <summary>Address of the list.</summary>
    public const string Path = "jobs";

    private static readonly ListFilter<JobFacts> TermsOfJobs = new ListFilter<JobFacts>("jobs", (f, text) => Has(f.Job.Name, text) || Has(f.Job.Id, text) || Has(f.Job.Namespace, text))
        .Names(FilterField.State, "state, such as running", f => f.Job.State)
        .Names(FilterField.Plane, "control plane", f => f.Store.Planes.Of(f.Job.Id))
        .Entities(FilterField.Job, "job by name or id, such as log-*", f => [(f.Job.Id, f.Job.DisplayName)], (f, id) => f.Store.FindJob(id) is not null)
        .Number(FilterField.Version, "version, such as >3", f => f.Job.Version)
        .Names(FilterField.Namespace, "namespace", f => f.Job.Namespace)
        .Names(FilterField.Type, "job type", f => f.Job.Type)
        .Labels("label, such as team=edge", f => [f.Job.Labels])
        .Text(FilterField.Message, "text in the message", f => f.Job.Message)
        .Words(FilterField.Has, "problems, executions, or a field that has a value",
            ("problem", "an open problem", f => f.HasProblem(f.Job.Id)),
            ("execution", "executions that have not ended", f => OpenExecutions(f.Store.CountsOfJob(f.Job.Id, ExecutionScope.Current)) > 0),
            ("deployment", "a deployment in progress", f => f.Job.DeploymentId.Length > 0 && f.Store.FindDeployment(f.Job.DeploymentId) is { IsOpen: true }),
            ("message", "a message", f => f.Job.Message.Length > 0))
        .Time(FilterField.For, "time since its last change, such as >10m", f => f.Job.UpdatedAt)
        .Time(FilterField.Changed, "last change, such as <1h or a range of times", f => f.Job.UpdatedAt)
        .Time(FilterField.Created, "creation, such as <1d or a range of times", f => f.Job.CreatedAt);

    private static readonly FilterAddress InAddress = new(
        TermsOfJobs.Vocabulary,
        new("state", FilterField.State), new("job", FilterField.Job), new("version", FilterField.Version), new("namespace", FilterField.Namespace),
        new("type", FilterField.Type), new("label", FilterField.Label), new("q", FilterField.Text));

    /// <inheritdoc/>
    public override FilterAddress Address => InAddress;
    /// <summary>The terms of jobs.</summary>
    public static FilterVocabulary Vocabulary => TermsOfJobs.Vocabulary;
    /// <summary>States, as the server names them.</summary>
    public IReadOnlyList<string> States { get => Filter.ValuesOf(FilterField.State); init => Filter = Filter.WithValues(FilterField.State, value); }
    /// <summary>Job types.</summary>
    public IReadOnlyList<string> Types { get => Filter.ValuesOf(FilterField.Type); init => Filter = Filter.WithValues(FilterField.Type, value); }
    /// <summary>Label expressions over the job's labels, ANDed: see <see cref="LabelExpression"/>.</summary>
    public IReadOnlyList<string> Labels { get => Filter.Labels; init => Filter = Filter.WithLabels(value); }
    /// <summary>Text in the name, id or namespace; case does not matter.</summary>
    public string Text { get => Filter.Text; init => Filter = Filter.WithText(value); }
    /// <summary>Sorted by.</summary>
    public JobSort Sort { get; init; }
    /// <summary>Descending instead of ascending.</summary>
    public bool Descending { get; init; }

    /// <summary>The same list without filters.</summary>
    public JobQuery Cleared => new() { Sort = Sort, Descending = Descending };

    /// <summary>Parses an address; unknown parts are ignored.</summary>
    public static JobQuery Parse(string url)
    {
        (string Key, string Value)[] pairs = [.. QueryText.OfAddress(url)];
        var (filter, odd) = InAddress.Read(pairs);
        var query = new JobQuery { Filter = filter, NotUnderstood = odd };
        foreach (var (key, value) in pairs)
            if (key == "sort" && Enum.TryParse<JobSort>(value.TrimStart('-'), ignoreCase: true, out var sort) && Enum.IsDefined(sort))
                query = query with { Sort = sort, Descending = value.StartsWith('-') };
        return query;
    }

    /// <summary>The address.</summary>
    public override string ToString() => InAddress.Of(Path, this, Sort != JobSort.Name || Descending ? $"sort={(Descending ? "-" : "")}{Sort.ToString().ToLowerInvariant()}" : "");

    /// <summary>The test of jobs for these filters.</summary>
    /// <param name="store">The fleet.</param>
    /// <param name="hasProblem">Whether an open problem concerns the job with an id.</param>
    public Func<Job, bool> Matcher(FleetStore store, Func<string, bool> hasProblem)
    {
        var matches = TermsOfJobs.Compile(Filter, store.Moment);
        return job => matches(new(job, store, hasProblem));
    }

    /// <summary>The matching jobs, sorted.</summary>
    public IReadOnlyList<Job> Of(FleetStore store, Func<string, bool> hasProblem)
    {
        var jobs = store.Jobs.Where(Matcher(store, hasProblem));
        return [.. Sort switch
        {
            JobSort.State => Ordered(jobs, j => (Urgency(j.State), j.State)),
            JobSort.Type => Ordered(jobs, j => j.Type, NaturalOrder.Instance),
            JobSort.Version => Ordered(jobs, j => j.Version),
            JobSort.Executions => Ordered(jobs, j => OpenExecutions(store.CountsOfJob(j.Id, ExecutionScope.Current))),
            JobSort.Updated => Ordered(jobs, j => j.UpdatedAt),
            _ => Descending ? jobs.Reverse() : jobs,
        }];
    }

    /// <summary>Executions that have not ended.</summary>
    public static int OpenExecutions(StateCounts counts) =>
        counts.Total - ExecutionState.All.Where(s => s.IsTerminal).Sum(s => counts[s.Known]);

    /// <summary>Equal when every part is.</summary>
    public bool Equals(JobQuery? other) => other is not null && Sort == other.Sort && Descending == other.Descending && HasFiltersOf(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sort, Descending, Filter);

    private static bool Has(string within, string text) => within.Contains(text, StringComparison.OrdinalIgnoreCase);

    // The store's list is sorted by name, and a stable sort keeps that order for equal values.
    private IEnumerable<Job> Ordered<TKey>(IEnumerable<Job> jobs, Func<Job, TKey> key, IComparer<TKey>? order = null) =>
        Descending ? jobs.OrderByDescending(key, order) : jobs.OrderBy(key, order);

    private static int Urgency(string state) => state switch
    {
        "failed" or "rollout_failed" => 0,
        "degraded" => 1,
        "rollout_paused" => 2,
        "deploying" or "pending" or "queued" => 3,
        "running" => 4,
        _ => 5,
    };
}
