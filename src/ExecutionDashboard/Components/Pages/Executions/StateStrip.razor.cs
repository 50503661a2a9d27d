using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The state filters of a list of executions, with their counts.</summary>
public sealed partial class StateStrip
{
    // One piece of markup per state, shared by all viewers.
    private static readonly Dictionary<ExecutionState, MarkupString> Words = ExecutionState.All.ToDictionary(s => s, s => Markup.Of($"{Icon.Of(StateStyle.Icon(s))}<span>{s.Name}</span>"));

    private static readonly Dictionary<ExecutionState, (string Off, string On)> Classes = ExecutionState.All.ToDictionary(s => s, s => ($"state-toggle {StateStyle.Class(s)}", $"state-toggle {StateStyle.Class(s)} on"));

    private readonly Dictionary<ExecutionState, Func<Task>> _toggles = [];
    private StateCounts? _counts;

    /// <summary>What is filtered by.</summary>
    [Parameter, EditorRequired]
    public ExecutionQuery Query { get; set; } = ExecutionQuery.All;

    /// <summary>Counts by state for the query; null when unknown.</summary>
    [Parameter, EditorRequired]
    public StateCounts? Counts { get; set; }

    /// <summary>Another query was selected.</summary>
    [Parameter]
    public EventCallback<ExecutionQuery> QueryChanged { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    /// <inheritdoc/>
    protected override object Shows => (Query, _counts, Replica.Freshness.IsLoaded, Replica.Store.Counts(ExecutionScope.All).Other.Count);

    /// <inheritdoc/>
    protected override void OnParametersSet() => _counts = Counts;

    /// <summary>Shows other counts.</summary>
    public void Count(StateCounts? counts)
    {
        _counts = counts;
        StateHasChanged();
    }

    private static string ClassOf(ExecutionState state, bool on) => on ? Classes[state].On : Classes[state].Off;

    private MarkupString CountOf(int? count) => count is { } number ? new($" <b>{Format.Count(number, Replica.Freshness.IsLoaded)}</b>") : Markup.None;

    // Created once per state, because a new handler is sent to the browser again.
    private Func<Task> ToggleClick(ExecutionState state)
    {
        if (!_toggles.TryGetValue(state, out var toggle)) _toggles[state] = toggle = () => ToggleState(state);
        return toggle;
    }

    private Task ToggleState(ExecutionState state) => QueryChanged.InvokeAsync(Query with
    {
        States = Query.States.Contains(state) ? [.. Query.States.Where(s => s != state)] : [.. Query.States, state],
    });

    private Task ToggleDrift() => QueryChanged.InvokeAsync(Query with { Drift = Query.Drift == true ? null : true });
}
