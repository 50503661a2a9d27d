using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>Columns of the list of nodes.</summary>
public enum NodeColumn
{
    /// <summary>Name, or the id without one.</summary>
    Name,
    /// <summary>Control plane; shown where there are several, and nowhere else.</summary>
    Plane,
    /// <summary>Connection, and since when.</summary>
    Connection,
    /// <summary>Last heartbeat.</summary>
    Heartbeat,
    /// <summary>Current executions, by state.</summary>
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
    /// <summary>The server's message for the connection.</summary>
    Message,
    /// <summary>Registration.</summary>
    Joined,
}

/// <summary>Properties of the columns.</summary>
public static class NodeColumns
{
    /// <summary>The columns that are shown by default.</summary>
    public static IReadOnlyList<NodeColumn> Default { get; } =
    [
        NodeColumn.Name, NodeColumn.Connection, NodeColumn.Heartbeat, NodeColumn.Executions, NodeColumn.Cpu, NodeColumn.Memory, NodeColumn.Disk,
        NodeColumn.System, NodeColumn.Agent, NodeColumn.Labels,
    ];

    /// <summary>All columns that can be chosen, in order.</summary>
    public static IReadOnlyList<NodeColumn> All { get; } = [.. Enum.GetValues<NodeColumn>().Where(column => column != NodeColumn.Plane)];

    /// <summary>The columns that are shown: with the plane, where there are several.</summary>
    /// <param name="chosen">The columns chosen.</param>
    /// <param name="withPlane">Whether there are several control planes.</param>
    public static IReadOnlyList<NodeColumn> Shown(IReadOnlyList<NodeColumn> chosen, bool withPlane) =>
        withPlane && !chosen.Contains(NodeColumn.Plane) ? ColumnText.With(chosen, NodeColumn.Plane) : chosen;

    /// <summary>Parses columns as <see cref="ToUrl"/> writes them; the default when empty.</summary>
    public static IReadOnlyList<NodeColumn> Parse(string? text) => ColumnText.Parse(text, Default).Columns;

    /// <summary>Whether the change log has it: what heartbeats tell it has not.</summary>
    public static bool IsRecorded(NodeColumn column) => column is not (NodeColumn.Heartbeat or NodeColumn.Cpu or NodeColumn.Memory or NodeColumn.Disk);

    /// <summary>The columns for a URL; null for the default.</summary>
    public static string? ToUrl(IReadOnlyList<NodeColumn> columns) => ColumnText.ToUrl(columns, new Dictionary<NodeColumn, int>(), Default);

    /// <summary>The head of a column.</summary>
    public static string Head(NodeColumn column) => column switch
    {
        NodeColumn.Heartbeat => "Last heartbeat",
        NodeColumn.Cpu => "CPU",
        _ => column.ToString(),
    };

    /// <summary>The sort of a column; null when it cannot be sorted.</summary>
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

    /// <summary>Whether the first click sorts descending: problems and high usage come first, texts start with A.</summary>
    public static bool StartsDescending(NodeSort sort) => sort is NodeSort.Cpu or NodeSort.Memory or NodeSort.Disk or NodeSort.Joined or NodeSort.Agent;
}
