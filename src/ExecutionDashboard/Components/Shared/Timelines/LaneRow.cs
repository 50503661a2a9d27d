namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>A row of a timeline: the lane of a node, or the heading of a group.</summary>
/// <param name="NodeId">The node; empty for a heading.</param>
/// <param name="Head">The group of a heading.</param>
/// <param name="IsFolded">Whether the group is folded.</param>
public readonly record struct LaneRow(string NodeId, LaneGroup? Head = null, bool IsFolded = false)
{
    /// <summary>Whether it is a heading.</summary>
    public bool IsHead => Head is not null;

    /// <summary>Name of the group of a heading.</summary>
    public string Group => Head?.Name ?? "";

    /// <summary>Number of lanes of a heading's group.</summary>
    public int Count => Head?.Nodes.Count ?? 0;
}
