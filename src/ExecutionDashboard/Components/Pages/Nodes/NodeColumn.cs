using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>Columns of the list of nodes.</summary>
public enum NodeColumn
{
    /// <summary>Name, or the id where it has none.</summary>
    Name,
    /// <summary>Connection, and since when.</summary>
    Connection,
    /// <summary>Last heartbeat.</summary>
    Heartbeat,
    /// <summary>Executions that were not replaced, by state.</summary>
    Executions,
    /// <summary>CPU.</summary>
    Cpu,
    /// <summary>Memory.</summary>
    Memory,
    /// <summary>Disk.</summary>
    Disk,
    /// <summary>Operating system and architecture.</summary>
    System,
    /// <summary>Version of the agent.</summary>
    Agent,
    /// <summary>Labels.</summary>
    Labels,
    /// <summary>Node id.</summary>
    Id,
    /// <summary>Host name.</summary>
    Host,
    /// <summary>What the server says of the connection.</summary>
    Message,
    /// <summary>When it joined.</summary>
    Joined,
}

/// <summary>Which columns a list shows, and what each is.</summary>
public static class NodeColumns
{
    /// <summary>Shown until an operator chooses.</summary>
    public static IReadOnlyList<NodeColumn> Default { get; } =
    [
        NodeColumn.Name, NodeColumn.Connection, NodeColumn.Heartbeat, NodeColumn.Executions, NodeColumn.Cpu, NodeColumn.Memory, NodeColumn.Disk,
        NodeColumn.System, NodeColumn.Agent, NodeColumn.Labels,
    ];

    /// <summary>All there are, in the order shown.</summary>
    public static IReadOnlyList<NodeColumn> All { get; } = Enum.GetValues<NodeColumn>();

    /// <summary>Reads columns as <see cref="ToUrl"/> writes them; the default when there are none.</summary>
    public static IReadOnlyList<NodeColumn> Parse(string? text)
    {
        var named = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => Enum.TryParse<NodeColumn>(word, ignoreCase: true, out var column) && Enum.IsDefined(column) ? column : (NodeColumn?)null)
            .OfType<NodeColumn>().Distinct().Order().ToArray();
        return named.Length > 0 ? named : Default;
    }

    /// <summary>The columns as a URL has them; null for the default.</summary>
    public static string? ToUrl(IReadOnlyList<NodeColumn> columns) => columns.SequenceEqual(Default) ? null : string.Join(',', columns).ToLowerInvariant();

    /// <summary>The head of a column.</summary>
    public static string Head(NodeColumn column) => column switch
    {
        NodeColumn.Heartbeat => "Last heartbeat",
        NodeColumn.Cpu => "CPU",
        _ => column.ToString(),
    };

    /// <summary>What a click on the head sorts by; null when it cannot be sorted by.</summary>
    public static NodeSort? SortOf(NodeColumn column) => column switch
    {
        NodeColumn.Name => NodeSort.Name,
        NodeColumn.Connection => NodeSort.Connection,
        NodeColumn.Heartbeat => NodeSort.Heartbeat,
        NodeColumn.Executions => NodeSort.Executions,
        NodeColumn.Cpu => NodeSort.Cpu,
        NodeColumn.Memory => NodeSort.Memory,
        NodeColumn.Disk => NodeSort.Disk,
        NodeColumn.System => NodeSort.System,
        NodeColumn.Agent => NodeSort.Agent,
        NodeColumn.Joined => NodeSort.Joined,
        _ => null,
    };

    /// <summary>The order a first click on a head gives: what is in trouble and what is used most comes first, texts from A.</summary>
    public static bool StartsDescending(NodeSort sort) => sort is NodeSort.Cpu or NodeSort.Memory or NodeSort.Disk or NodeSort.Joined or NodeSort.Agent;
}
