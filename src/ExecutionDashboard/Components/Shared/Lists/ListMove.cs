namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>What a tick moved.</summary>
public enum ListMove
{
    /// <summary>Nothing that is shown.</summary>
    None,
    /// <summary>Counts only.</summary>
    Counts,
    /// <summary>A row on screen.</summary>
    Rows,
}
