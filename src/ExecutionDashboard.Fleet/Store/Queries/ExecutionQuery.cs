using System.Globalization;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>Columns that a list of executions can be sorted by.</summary>
public enum ExecutionSort
{
    /// <summary>Last change by the server's clock (default, newest first).</summary>
    Updated,
    /// <summary>Creation.</summary>
    Created,
    /// <summary>State, in the order an execution passes through them.</summary>
    State,
    /// <summary>Desired state.</summary>
    Desired,
    /// <summary>Id.</summary>
    Id,
    /// <summary>Job name, then version.</summary>
    Job,
    /// <summary>Job version.</summary>
    Version,
    /// <summary>Node name.</summary>
    Node,
    /// <summary>Deployment id.</summary>
    Deployment,
    /// <summary>Namespace.</summary>
    Namespace,
    /// <summary>Job type.</summary>
    Type,
    /// <summary>Message of the actual state.</summary>
    Message,
    /// <summary>Revision.</summary>
    Revision,
}

/// <summary>
/// Filters and sort of a list of executions. It is a value: <see cref="Parse"/> and <see cref="ToUrl"/> round-trip it. The properties that name one field read and
/// replace the conditions of <see cref="Filter"/> that the address has a key of its own for.
/// </summary>
public sealed partial record ExecutionQuery
{
    private const string Current = "current", Replaced = "replaced", Drifting = "drifting";

    private ExecutionState[]? _states;

    /// <summary>All executions, last changed first.</summary>
    public static ExecutionQuery All { get; } = new();

    /// <summary>The conditions, all of which must be met.</summary>
    public Filter Filter
    {
        get;
        init => (field, _states) = (value, null);
    } = Filter.None;

    /// <summary>Actual states.</summary>
    public IReadOnlyList<ExecutionState> States { get => _states ??= StatesOf(FilterField.State); init => Filter = Filter.WithValues(FilterField.State, value.Select(s => s.Name)); }
    /// <summary>Desired states.</summary>
    public IReadOnlyList<ExecutionState> Desired { get => StatesOf(FilterField.Desired); init => Filter = Filter.WithValues(FilterField.Desired, value.Select(s => s.Name)); }
    /// <summary>Only current executions, or only those that were replaced.</summary>
    public ExecutionScope Scope
    {
        get => Is(Current) == true || Is(Replaced) == false ? ExecutionScope.Current : Is(Replaced) == true || Is(Current) == false ? ExecutionScope.Replaced : ExecutionScope.All;
        init => Filter = WithIs(value switch { ExecutionScope.Current => Current, ExecutionScope.Replaced => Replaced, _ => null }, not: false, Current, Replaced);
    }
    /// <summary>Only those not in their desired state (<see cref="Execution.Drifts"/>), or only the others; null for all.</summary>
    public bool? Drift { get => Is(Drifting); init => Filter = WithIs(value is null ? null : Drifting, not: value == false, Drifting); }
    /// <summary>Job ids or names.</summary>
    public IReadOnlyList<string> Jobs { get => Filter.ValuesOf(FilterField.Job); init => Filter = Filter.WithValues(FilterField.Job, value); }
    /// <summary>Job versions.</summary>
    public IReadOnlyList<int> Versions
    {
        get => [.. Filter.ValuesOf(FilterField.Version).Select(v => int.Parse(v, CultureInfo.InvariantCulture))];
        init => Filter = Filter.WithValues(FilterField.Version, value.Select(v => v.ToString(CultureInfo.InvariantCulture)));
    }
    /// <summary>Node ids or names.</summary>
    public IReadOnlyList<string> Nodes { get => Filter.ValuesOf(FilterField.Node); init => Filter = Filter.WithValues(FilterField.Node, value); }
    /// <summary>Deployment ids. In the rollout generation <see cref="Deployment.IdOf"/>, which matches by job and version.</summary>
    public IReadOnlyList<string> Deployments { get => Filter.ValuesOf(FilterField.Deployment); init => Filter = Filter.WithValues(FilterField.Deployment, value); }
    /// <summary>Namespaces.</summary>
    public IReadOnlyList<string> Namespaces { get => Filter.ValuesOf(FilterField.Namespace); init => Filter = Filter.WithValues(FilterField.Namespace, value); }
    /// <summary>Job types.</summary>
    public IReadOnlyList<string> Types { get => Filter.ValuesOf(FilterField.Type); init => Filter = Filter.WithValues(FilterField.Type, value); }
    /// <summary>Label expressions over the labels of node and job (the node's take precedence), ANDed: see <see cref="LabelExpression"/>.</summary>
    public IReadOnlyList<string> Labels
    {
        get => [.. Filter.Where(c => c.Field == FilterField.Label).Select(c => c.Value)];
        init => Filter = Filter.Of(Filter.Where(c => c.Field != FilterField.Label).Concat(value.Select(v => FilterCondition.Of(FilterField.Label, v))));
    }
    /// <summary>Text in the id, message, job name, node name or node id; case does not matter. The first one, if there are several.</summary>
    public string Text
    {
        get => Filter.FirstOrDefault(c => c is { Field: FilterField.Text, Not: false })?.Value ?? "";
        init => Filter = Filter.Of(Filter.Where(c => c.Field != FilterField.Text || c.Not).Concat(value.Length > 0 ? [FilterCondition.Of(FilterField.Text, value)] : []));
    }
    /// <summary>Created at or after.</summary>
    public DateTimeOffset? CreatedFrom { get => Filter.MomentOf(FilterField.Created, FilterTest.AtLeast); init => Filter = Filter.WithMoment(FilterField.Created, FilterTest.AtLeast, value); }
    /// <summary>Created before.</summary>
    public DateTimeOffset? CreatedTo { get => Filter.MomentOf(FilterField.Created, FilterTest.Below); init => Filter = Filter.WithMoment(FilterField.Created, FilterTest.Below, value); }
    /// <summary>Updated at or after.</summary>
    public DateTimeOffset? UpdatedFrom { get => Filter.MomentOf(FilterField.Changed, FilterTest.AtLeast); init => Filter = Filter.WithMoment(FilterField.Changed, FilterTest.AtLeast, value); }
    /// <summary>Updated before.</summary>
    public DateTimeOffset? UpdatedTo { get => Filter.MomentOf(FilterField.Changed, FilterTest.Below); init => Filter = Filter.WithMoment(FilterField.Changed, FilterTest.Below, value); }
    /// <summary>Filters of the address that cannot be parsed. They match all executions and are shown.</summary>
    public IReadOnlyList<QueryPair> NotUnderstood { get; init; } = [];
    /// <summary>Sorted by.</summary>
    public ExecutionSort Sort { get; init; } = ExecutionSort.Updated;
    /// <summary>Ascending instead of descending.</summary>
    public bool Ascending { get; init; }

    /// <summary>Whether no filter is set; the sort does not count.</summary>
    public bool IsUnfiltered => Filter.Count == 0;

    /// <summary>The same list without filters.</summary>
    public ExecutionQuery Cleared => new() { Sort = Sort, Ascending = Ascending };

    /// <summary>The filters as a text of the filter language, those that cannot be read included.</summary>
    public string Terms => QueryFilters.Text(Filter, NotUnderstood);

    /// <summary>The same list with the filters of a text. Parts that cannot be read are in <see cref="NotUnderstood"/>.</summary>
    public ExecutionQuery WithTerms(string text)
    {
        var (filter, odd) = QueryFilters.Read(text, FilterVocabulary.Executions);
        return this with { Filter = filter, NotUnderstood = odd };
    }

    /// <summary>Equal when every part is, lists by their entries in order.</summary>
    public bool Equals(ExecutionQuery? other) =>
        other is not null && Sort == other.Sort && Ascending == other.Ascending && Filter.Equals(other.Filter) && NotUnderstood.SequenceEqual(other.NotUnderstood);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sort, Ascending, Filter);

    /// <inheritdoc/>
    public override string ToString() => ToUrl();

    private ExecutionState[] StatesOf(FilterField field) => [.. Filter.ValuesOf(field).Select(ExecutionState.Parse)];

    // Null when the filter does not say.
    private bool? Is(string word)
    {
        foreach (var condition in Filter)
            if (condition.Field == FilterField.Is && condition.Values.Count == 1 && condition.Value == word) return !condition.Not;
        return null;
    }

    private Filter WithIs(string? word, bool not, params string[] replaced)
    {
        var others = Filter.Where(c => c.Field != FilterField.Is || c.Values.Count > 1 || !replaced.Contains(c.Value));
        return Filter.Of(word is null ? others : others.Append(FilterCondition.Of(FilterField.Is, word, not)));
    }
}
