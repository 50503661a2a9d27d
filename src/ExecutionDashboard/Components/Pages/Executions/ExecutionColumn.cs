using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Executions;

/// <summary>Columns of the list of executions.</summary>
public enum ExecutionColumn
{
    /// <summary>Actual state, and the desired one where it differs.</summary>
    State,
    /// <summary>Desired state.</summary>
    Desired,
    /// <summary>Execution id.</summary>
    Id,
    /// <summary>Job name and version.</summary>
    Job,
    /// <summary>Node name.</summary>
    Node,
    /// <summary>Deployment id.</summary>
    Deployment,
    /// <summary>What the server says of the state.</summary>
    Message,
    /// <summary>Error code of the details.</summary>
    Error,
    /// <summary>Hint of the details.</summary>
    Hint,
    /// <summary>Executions in its chain.</summary>
    Chain,
    /// <summary>Labels of the spec.</summary>
    Labels,
    /// <summary>Kind of work.</summary>
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

/// <summary>Which columns a list shows, and what each is.</summary>
public static class ExecutionColumns
{
    /// <summary>Shown until an operator chooses.</summary>
    public static IReadOnlyList<ExecutionColumn> Default { get; } =
    [
        ExecutionColumn.State, ExecutionColumn.Id, ExecutionColumn.Job, ExecutionColumn.Node, ExecutionColumn.Deployment,
        ExecutionColumn.Message, ExecutionColumn.Revision, ExecutionColumn.Updated, ExecutionColumn.Age,
    ];

    /// <summary>All there are, in the order shown.</summary>
    public static IReadOnlyList<ExecutionColumn> All { get; } = Enum.GetValues<ExecutionColumn>();

    private static readonly IReadOnlyList<ExecutionColumn[]> DefaultRuns = Runs([.. Default]);
    private static readonly string[] Classes = [.. All.Select(column => "c-" + column.ToString().ToLowerInvariant())];

    /// <summary>
    /// Columns that are drawn in one piece: those beside each other that stand while an execution runs, or that move with every change of it. Each
    /// other one is a piece of its own.
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

    // Whether a column stands; null for what moves by itself.
    private static bool? PaceOf(ExecutionColumn column) => column switch
    {
        ExecutionColumn.Id or ExecutionColumn.Job or ExecutionColumn.Node or ExecutionColumn.Deployment
            or ExecutionColumn.Type or ExecutionColumn.Namespace or ExecutionColumn.Evaluation or ExecutionColumn.Age => true,
        ExecutionColumn.Message or ExecutionColumn.Error or ExecutionColumn.Hint or ExecutionColumn.Revision or ExecutionColumn.Updated => false,
        _ => null,
    };

    /// <summary>Class of a column's cells and head.</summary>
    public static string Class(ExecutionColumn column) => Classes[(int)column];

    /// <summary>Reads columns as <see cref="ToUrl"/> writes them; the default when there are none.</summary>
    public static IReadOnlyList<ExecutionColumn> Parse(string? text)
    {
        var named = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => Enum.TryParse<ExecutionColumn>(word, ignoreCase: true, out var column) && Enum.IsDefined(column) ? column : (ExecutionColumn?)null)
            .OfType<ExecutionColumn>().Distinct().Order().ToArray();
        return named.Length > 0 ? named : Default;
    }

    /// <summary>The columns as a URL has them; null for the default.</summary>
    public static string? ToUrl(IReadOnlyList<ExecutionColumn> columns) =>
        columns.SequenceEqual(Default) ? null : string.Join(',', columns).ToLowerInvariant();

    /// <summary>What a click on the head sorts by; null when it cannot be sorted by.</summary>
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

    /// <summary>The order a first click on a head gives: newest and highest first, texts from A.</summary>
    public static bool StartsAscending(ExecutionSort sort) => sort is not (ExecutionSort.Updated or ExecutionSort.Created or ExecutionSort.Revision);
}
