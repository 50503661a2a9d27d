namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>What changed in a list.</summary>
public enum ListMove
{
    /// <summary>Nothing visible.</summary>
    None,
    /// <summary>Counts only.</summary>
    Counts,
    /// <summary>A row on screen.</summary>
    Rows,
}
