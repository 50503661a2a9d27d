namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>One row of a timeline: the lane of a node, or the head of a group of lanes.</summary>
/// <param name="NodeId">The node; empty for a head.</param>
/// <param name="Head">The group, for a head.</param>
/// <param name="IsFolded">The group's lanes are left out.</param>
public readonly record struct LaneRow(string NodeId, LaneGroup? Head = null, bool IsFolded = false)
{
    /// <summary>It is the head of a group.</summary>
    public bool IsHead => Head is not null;

    /// <summary>Name of the group, for a head.</summary>
    public string Group => Head?.Name ?? "";

    /// <summary>Lanes in the group, for a head.</summary>
    public int Count => Head?.Nodes.Count ?? 0;
}
