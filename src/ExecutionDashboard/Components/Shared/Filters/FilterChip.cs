using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Shared.Filters;

/// <summary>A chip for a condition that is set, one for each of its values.</summary>
/// <param name="Field">The filtered field.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Without">The filter without it.</param>
/// <param name="Problem">Why it cannot be parsed, or meets nothing; empty when it can.</param>
/// <param name="Odd">The part of the address that cannot be parsed; null for a condition.</param>
public sealed record FilterChip(string Field, string Value, Filter Without, string Problem = "", QueryPair? Odd = null)
{
    /// <summary>A time that is shown instead of <see cref="Value"/> in the page's zone; null for other values.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>Whether it filters nothing.</summary>
    public bool IsOdd => Odd is not null;

    /// <summary>What is wrong with it, in a word; empty when nothing is.</summary>
    public string Mark => Problem.Length == 0 ? "" : IsUnknown ? "not found" : "not understood";

    private bool IsUnknown { get; init; }

    /// <summary>The chips of a query: one for each value, apart from those with a toggle.</summary>
    internal static IEnumerable<FilterChip> Of(ListQuery query, FilterList list, FleetStore store)
    {
        foreach (var pair in query.NotUnderstood)
            yield return new(pair.Key.Replace('_', ' '), pair.Value, query.Filter, ReasonOf(pair, list.Vocabulary), pair);
        foreach (var condition in query.Filter)
            foreach (var value in condition.Values)
                if (!list.HasToggle(condition, value, store)) yield return Of(condition, value, query.Filter, list, store);
    }

    /// <summary>What the toggle of a value says.</summary>
    internal static string ToggleWord(FilterCondition condition, FilterValue value, FilterList list, FleetStore store) =>
        condition is { Field: FilterField.Is, Value: "drifting" } ? "not in desired state" : (condition.Not ? "not " : "") + ValueOf(condition, value, list, store);

    /// <summary>The query without what the chip is for.</summary>
    public TQuery RemoveFrom<TQuery>(TQuery query) where TQuery : ListQuery => Odd is { } odd ? query.Without(odd) : query with { Filter = Without };

    /// <summary>The chip as text, for example <c>job is not sync</c>.</summary>
    public override string ToString() => Field == "label" ? Value : $"{Field} {Value}";

    private static FilterChip Of(FilterCondition condition, FilterValue value, Filter filter, FilterList list, FleetStore store)
    {
        var (problem, isUnknown) = ProblemOf(condition, value, list, store);
        var chip = new FilterChip(FieldOf(condition, list), ValueOf(condition, value, list, store), filter.Without(condition, value), problem) { IsUnknown = isUnknown };
        return FilterCondition.IsTime(condition.Field) && FilterTime.TryMoment(value.Text, out var time) ? chip with { Time = time } : chip;
    }

    private static string FieldOf(FilterCondition condition, FilterList list)
    {
        var name = condition.Field switch
        {
            FilterField.System => "system",
            FilterField.Architecture => "architecture",
            FilterField.For => list.FieldName(FilterField.For) ?? "in its state",
            FilterField.Changed when !condition.IsRelative => "updated",
            FilterField.Heartbeat => "last heartbeat",
            FilterField.Is when condition.Value == "drifting" => "not in desired state",
            FilterField.Text => "text",
            var field => list.FieldName(field) ?? list.Vocabulary.Of(field)?.Name ?? field.ToString().ToLowerInvariant(),
        };
        if (condition.Field is FilterField.Is) return condition.Value == "drifting" ? name : condition.Not ? "is not" : "is";
        if (condition.Field is FilterField.Has) return condition.Not ? "has no" : "has";
        if (condition.Not) return condition.Field is FilterField.Text or FilterField.Message ? $"{name} without" : $"{name} is not";
        if (condition.IsRelative || !FilterCondition.IsTime(condition.Field)) return name;
        return name + condition.Test switch { FilterTest.AtLeast => " from", FilterTest.Below => " before", FilterTest.AtMost => " until", _ => " after" };
    }

    private static string ValueOf(FilterCondition condition, FilterValue value, FilterList list, FleetStore store)
    {
        if (FilterTime.TryMoment(value.Text, out var time) && FilterCondition.IsTime(condition.Field)) return time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
        if (condition.IsRelative && FilterTime.TrySpan(value.Text, out var span))
        {
            var words = condition.Test switch { FilterTest.Below => "less than ", FilterTest.AtMost => "at most ", FilterTest.Above => "more than ", _ => "at least " } + Format.Span(span);
            return condition.Field == FilterField.For ? "for " + words : words + " ago";
        }
        if (condition.Test != FilterTest.OneOf) return (condition.Test switch { FilterTest.Below => "< ", FilterTest.AtMost => "≤ ", FilterTest.Above => "> ", _ => "≥ " }) + value.Text;
        if (value.IsPattern) return value.Text.Replace("\\*", "*", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        if (list.ValueName(condition.Field, value.Text) is { } named) return named;
        return condition.Field switch
        {
            FilterField.Job => store.FindJob(value.Text)?.DisplayName ?? value.Text,
            FilterField.Node => value.Text.Length == 0 ? "not placed" : store.FindNode(value.Text)?.DisplayName ?? value.Text,
            FilterField.Is when condition.Value == "drifting" => condition.Not ? "no" : "yes",
            FilterField.Label => Masked.Text(value.Text),
            FilterField.System or FilterField.Architecture or FilterField.Agent when value.Text.Length == 0 => "not sent",
            FilterField.State or FilterField.Desired when value.Text.Length == 0 => "none",
            _ => value.Text,
        };
    }

    private static (string Problem, bool IsUnknown) ProblemOf(FilterCondition condition, FilterValue value, FilterList list, FleetStore store)
    {
        if (condition.Field == FilterField.Label) return (LabelExpression.TryParse(value.Text, out _, out var problem) ? "" : problem, false);
        if (condition.Field is FilterField.Job or FilterField.Node)
            return store.ExecutionCount + store.NodeCount > 0 && !store.Knows(condition.Field, value) ? ($"No {(condition.Field == FilterField.Job ? "job" : "node")} has this name or id.", true) : ("", false);
        if (condition.Test != FilterTest.OneOf || value.IsPattern) return ("", false);
        if (list.Choices(condition.Field, store) is { } choices)
        {
            FilterChoice[] all = [.. choices];
            return all.Length > 0 && !Array.Exists(all, c => c.Value.Equals(value.Text, StringComparison.OrdinalIgnoreCase))
                ? ($"None of the {list.Vocabulary.Thing} has this {FieldOf(condition, list)}.", false) : ("", false);
        }
        return (condition.Field is FilterField.State or FilterField.Desired && IsUnknownState(condition.Field, value.Text, store) ? "The dashboard does not know this state, and no execution is in it." : "", false);
    }

    // Servers may have other states, so one is unknown only if no execution has it.
    private static bool IsUnknownState(FilterField field, string state, FleetStore store) =>
        ExecutionState.Parse(state) is { Known: KnownExecutionState.Other, IsNone: false } && store.ExecutionCount > 0
        && store.Count(new ExecutionQuery { Filter = Filter.Of([FilterCondition.Of(field, state)]) }) == 0;

    private static string ReasonOf(QueryPair pair, FilterVocabulary vocabulary) =>
        (pair.Key == "filter" && FilterParser.Parse(pair.Value, vocabulary).Problems is [var problem, ..] ? problem.Reason : "This value cannot be read.") + " It filters nothing.";
}
