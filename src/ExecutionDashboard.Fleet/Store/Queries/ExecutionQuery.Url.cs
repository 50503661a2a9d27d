using System.Globalization;
using System.Text;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Store.Queries;

public sealed partial record ExecutionQuery
{
    // Values of one field have keys of their own; whatever else the language can say is in "filter".
    private static readonly (FilterField Field, FilterTest Test, string Key)[] Keys =
    [
        (FilterField.State, FilterTest.OneOf, "state"), (FilterField.Desired, FilterTest.OneOf, "desired"), (FilterField.Is, FilterTest.OneOf, "of"),
        (FilterField.Is, FilterTest.OneOf, "drift"), (FilterField.Job, FilterTest.OneOf, "job"), (FilterField.Version, FilterTest.OneOf, "version"),
        (FilterField.Node, FilterTest.OneOf, "node"), (FilterField.Deployment, FilterTest.OneOf, "deployment"), (FilterField.Namespace, FilterTest.OneOf, "namespace"),
        (FilterField.Type, FilterTest.OneOf, "type"), (FilterField.Label, FilterTest.OneOf, "label"), (FilterField.Text, FilterTest.OneOf, "q"),
        (FilterField.Created, FilterTest.AtLeast, "created_from"), (FilterField.Created, FilterTest.Below, "created_to"),
        (FilterField.Changed, FilterTest.AtLeast, "updated_from"), (FilterField.Changed, FilterTest.Below, "updated_to"),
    ];

    /// <summary>Reads a query from the query string of a URL (with or without <c>?</c>). Unknown parts are ignored; never fails.</summary>
    /// <remarks>
    /// A list repeats its key (<c>state=failed&amp;state=lost</c>); an empty value matches the empty text (<c>node=</c> are the executions without a
    /// node). <c>filter</c> has terms of the filter language. Sort is <c>sort=node</c> ascending, <c>sort=-node</c> descending.
    /// </remarks>
    public static ExecutionQuery Parse(string? queryString)
    {
        if (string.IsNullOrEmpty(queryString)) return All;
        List<FilterCondition> conditions = [];
        List<QueryPair> odd = [];
        var query = new ExecutionQuery();
        foreach (var (key, value) in QueryText.Pairs(queryString))
        {
            if (key == QueryFilters.Key)
            {
                var (filter, problems) = QueryFilters.Read(value, FilterVocabulary.Executions);
                conditions.AddRange(filter);
                odd.AddRange(problems);
            }
            else if (key == "sort") query = query.SortedBy(value);
            else if (Array.Find(Keys, k => k.Key == key) is { Key: not null } known)
            {
                if (ReadValue(known, value) is { } condition) conditions.Add(condition);
                else if (key != "q") odd.Add(new(key, value));
            }
        }
        return query with { Filter = Filter.Of(conditions), NotUnderstood = odd };
    }

    /// <summary>The query string without <c>?</c>, in a fixed order; empty for <see cref="All"/>. <see cref="Parse"/> reads it.</summary>
    public string ToUrl()
    {
        var url = new StringBuilder();
        List<FilterCondition> others = [];
        foreach (var condition in Filter)
        {
            if (KeyOf(condition) is not { } key) others.Add(condition);
            else if (FilterCondition.IsTime(condition.Field))
                // A colon is legal in a query string, and times are easier to read with it.
                QueryText.AppendRaw(url, key, condition.Value);
            else if (key == "drift") QueryText.Append(url, key, condition.Not ? "no" : "yes");
            else
                foreach (var value in condition.Values) QueryText.Append(url, key, value.Text);
        }
        QueryFilters.Append(url, others);
        foreach (var (key, value) in NotUnderstood) QueryText.Append(url, key, value);
        if (Sort != ExecutionSort.Updated || Ascending) QueryText.Append(url, "sort", (Ascending ? "" : "-") + Sort.ToString().ToLowerInvariant());
        return url.ToString();
    }

    private static string? KeyOf(FilterCondition condition)
    {
        if (condition.IsRelative || condition.Values.Any(v => v.IsPattern)) return null;
        if (condition.Field == FilterField.Is) return condition.Values.Count > 1 ? null : condition.Value == Drifting ? "drift" : condition is { Not: false, Value: Current or Replaced } ? "of" : null;
        return condition.Not ? null : Array.Find(Keys, k => k.Field == condition.Field && k.Test == condition.Test).Key;
    }

    private static FilterCondition? ReadValue((FilterField Field, FilterTest Test, string Key) key, string value) => key.Key switch
    {
        "state" or "desired" => FilterCondition.Of(key.Field, ExecutionState.Parse(value).Name),
        "of" => value is Current or Replaced ? FilterCondition.Of(FilterField.Is, value) : null,
        "drift" => value is "yes" or "no" ? FilterCondition.Of(FilterField.Is, Drifting, value == "no") : null,
        "version" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var version) ? FilterCondition.Of(key.Field, version.ToString(CultureInfo.InvariantCulture)) : null,
        "q" => value.Length > 0 ? FilterCondition.Of(key.Field, value) : null,
        _ when FilterCondition.IsTime(key.Field) => ReadTime(value) is { } time ? new(key.Field, [FilterTime.Text(time)], key.Test) : null,
        _ => FilterCondition.Of(key.Field, value),
    };

    private ExecutionQuery SortedBy(string value)
    {
        var descending = value.StartsWith('-');
        var name = descending ? value[1..] : value;
        foreach (var sort in Enum.GetValues<ExecutionSort>())
            if (name.Equals(sort.ToString(), StringComparison.OrdinalIgnoreCase)) return this with { Sort = sort, Ascending = !descending };
        return this;
    }

    private static DateTimeOffset? ReadTime(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;
}
