using ExecutionDashboard.Live.Attention;

namespace ExecutionDashboard.Components.Pages.Attention;

/// <summary>A row of the list of problems.</summary>
/// <param name="Shown">The problem as it is, or was last.</param>
/// <param name="HasEnded">It is resolved, and was open when the list was made.</param>
/// <param name="JobName">Name of the job it concerns, or its id; empty where it concerns none, or several.</param>
public sealed record ProblemRow(ShownProblem Shown, bool HasEnded, string JobName)
{
    /// <summary>Its id.</summary>
    public string Id => Shown.RowId;
}
