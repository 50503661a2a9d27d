using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Columns of the list of executions.</summary>
public enum ExecutionColumn
{
    /// <summary>Actual state, with the desired one if it differs.</summary>
    State,
    /// <summary>Desired state.</summary>
    Desired,
    /// <summary>Execution id.</summary>
    Id,
    /// <summary>Control plane; shown where there are several, and nowhere else.</summary>
    Plane,
    /// <summary>Job name and version.</summary>
    Job,
    /// <summary>Node name.</summary>
    Node,
    /// <summary>Deployment id.</summary>
    Deployment,
    /// <summary>The server's message for the state.</summary>
    Message,
    /// <summary>Error code of the details.</summary>
    Error,
    /// <summary>Hint of the details.</summary>
    Hint,
    /// <summary>Number of executions in its chain.</summary>
    Chain,
    /// <summary>Labels of the spec.</summary>
    Labels,
    /// <summary>Job type.</summary>
    Type,
    /// <summary>Namespace.</summary>
    Namespace,
    /// <summary>Evaluation id.</summary>
    Evaluation,
    /// <summary>Revision.</summary>
    Revision,
    /// <summary>Last change.</summary>
    Updated,
    /// <summary>Age since creation.</summary>
    Age,
}

/// <summary>Properties of the columns.</summary>
public static class ExecutionColumns
{
    /// <summary>The columns that are shown by default.</summary>
    public static IReadOnlyList<ExecutionColumn> Default { get; } =
    [
        ExecutionColumn.State, ExecutionColumn.Id, ExecutionColumn.Job, ExecutionColumn.Node, ExecutionColumn.Deployment,
        ExecutionColumn.Message, ExecutionColumn.Revision, ExecutionColumn.Updated, ExecutionColumn.Age,
    ];

    /// <summary>All columns that can be chosen, in order.</summary>
    public static IReadOnlyList<ExecutionColumn> All { get; } = [.. Enum.GetValues<ExecutionColumn>().Where(column => column != ExecutionColumn.Plane)];

    private static readonly IReadOnlyList<ExecutionColumn[]> DefaultRuns = Runs([.. Default]);
    private static readonly string[] Classes = [.. Enum.GetValues<ExecutionColumn>().Select(column => "c-" + column.ToString().ToLowerInvariant())];

    /// <summary>
    /// Groups of adjacent columns whose cells are rendered as one piece of markup: those that do not change while an execution runs, and those that change with each
    /// of its changes. Every other column is a group of its own.
    /// </summary>
    public static IReadOnlyList<ExecutionColumn[]> Runs(IReadOnlyList<ExecutionColumn> columns)
    {
        if (ReferenceEquals(columns, Default)) return DefaultRuns;
        var runs = new List<ExecutionColumn[]>();
        foreach (var column in columns)
        {
            if (runs.Count > 0 && PaceOf(column) is { } pace && PaceOf(runs[^1][^1]) == pace) runs[^1] = [.. runs[^1], column];
            else runs.Add([column]);
        }
        return runs;
    }

    // Whether a column stays the same while an execution runs; null for columns that change by themselves.
    private static bool? PaceOf(ExecutionColumn column) => column switch
    {
        ExecutionColumn.Id or ExecutionColumn.Plane or ExecutionColumn.Job or ExecutionColumn.Node or ExecutionColumn.Deployment
            or ExecutionColumn.Type or ExecutionColumn.Namespace or ExecutionColumn.Evaluation => true,
        // The age stays, too, but is beside those that change: a piece less for each row is worth more than its bytes.
        ExecutionColumn.Message or ExecutionColumn.Error or ExecutionColumn.Hint or ExecutionColumn.Revision or ExecutionColumn.Updated or ExecutionColumn.Age => false,
        _ => null,
    };

    /// <summary>The columns that are shown: with the plane, where there are several.</summary>
    /// <param name="chosen">The columns chosen.</param>
    /// <param name="withPlane">Whether there are several control planes.</param>
    public static IReadOnlyList<ExecutionColumn> Shown(IReadOnlyList<ExecutionColumn> chosen, bool withPlane) =>
        withPlane && !chosen.Contains(ExecutionColumn.Plane) ? ColumnText.With(chosen, ExecutionColumn.Plane) : chosen;

    /// <summary>CSS class of a column.</summary>
    public static string Class(ExecutionColumn column) => Classes[(int)column];

    /// <summary>Parses columns as <see cref="ToUrl"/> writes them; the default when empty.</summary>
    public static IReadOnlyList<ExecutionColumn> Parse(string? text) => ColumnText.Parse(text, Default).Columns;

    /// <summary>The columns for a URL; null for the default.</summary>
    public static string? ToUrl(IReadOnlyList<ExecutionColumn> columns) =>
        ColumnText.ToUrl(columns, new Dictionary<ExecutionColumn, int>(), Default);

    /// <summary>The sort of a column; null when it cannot be sorted.</summary>
    public static ExecutionSort? SortOf(ExecutionColumn column) => column switch
    {
        ExecutionColumn.State => ExecutionSort.State,
        ExecutionColumn.Desired => ExecutionSort.Desired,
        ExecutionColumn.Id => ExecutionSort.Id,
        ExecutionColumn.Job => ExecutionSort.Job,
        ExecutionColumn.Node => ExecutionSort.Node,
        ExecutionColumn.Deployment => ExecutionSort.Deployment,
        ExecutionColumn.Message => ExecutionSort.Message,
        ExecutionColumn.Type => ExecutionSort.Type,
        ExecutionColumn.Namespace => ExecutionSort.Namespace,
        ExecutionColumn.Revision => ExecutionSort.Revision,
        ExecutionColumn.Updated => ExecutionSort.Updated,
        ExecutionColumn.Age => ExecutionSort.Created,
        _ => null,
    };

    /// <summary>Whether the first click sorts ascending: times and numbers start with the highest, texts with A.</summary>
    public static bool StartsAscending(ExecutionSort sort) => sort is not (ExecutionSort.Updated or ExecutionSort.Created or ExecutionSort.Revision);
}
