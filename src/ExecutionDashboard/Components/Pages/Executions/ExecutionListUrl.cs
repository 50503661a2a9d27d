using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Grouping;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>State of the list page in its URL. Pure mapping; the page keeps no other state.</summary>
/// <param name="Query">Filters and sort.</param>
/// <param name="Columns">Columns shown.</param>
/// <param name="Open">Id of the execution in the panel; empty without one.</param>
/// <param name="Tab">Its open tab; empty for the first.</param>
public sealed record ExecutionListUrl(ExecutionQuery Query, IReadOnlyList<ExecutionColumn> Columns, string Open = "", string Tab = "")
    : ListUrl<ExecutionQuery, ExecutionColumn>(Query, Columns)
{
    /// <summary>Address of the list.</summary>
    public const string Path = "executions";

    /// <summary>What the list is grouped by.</summary>
    public ExecutionGrouping Group { get; init; } = ExecutionGrouping.None;

    /// <summary>Parses an address or its query string.</summary>
    public static ExecutionListUrl Parse(string url)
    {
        string columns = "", open = "", tab = "", group = "";
        foreach (var (key, value) in QueryText.OfAddress(url))
        {
            if (key == "cols") columns = value;
            else if (key == "open") open = value;
            else if (key == "tab") tab = value;
            else if (key == "group") group = value;
        }
        var (shown, widths) = ColumnText.Parse(columns, ExecutionColumns.Default);
        return new(ExecutionQuery.Parse(QueryText.QueryOf(url)), shown, open, tab) { Widths = widths, Group = ExecutionGrouping.Parse(group) };
    }

    /// <inheritdoc/>
    public override ExecutionListUrl WithoutSelection => this with { Open = "", Tab = "" };

    /// <inheritdoc/>
    public override string ListKey => Group.IsNone ? Query.ToUrl() : $"{Query.ToUrl()}&group={Group}";

    /// <inheritdoc/>
    public override string Describe(FleetStore store)
    {
        var words = string.Join(", ", new[] { ExecutionFilterList.List.Words(Query, store), Group.IsNone ? "" : "by " + ExecutionGroupLabels.Word(Group) }.Where(w => w.Length > 0));
        if (words.Length > 0) return words;
        return ColumnsIn(ExecutionColumns.Default) is null ? $"sorted by {Query.Sort.ToString().ToLowerInvariant()}" : "other columns";
    }

    /// <inheritdoc/>
    public override string ToString() => Join(
        Path,
        Query.ToUrl(),
        Group.IsNone ? "" : "group=" + Uri.EscapeDataString(Group.ToString()),
        ColumnsIn(ExecutionColumns.Default) is { } columns ? "cols=" + columns : "",
        Open.Length > 0 ? "open=" + Uri.EscapeDataString(Open) : "",
        Open.Length > 0 && Tab.Length > 0 ? "tab=" + Uri.EscapeDataString(Tab) : "");

    /// <summary>The address of the list for a query.</summary>
    public static string For(ExecutionQuery query) => new ExecutionListUrl(query, ExecutionColumns.Default).ToString();

    /// <summary>Equal when every part is.</summary>
    public bool Equals(ExecutionListUrl? other) =>
        other is not null && Query.Equals(other.Query) && ColumnsIn(ExecutionColumns.Default) == other.ColumnsIn(ExecutionColumns.Default) && Open == other.Open && Tab == other.Tab && Group == other.Group;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Query, Columns.Count, Open, Tab, Group);
}
