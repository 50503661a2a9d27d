using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Filters;

/// <summary>What an entity has in a field that names things: their ids and names, and the ids that exist.</summary>
internal sealed record NaiveNames(IEnumerable<(string Id, string Name)> Own, IReadOnlySet<string> Known);

/// <summary>The filter language as its documentation says it, condition by condition, over what an entity has in each field.</summary>
internal static class NaiveFilter
{
    /// <summary>Whether an entity meets all conditions.</summary>
    /// <param name="filter">The conditions.</param>
    /// <param name="now">The time of the data.</param>
    /// <param name="has">What the entity has in a field, or for a word or a text; an answer of yes or no for those.</param>
    public static bool Meets(Filter filter, DateTimeOffset now, Func<FilterField, string, object?> has) =>
        filter.All(c => c.Values.Any(v => Meets(c, v, now, has(c.Field, v.Text))) != c.Not);

    private static bool Meets(FilterCondition condition, FilterValue value, DateTimeOffset now, object? has) => has switch
    {
        null => false,
        bool yes => yes,
        int number => Compares(number.CompareTo(int.Parse(value.Text, CultureInfo.InvariantCulture)), condition.Test),
        DateTimeOffset time when FilterTime.TrySpan(value.Text, out var span) => Compares((now - time).CompareTo(span), condition.Test),
        DateTimeOffset time => Compares(time.CompareTo(DateTimeOffset.Parse(value.Text, CultureInfo.InvariantCulture)), condition.Test),
        string version when condition.Test != FilterTest.OneOf => version.Length > 0 && Compares(AgentVersions.Compare(version, value.Text), condition.Test),
        string text when condition.Field == FilterField.Message => text.Contains(value.Text, StringComparison.OrdinalIgnoreCase),
        string text => Is(value, text),
        ExecutionState state => state == (value.Text == "none" ? default : ExecutionState.Parse(value.Text)),
        NaiveNames names => names.Own.Any(n => value.IsPattern ? Is(value, n.Name) || Is(value, n.Id) : names.Known.Contains(value.Text) ? n.Id == value.Text : n.Id.Length > 0 && Is(value, n.Name)),
        IEnumerable<IReadOnlyDictionary<string, string>> labels => LabelExpression.TryParse(value.Text, out var expression, out _) && labels.Any(set => expression.Matches(key => set.GetValueOrDefault(key))),
        _ => throw new InvalidOperationException($"No rule for {has}."),
    };

    private static bool Compares(int order, FilterTest test) =>
        test switch { FilterTest.OneOf => order == 0, FilterTest.Below => order < 0, FilterTest.AtMost => order <= 0, FilterTest.Above => order > 0, _ => order >= 0 };

    private static bool Is(FilterValue value, string text) => value.IsPattern
        ? Regex.IsMatch(text, "^" + Regex.Escape(value.Text).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)
        : text.Equals(value.Text, StringComparison.OrdinalIgnoreCase);
}
