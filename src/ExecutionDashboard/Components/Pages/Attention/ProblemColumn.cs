namespace ExecutionDashboard.Components.Pages.Attention;

/// <summary>Columns of the list of problems.</summary>
public enum ProblemColumn
{
    /// <summary>Cause and summary.</summary>
    Problem,
    /// <summary>Executions and nodes it concerns.</summary>
    Concerns,
    /// <summary>When it began, and how often.</summary>
    Since,
    /// <summary>Open, acknowledged, awaiting a decision, or resolved.</summary>
    Status,
    /// <summary>The job it concerns.</summary>
    Job,
    /// <summary>The deployment it concerns.</summary>
    Deployment,
}

/// <summary>Properties of the columns.</summary>
public static class ProblemColumns
{
    private static readonly string[] Classes = [.. Enum.GetNames<ProblemColumn>().Select(name => "p-" + name.ToLowerInvariant())];

    /// <summary>The columns that are shown by default; the first has the links of the rows.</summary>
    public static IReadOnlyList<ProblemColumn> Default { get; } = [ProblemColumn.Problem, ProblemColumn.Concerns, ProblemColumn.Since, ProblemColumn.Status];

    /// <summary>All columns, in order.</summary>
    public static IReadOnlyList<ProblemColumn> All { get; } = Enum.GetValues<ProblemColumn>();

    /// <summary>The head of a column.</summary>
    public static string Head(ProblemColumn column) => column.ToString();

    /// <summary>CSS class of a column.</summary>
    public static string Class(ProblemColumn column) => Classes[(int)column];

    /// <summary>The sort of a column; null when it cannot be sorted.</summary>
    public static ProblemSort? SortOf(ProblemColumn column) => column switch
    {
        ProblemColumn.Problem => ProblemSort.Severity,
        ProblemColumn.Concerns => ProblemSort.Extent,
        ProblemColumn.Since => ProblemSort.Since,
        _ => null,
    };

    /// <summary>The column of a sort.</summary>
    public static ProblemColumn Of(ProblemSort sort) => All.First(column => SortOf(column) == sort);
}
