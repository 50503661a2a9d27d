using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Search box, state filters with counts, and chips for the other filters.</summary>
public sealed partial class ExecutionFilters
{
    private static readonly (ExecutionScope Scope, string Word, string Title)[] Scopes =
    [
        (ExecutionScope.All, "All", "Current and replaced executions"),
        (ExecutionScope.Current, "Current", "The newest execution of each job on each node"),
        (ExecutionScope.Replaced, "Replaced", "History: executions that another one replaced"),
    ];

    private readonly Dictionary<ExecutionScope, Func<Task>> _scopes = [];
    private StateStrip? _strip;

    /// <summary>What is filtered by.</summary>
    [Parameter, EditorRequired]
    public ExecutionQuery Query { get; set; } = ExecutionQuery.All;

    /// <summary>Counts by state for the query; null when unknown.</summary>
    [Parameter]
    public StateCounts? Counts { get; set; }

    /// <summary>Another query was selected.</summary>
    [Parameter]
    public EventCallback<ExecutionQuery> QueryChanged { get; set; }

    /// <summary>Another text was typed.</summary>
    [Parameter]
    public EventCallback<TypedText> OnTyped { get; set; }

    /// <summary>Whether the time of the last change can be chosen; not where the page has a range of its own.</summary>
    [Parameter]
    public bool HasTimes { get; set; } = true;

    [Inject]
    private Replica Replica { get; set; } = null!;

    /// <inheritdoc/>
    protected override object Shows => (Query, HasTimes, string.Join('\n', ExecutionFilterList.List.Chips(Query, Replica.Store).Select(chip => chip.Field + chip.Value + chip.Problem)));

    // Counts change several times a second, and are no reason to render the rest.
    /// <inheritdoc/>
    protected override void OnParametersSet() => _strip?.Count(Counts);

    private Func<Task> ScopeClick(ExecutionScope scope)
    {
        if (!_scopes.TryGetValue(scope, out var click)) _scopes[scope] = click = () => QueryChanged.InvokeAsync(Query with { Scope = scope });
        return click;
    }

    private Task Clear() => QueryChanged.InvokeAsync(Query.Cleared);
}
