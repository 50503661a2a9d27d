using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Filters;

/// <summary>A value that a list can be filtered by.</summary>
/// <param name="Value">The value.</param>
/// <param name="Hint">What it means; may be empty.</param>
/// <param name="Count">How many have it; null when that is not counted.</param>
public sealed record FilterChoice(string Value, string Hint = "", int? Count = null);

/// <summary>How a list shows its filters: the words of chips, the values that are suggested, and which conditions have a toggle instead of a chip.</summary>
/// <param name="vocabulary">The terms of the list.</param>
public sealed class FilterList(FilterVocabulary vocabulary)
{
    /// <summary>The terms of the list.</summary>
    public FilterVocabulary Vocabulary => vocabulary;

    /// <summary>All values of a field, for suggestions and to mark those that do not exist; null for fields whose values are those of the fleet.</summary>
    public Func<FilterField, FleetStore, IEnumerable<FilterChoice>?> Choices { get; init; } = (_, _) => null;

    /// <summary>Whether the list has a toggle for a value, and so no chip.</summary>
    public Func<FilterCondition, FilterValue, FleetStore, bool> HasToggle { get; init; } = (_, _, _) => false;

    /// <summary>The name of a field on chips; null for the name of its term.</summary>
    public Func<FilterField, string?> FieldName { get; init; } = _ => null;

    /// <summary>A value of a field in words; null for the value itself.</summary>
    public Func<FilterField, string, string?> ValueName { get; init; } = (_, _) => null;

    /// <summary>The chips of a query.</summary>
    public IEnumerable<FilterChip> Chips(ListQuery query, FleetStore store) => FilterChip.Of(query, this, store);

    /// <summary>All filters of a query as text, those with toggles first; empty without any.</summary>
    public string Words(ListQuery query, FleetStore store)
    {
        var toggles = query.Filter.SelectMany(condition => condition.Values.Where(value => HasToggle(condition, value, store)).Select(value => FilterChip.ToggleWord(condition, value, this, store)));
        return string.Join(", ", toggles.Concat(Chips(query, store).Select(chip => chip.ToString())));
    }
}
