using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Search box, state filters with counts, and chips for the other filters.</summary>
public sealed partial class ExecutionFilters
{
    // One piece of markup per state, shared by all viewers.
    private static readonly Dictionary<ExecutionState, MarkupString> Words = ExecutionState.All.ToDictionary(s => s, s => Markup.Of($"{Icon.Of(StateStyle.Icon(s))}<span>{s.Name}</span>"));

    private static readonly (ExecutionScope Scope, string Word, string Title)[] Scopes =
    [
        (ExecutionScope.All, "All", "Current and replaced executions"),
        (ExecutionScope.Current, "Current", "The newest execution of each job on each node"),
        (ExecutionScope.Replaced, "Replaced", "History: executions that another one replaced"),
    ];

    private readonly Dictionary<ExecutionState, Func<Task>> _toggles = [];
    private readonly Dictionary<ExecutionScope, Func<Task>> _scopes = [];

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

    private Task ToggleState(ExecutionState state) => QueryChanged.InvokeAsync(Query with
    {
        States = Query.States.Contains(state) ? [.. Query.States.Where(s => s != state)] : [.. Query.States, state],
    });

    // Created once per state, because a new handler is sent to the browser again.
    private Func<Task> ToggleClick(ExecutionState state)
    {
        if (!_toggles.TryGetValue(state, out var toggle)) _toggles[state] = toggle = () => ToggleState(state);
        return toggle;
    }

    private Func<Task> ScopeClick(ExecutionScope scope)
    {
        if (!_scopes.TryGetValue(scope, out var click)) _scopes[scope] = click = () => QueryChanged.InvokeAsync(Query with { Scope = scope });
        return click;
    }

    private Task ToggleDrift() => QueryChanged.InvokeAsync(Query with { Drift = Query.Drift == true ? null : true });

    private Task Clear() => QueryChanged.InvokeAsync(Query.Cleared);
}
