using System.Text;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Nodes;

public sealed partial record NodeQuery
{
    private const string ChosenKey = "node";

    private static readonly FilterAddress InAddress = new(
        NodeFilter.Vocabulary,
        new("connection", FilterField.Connection), new("state", FilterField.State), new("label", FilterField.Label), new("os", FilterField.System),
        new("arch", FilterField.Architecture), new("agent", FilterField.Agent), new("load", FilterField.Load), new("job", FilterField.Job),
        new("version", FilterField.Version), new("q", FilterField.Text));

    /// <inheritdoc/>
    public override FilterAddress Address => InAddress;

    /// <summary>Reads a query from the query string of a URL (with or without <c>?</c>). Unknown parts are ignored; never fails.</summary>
    public static NodeQuery Parse(string? queryString)
    {
        if (string.IsNullOrEmpty(queryString)) return All;
        (string Key, string Value)[] pairs = [.. QueryText.Pairs(queryString)];
        var (filter, odd) = InAddress.Read(pairs);
        var query = new NodeQuery { Filter = filter, NotUnderstood = odd, Ids = [.. pairs.Where(p => p.Key == ChosenKey).Select(p => p.Value)] };
        foreach (var (key, value) in pairs)
            if (key == "sort") query = query.SortedBy(value);
        return query;
    }

    /// <summary>The query string without <c>?</c>, in a fixed order; empty for <see cref="All"/>. <see cref="Parse"/> reads it.</summary>
    public string ToUrl()
    {
        var url = new StringBuilder();
        InAddress.Append(url, this);
        foreach (var id in Ids) QueryText.Append(url, ChosenKey, id);
        if (Sort != NodeSort.Name || Descending) QueryText.Append(url, "sort", (Descending ? "-" : "") + Sort.ToString().ToLowerInvariant());
        return url.ToString();
    }

    private NodeQuery SortedBy(string value)
    {
        var descending = value.StartsWith('-');
        return Enum.TryParse<NodeSort>(descending ? value[1..] : value, ignoreCase: true, out var sort) && Enum.IsDefined(sort)
            ? this with { Sort = sort, Descending = descending } : this;
    }
}
