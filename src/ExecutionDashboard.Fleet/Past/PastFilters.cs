using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Past;

/// <summary>What filters can tell of a moment of the past: not what the change log does not have, and some only by what is known now.</summary>
public static class PastFilters
{
    /// <summary>Whether the log has what a term is about at all.</summary>
    public static bool IsRecorded(FilterField field) => field is not (FilterField.Load or FilterField.Heartbeat);

    /// <summary>What conditions cannot tell of a moment, as sentences; empty when they tell all.</summary>
    /// <param name="filter">The conditions.</param>
    /// <param name="hasFacts">Whether the log has labels, names and versions of the moment: see <see cref="PastMoment.HasFacts"/>.</param>
    public static string Words(IEnumerable<FilterCondition> filter, bool hasFacts)
    {
        var conditions = filter.ToList();
        var not = Names(conditions.Where(c => IsUnknown(c) || (!hasFacts && HasValue(c, "failure"))));
        var asNow = hasFacts ? "" : Names(conditions.Where(IsFact));
        return string.Join(' ', new[]
        {
            not.Length > 0 ? $"Not recorded of the past: {not}. What is listed does not tell what there was." : "", asNow.Length > 0 ? $"As now, not as of this moment: {asNow}." : "",
        }.Where(said => said.Length > 0));
    }

    private static bool IsUnknown(FilterCondition condition) => !IsRecorded(condition.Field)
        || (condition.Field == FilterField.Connection && condition.Values.Any(value => value.Text.Equals(FleetStore.StaleConnection, StringComparison.OrdinalIgnoreCase))) || HasValue(condition, "heartbeat");

    private static bool IsFact(FilterCondition condition) =>
        condition.Field is FilterField.Label or FilterField.Agent or FilterField.System or FilterField.Architecture or FilterField.Strategy || HasValue(condition, "agent") || HasValue(condition, "canary");

    private static bool HasValue(FilterCondition condition, string word) => condition.Field == FilterField.Has && condition.Values.Any(value => value.Text.Equals(word, StringComparison.OrdinalIgnoreCase));

    private static string Names(IEnumerable<FilterCondition> conditions) => string.Join(", ", conditions.Select(c => c.ToString()));
}
