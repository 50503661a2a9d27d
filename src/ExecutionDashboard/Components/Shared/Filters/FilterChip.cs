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

    /// <summary>The chips of a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="odd">The parts of the address that cannot be parsed.</param>
    /// <param name="vocabulary">The terms of the list.</param>
    /// <param name="store">Names of jobs and nodes.</param>
    /// <param name="hasToggle">Whether the list has a toggle for a value, and so no chip.</param>
    public static IEnumerable<FilterChip> Of(Filter filter, IReadOnlyList<QueryPair> odd, FilterVocabulary vocabulary, FleetStore store, Func<FilterCondition, FilterValue, bool> hasToggle)
    {
        foreach (var pair in odd)
            yield return new(pair.Key.Replace('_', ' '), pair.Value, filter, ReasonOf(pair, vocabulary), pair);
        foreach (var condition in filter)
            foreach (var value in condition.Values)
                if (!hasToggle(condition, value)) yield return Of(condition, value, filter, store);
    }

    /// <summary>The chip as text, for example <c>job is not sync</c>.</summary>
    public override string ToString() => Field == "label" ? Value : $"{Field} {Value}";

    private static FilterChip Of(FilterCondition condition, FilterValue value, Filter filter, FleetStore store)
    {
        var chip = new FilterChip(FieldOf(condition), ValueOf(condition, value, store), filter.Without(condition, value), ProblemOf(condition, value, store));
        return FilterCondition.IsTime(condition.Field) && FilterTime.TryMoment(value.Text, out var time) ? chip with { Time = time } : chip;
    }

    private static string FieldOf(FilterCondition condition)
    {
        var name = condition.Field switch
        {
            FilterField.System => "system",
            FilterField.Architecture => "architecture",
            FilterField.For => "in its state",
            FilterField.Changed when !condition.IsRelative => "updated",
            FilterField.Is when condition.Value == "drifting" => "not in desired state",
            FilterField.Text => "text",
            var field => FilterVocabulary.Executions.Of(field)?.Name ?? field.ToString().ToLowerInvariant(),
        };
        if (condition.Field is FilterField.Is) return condition.Value == "drifting" ? name : condition.Not ? "is not" : "is";
        if (condition.Field is FilterField.Has) return condition.Not ? "has no" : "has";
        if (condition.Not) return condition.Field is FilterField.Text or FilterField.Message ? $"{name} without" : $"{name} is not";
        if (condition.IsRelative || !FilterCondition.IsTime(condition.Field)) return name;
        return name + condition.Test switch { FilterTest.AtLeast => " from", FilterTest.Below => " before", FilterTest.AtMost => " until", _ => " after" };
    }

    private static string ValueOf(FilterCondition condition, FilterValue value, FleetStore store)
    {
        if (FilterTime.TryMoment(value.Text, out var time) && FilterCondition.IsTime(condition.Field)) return time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
        if (condition.IsRelative && FilterTime.TrySpan(value.Text, out var span))
        {
            var words = condition.Test switch { FilterTest.Below => "less than ", FilterTest.AtMost => "at most ", FilterTest.Above => "more than ", _ => "at least " } + Format.Span(span);
            return condition.Field == FilterField.For ? "for " + words : words + " ago";
        }
        if (condition.Test != FilterTest.OneOf) return (condition.Test switch { FilterTest.Below => "< ", FilterTest.AtMost => "≤ ", FilterTest.Above => "> ", _ => "≥ " }) + value.Text;
        if (value.IsPattern) return value.Text.Replace("\\*", "*", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
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

    private static string ProblemOf(FilterCondition condition, FilterValue value, FleetStore store) => condition.Field switch
    {
        FilterField.Label => LabelExpression.TryParse(value.Text, out _, out var problem) ? "" : problem,
        FilterField.Job or FilterField.Node when store.ExecutionCount > 0 && !store.Knows(condition.Field, value) => $"No {(condition.Field == FilterField.Job ? "job" : "node")} has this name or id.",
        FilterField.State or FilterField.Desired => IsUnknown(condition.Field, value.Text, store) ? "The dashboard does not know this state, and no execution is in it." : "",
        _ => "",
    };

    // Servers may have other states, so one is unknown only if no execution has it.
    private static bool IsUnknown(FilterField field, string state, FleetStore store) =>
        ExecutionState.Parse(state) is { Known: KnownExecutionState.Other, IsNone: false } && store.ExecutionCount > 0
        && store.Count(new ExecutionQuery { Filter = Filter.Of([FilterCondition.Of(field, state)]) }) == 0;

    private static string ReasonOf(QueryPair pair, FilterVocabulary vocabulary) =>
        (pair.Key == "filter" && FilterParser.Parse(pair.Value, vocabulary).Problems is [var problem, ..] ? problem.Reason : "This value cannot be read.") + " It filters nothing.";
}
