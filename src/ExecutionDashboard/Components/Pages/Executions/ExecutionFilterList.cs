using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The filters of executions, as the list and the timeline show them.</summary>
public static class ExecutionFilterList
{
    /// <summary>States, drift and scope have toggles of their own and no chip, except for unknown states.</summary>
    public static FilterList List { get; } = new(FilterVocabulary.Executions) { HasToggle = HasToggle };

    private static bool HasToggle(FilterCondition condition, FilterValue value, FleetStore store) => condition switch
    {
        { Field: FilterField.Is, Values.Count: 1, Value: "current" or "replaced" } => true,
        { Field: FilterField.Is, Values.Count: 1, Value: "drifting", Not: false } => true,
        { Field: FilterField.State, Not: false } => ExecutionState.Parse(value.Text) is var state
            && (state.Known != KnownExecutionState.Other || store.ExecutionCount == 0 || store.Count(new ExecutionQuery { States = [state] }) > 0),
        _ => false,
    };
}
