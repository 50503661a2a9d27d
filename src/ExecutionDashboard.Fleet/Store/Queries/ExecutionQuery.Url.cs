using System.Text;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Fleet.Store.Queries;

public sealed partial record ExecutionQuery
{
    private static readonly FilterAddress InAddress = new(
        FilterVocabulary.Executions,
        new("state", FilterField.State), new("desired", FilterField.Desired), new("of", FilterField.Is) { Words = [(Current, Current, false), (Replaced, Replaced, false)] },
        new("drift", FilterField.Is) { Words = [("yes", Drifting, false), ("no", Drifting, true)] },
        new("job", FilterField.Job), new("version", FilterField.Version), new("node", FilterField.Node), new("deployment", FilterField.Deployment),
        new("namespace", FilterField.Namespace), new("type", FilterField.Type), new("label", FilterField.Label), new("q", FilterField.Text),
        new("created_from", FilterField.Created, FilterTest.AtLeast), new("created_to", FilterField.Created, FilterTest.Below),
        new("updated_from", FilterField.Changed, FilterTest.AtLeast), new("updated_to", FilterField.Changed, FilterTest.Below));

    /// <inheritdoc/>
    public override FilterAddress Address => InAddress;

    /// <summary>Reads a query from the query string of a URL (with or without <c>?</c>). Unknown parts are ignored; never fails.</summary>
    /// <remarks>
    /// A list repeats its key (<c>state=failed&amp;state=lost</c>); an empty value matches the empty text (<c>node=</c> are the executions without a
    /// node). <c>filter</c> has terms of the filter language. Sort is <c>sort=node</c> ascending, <c>sort=-node</c> descending.
    /// </remarks>
    public static ExecutionQuery Parse(string? queryString)
    {
        if (string.IsNullOrEmpty(queryString)) return All;
        (string Key, string Value)[] pairs = [.. QueryText.Pairs(queryString)];
        var (filter, odd) = InAddress.Read(pairs);
        var query = new ExecutionQuery { Filter = filter, NotUnderstood = odd };
        foreach (var (key, value) in pairs)
            if (key == "sort") query = query.SortedBy(value);
        return query;
    }

    /// <summary>The query string without <c>?</c>, in a fixed order; empty for <see cref="All"/>. <see cref="Parse"/> reads it.</summary>
    public string ToUrl()
    {
        var url = new StringBuilder();
        InAddress.Append(url, this);
        if (Sort != ExecutionSort.Updated || Ascending) QueryText.Append(url, "sort", (Ascending ? "" : "-") + Sort.ToString().ToLowerInvariant());
        return url.ToString();
    }

    private ExecutionQuery SortedBy(string value)
    {
        var descending = value.StartsWith('-');
        var name = descending ? value[1..] : value;
        foreach (var sort in Enum.GetValues<ExecutionSort>())
            if (name.Equals(sort.ToString(), StringComparison.OrdinalIgnoreCase)) return this with { Sort = sort, Ascending = !descending };
        return this;
    }
}
