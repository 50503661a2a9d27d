using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>The filters of executions as chips and as text.</summary>
public static class ExecutionChips
{
    /// <summary>The chips of a query. States, drift and scope have toggles of their own and no chip, except for unknown states.</summary>
    public static IEnumerable<FilterChip> Of(ExecutionQuery query, FleetStore store) =>
        FilterChip.Of(query.Filter, query.NotUnderstood, FilterVocabulary.Executions, store, (condition, value) => HasToggle(condition, value, store));

    /// <summary>All filters of a query as text; empty without any.</summary>
    public static string Words(ExecutionQuery query, FleetStore store)
    {
        IEnumerable<string> toggles =
        [
            .. query.States.Select(s => s.Name),
            .. query.Scope == ExecutionScope.All ? [] : new[] { query.Scope.ToString().ToLowerInvariant() },
            .. query.Drift == true ? ["not in desired state"] : Array.Empty<string>(),
        ];
        return string.Join(", ", toggles.Concat(Of(query, store).Where(c => c.Field != "state" || c.Problem.Length == 0).Select(c => c.ToString())));
    }

    /// <summary>The query without what a chip is for.</summary>
    public static ExecutionQuery Without(ExecutionQuery query, FilterChip chip) =>
        chip.Odd is { } odd ? query with { NotUnderstood = [.. query.NotUnderstood.Where(p => p != odd)] } : query with { Filter = chip.Without };

    private static bool HasToggle(FilterCondition condition, FilterValue value, FleetStore store) => condition switch
    {
        { Field: FilterField.Is, Values.Count: 1, Value: "current" or "replaced" } => true,
        { Field: FilterField.Is, Values.Count: 1, Value: "drifting", Not: false } => true,
        { Field: FilterField.State, Not: false } => ExecutionState.Parse(value.Text) is var state
            && (state.Known != KnownExecutionState.Other || store.ExecutionCount == 0 || store.Count(new ExecutionQuery { States = [state] }) > 0),
        _ => false,
    };
}
