namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>One row of a timeline: the lane of a node, or the head of a group of lanes.</summary>
/// <param name="NodeId">The node; empty for a head.</param>
/// <param name="Group">Name of the group, for a head.</param>
/// <param name="Count">Lanes in the group, for a head.</param>
public readonly record struct LaneRow(string NodeId, string Group = "", int Count = 0)
{
    /// <summary>It is the head of a group.</summary>
    public bool IsHead => NodeId.Length == 0;
}
