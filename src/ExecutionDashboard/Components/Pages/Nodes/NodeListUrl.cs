using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>The parts of the page.</summary>
public enum NodesView
{
    /// <summary>The map, and the list under it.</summary>
    Both,
    /// <summary>The list alone.</summary>
    List,
    /// <summary>The map alone.</summary>
    Map,
}

/// <summary>State of the nodes page in its URL. Pure mapping; the page keeps no other state.</summary>
/// <param name="Query">Filters and sort.</param>
/// <param name="Columns">Columns shown.</param>
public sealed record NodeListUrl(NodeQuery Query, IReadOnlyList<NodeColumn> Columns) : ListUrl<NodeQuery, NodeColumn>(Query, Columns)
{
    /// <summary>Address of the page.</summary>
    public const string Path = "nodes";

    private const string NoGroup = "-";

    /// <summary>The part that is shown.</summary>
    public NodesView View { get; init; }
    /// <summary>What the map's colours show.</summary>
    public NodeColor Color { get; init; }
    /// <summary>The job whose version the map shows.</summary>
    public string MapJob { get; init; } = "";
    /// <summary>The label that groups the map; empty for none, null for the default.</summary>
    public string? Group { get; init; }
    /// <summary>What the list is grouped by; the map has a grouping of its own.</summary>
    public NodeListGrouping ListGroup { get; init; } = NodeListGrouping.None;
    /// <summary>Name of a selection with too many nodes for an address: see <see cref="NodeSets"/>.</summary>
    public string Set { get; init; } = "";

    /// <summary>Parses an address or its query string.</summary>
    public static NodeListUrl Parse(string url)
    {
        var read = new NodeListUrl(NodeQuery.Parse(QueryText.QueryOf(url)), NodeColumns.Default);
        foreach (var (key, value) in QueryText.OfAddress(url))
        {
            read = key switch
            {
                "cols" => read.WithColumns(value),
                "view" => read with { View = Word(value, read.View) },
                "color" => read with { Color = Word(value, read.Color) },
                "mapjob" => read with { MapJob = value },
                "group" when value.Length > 0 => read with { Group = value == NoGroup ? "" : value },
                "listgroup" => read with { ListGroup = NodeListGrouping.Parse(value) },
                "set" => read with { Set = value },
                _ => read,
            };
        }
        return read;
    }

    /// <inheritdoc/>
    public override NodeListUrl WithoutSelection => this with { Set = "", Query = Query with { Ids = [] } };

    /// <inheritdoc/>
    public override string ListKey => $"{Query.ToUrl()}&set={Set}{(ListGroup.IsNone ? "" : $"&listgroup={ListGroup}")}";

    /// <inheritdoc/>
    public override string Describe(FleetStore store)
    {
        var words = NodeFilterList.List.Words(Query, store);
        if (!ListGroup.IsNone) words = string.Join(", ", new[] { words, "by " + NodeGroupLabels.Word(ListGroup) }.Where(w => w.Length > 0));
        if (words.Length > 0) return words;
        return View != NodesView.Both ? View.ToString().ToLowerInvariant() : Query.Sort != NodeSort.Name || Query.Descending ? $"sorted by {Query.Sort.ToString().ToLowerInvariant()}" : "other columns or colours";
    }

    /// <inheritdoc/>
    public override string ToString() => Join(
        Path,
        Query.ToUrl(),
        Set.Length > 0 ? "set=" + Uri.EscapeDataString(Set) : "",
        ColumnsIn(NodeColumns.Default) is { } columns ? "cols=" + columns : "",
        View != NodesView.Both ? "view=" + View.ToString().ToLowerInvariant() : "",
        Color != NodeColor.State ? "color=" + Color.ToString().ToLowerInvariant() : "",
        MapJob.Length > 0 ? "mapjob=" + Uri.EscapeDataString(MapJob) : "",
        Group is { } group ? "group=" + (group.Length == 0 ? NoGroup : Uri.EscapeDataString(group)) : "",
        ListGroup.IsNone ? "" : "listgroup=" + Uri.EscapeDataString(ListGroup.ToString()));

    /// <summary>The address of the list for a query.</summary>
    public static string For(NodeQuery query) => new NodeListUrl(query, NodeColumns.Default).ToString();

    /// <summary>Equal when every part is.</summary>
    public bool Equals(NodeListUrl? other) =>
        other is not null && Query.Equals(other.Query) && ColumnsIn(NodeColumns.Default) == other.ColumnsIn(NodeColumns.Default) && View == other.View && Color == other.Color
        && MapJob == other.MapJob && Group == other.Group && Set == other.Set && ListGroup == other.ListGroup;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Query, Columns.Count, View, Color, MapJob, Group, HashCode.Combine(Set, ListGroup));

    private NodeListUrl WithColumns(string text)
    {
        var (columns, widths) = ColumnText.Parse(text, NodeColumns.Default);
        return this with { Columns = columns, Widths = widths };
    }

    private static T Word<T>(string value, T otherwise) where T : struct, Enum =>
        Enum.TryParse<T>(value, ignoreCase: true, out var word) && Enum.IsDefined(word) ? word : otherwise;
}
