using ExecutionDashboard.Fleet;
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

/// <summary>Filters and sort of the list of jobs, as its URL has them.</summary>
public sealed record JobQuery
{
    /// <summary>Address of the list.</summary>
    public const string Path = "jobs";

    /// <summary>States, as the server names them.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
    /// <summary>Job types.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
    /// <summary>Label expressions over the job's labels, ANDed: see <see cref="LabelExpression"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
    /// <summary>Text in the name, id or namespace; case does not matter.</summary>
    public string Text { get; init; } = "";
    /// <summary>Sorted by.</summary>
    public JobSort Sort { get; init; }
    /// <summary>Descending instead of ascending.</summary>
    public bool Descending { get; init; }

    /// <summary>Whether no filter is set; the sort does not count.</summary>
    public bool IsUnfiltered => States.Count + Types.Count + Labels.Count + Text.Length == 0;

    /// <summary>The same list without filters.</summary>
    public JobQuery Cleared => new() { Sort = Sort, Descending = Descending };

    /// <summary>Parses an address; unknown parts are ignored.</summary>
    public static JobQuery Parse(string url)
    {
        List<string> states = [], types = [], labels = [];
        var query = new JobQuery();
        foreach (var (key, value) in QueryText.OfAddress(url))
        {
            if (key == "state") states.Add(value);
            else if (key == "type") types.Add(value);
            else if (key == "label") labels.Add(value);
            else if (key == "q") query = query with { Text = value };
            else if (key == "sort" && Enum.TryParse<JobSort>(value.TrimStart('-'), ignoreCase: true, out var sort) && Enum.IsDefined(sort))
                query = query with { Sort = sort, Descending = value.StartsWith('-') };
        }
        return query with { States = states, Types = types, Labels = labels };
    }

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var parts = States.Select(s => "state=" + Uri.EscapeDataString(s))
            .Concat(Types.Select(t => "type=" + Uri.EscapeDataString(t)))
            .Concat(Labels.Select(l => "label=" + Uri.EscapeDataString(l)))
            .Concat(Text.Length > 0 ? ["q=" + Uri.EscapeDataString(Text)] : [])
            .Concat(Sort != JobSort.Name || Descending ? [$"sort={(Descending ? "-" : "")}{Sort.ToString().ToLowerInvariant()}"] : []);
        var query = string.Join('&', parts);
        return query.Length > 0 ? $"{Path}?{query}" : Path;
    }

    /// <summary>Whether a job matches. An expression that cannot be parsed matches nothing.</summary>
    public bool Matches(Job job) =>
        (States.Count == 0 || States.Contains(job.State))
        && (Types.Count == 0 || Types.Contains(job.Type))
        && (Text.Length == 0 || job.Name.Contains(Text, StringComparison.OrdinalIgnoreCase) || job.Id.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || job.Namespace.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && Labels.All(l => LabelExpression.TryParse(l, out var expression, out _) && expression.Matches(key => job.Labels.GetValueOrDefault(key)));

    /// <summary>The matching jobs, sorted.</summary>
    public IReadOnlyList<Job> Of(FleetStore store)
    {
        var jobs = store.Jobs.Where(Matches);
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

    /// <summary>Equal when every part is, lists by their entries.</summary>
    public bool Equals(JobQuery? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

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
