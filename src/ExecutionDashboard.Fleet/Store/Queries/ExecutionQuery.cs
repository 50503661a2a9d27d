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
public sealed partial record ExecutionQuery : ListQuery
{
    private const string Current = "current", Replaced = "replaced", Drifting = "drifting";

    // Asked for by each toggle of a page.
    private (Filter Of, ExecutionState[] States)? _states;

    /// <summary>All executions, last changed first.</summary>
    public static ExecutionQuery All { get; } = new();

    /// <summary>Actual states.</summary>
    public IReadOnlyList<ExecutionState> States { get => KeptStates(); init => Filter = Filter.WithValues(FilterField.State, value.Select(s => s.Name)); }
    /// <summary>Desired states.</summary>
    public IReadOnlyList<ExecutionState> Desired { get => StatesOf(FilterField.Desired); init => Filter = Filter.WithValues(FilterField.Desired, value.Select(s => s.Name)); }
    /// <summary>Only current executions, or only those that were replaced.</summary>
    public ExecutionScope Scope
    {
        get => Filter.Is(Current) == true || Filter.Is(Replaced) == false ? ExecutionScope.Current : Filter.Is(Replaced) == true || Filter.Is(Current) == false ? ExecutionScope.Replaced : ExecutionScope.All;
        init => Filter = Filter.WithIs(value == ExecutionScope.Replaced ? Replaced : Current, value == ExecutionScope.All ? null : true, Current, Replaced);
    }
    /// <summary>Only those not in their desired state (<see cref="Execution.Drifts"/>), or only the others; null for all.</summary>
    public bool? Drift { get => Filter.Is(Drifting); init => Filter = Filter.WithIs(Drifting, value); }
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
    public IReadOnlyList<string> Labels { get => Filter.Labels; init => Filter = Filter.WithLabels(value); }
    /// <summary>Text in the id, message, job name, node name or node id; case does not matter. The first one, if there are several.</summary>
    public string Text { get => Filter.Text; init => Filter = Filter.WithText(value); }
    /// <summary>Created at or after.</summary>
    public DateTimeOffset? CreatedFrom { get => Filter.MomentOf(FilterField.Created, FilterTest.AtLeast); init => Filter = Filter.WithMoment(FilterField.Created, FilterTest.AtLeast, value); }
    /// <summary>Created before.</summary>
    public DateTimeOffset? CreatedTo { get => Filter.MomentOf(FilterField.Created, FilterTest.Below); init => Filter = Filter.WithMoment(FilterField.Created, FilterTest.Below, value); }
    /// <summary>Updated at or after.</summary>
    public DateTimeOffset? UpdatedFrom { get => Filter.MomentOf(FilterField.Changed, FilterTest.AtLeast); init => Filter = Filter.WithMoment(FilterField.Changed, FilterTest.AtLeast, value); }
    /// <summary>Updated before.</summary>
    public DateTimeOffset? UpdatedTo { get => Filter.MomentOf(FilterField.Changed, FilterTest.Below); init => Filter = Filter.WithMoment(FilterField.Changed, FilterTest.Below, value); }
    /// <summary>Sorted by.</summary>
    public ExecutionSort Sort { get; init; } = ExecutionSort.Updated;
    /// <summary>Ascending instead of descending.</summary>
    public bool Ascending { get; init; }

    /// <summary>The same list without filters.</summary>
    public ExecutionQuery Cleared => new() { Sort = Sort, Ascending = Ascending };

    /// <summary>Equal when every part is, lists by their entries in order.</summary>
    public bool Equals(ExecutionQuery? other) =>
        other is not null && Sort == other.Sort && Ascending == other.Ascending && HasFiltersOf(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sort, Ascending, Filter);

    /// <inheritdoc/>
    public override string ToString() => ToUrl();

    private ExecutionState[] KeptStates()
    {
        if (_states is { } kept && ReferenceEquals(kept.Of, Filter)) return kept.States;
        var states = StatesOf(FilterField.State);
        _states = (Filter, states);
        return states;
    }

    private ExecutionState[] StatesOf(FilterField field) => [.. Filter.ValuesOf(field).Select(ExecutionState.Parse)];
}
