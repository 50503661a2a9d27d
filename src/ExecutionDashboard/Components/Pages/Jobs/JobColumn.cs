namespace ExecutionDashboard.Components.Pages.Jobs;

/// <summary>Columns of the list of jobs.</summary>
public enum JobColumn
{
    /// <summary>Name and id.</summary>
    Job,
    /// <summary>Control plane; where there are several.</summary>
    Plane,
    /// <summary>State, with a failed rollout and the command under way.</summary>
    State,
    /// <summary>Job type.</summary>
    Type,
    /// <summary>Version of the spec.</summary>
    Version,
    /// <summary>Current executions, by state.</summary>
    Executions,
    /// <summary>The deployment in progress.</summary>
    Deployment,
    /// <summary>Labels of the spec.</summary>
    Labels,
    /// <summary>Last change.</summary>
    Updated,
    /// <summary>Namespace.</summary>
    Namespace,
    /// <summary>The server's message for the state.</summary>
    Message,
    /// <summary>Creation.</summary>
    Created,
}

/// <summary>Properties of the columns.</summary>
public static class JobColumns
{
    private static readonly string[] Classes = [.. Enum.GetNames<JobColumn>().Select(name => "j-" + name.ToLowerInvariant())];

    /// <summary>The columns that are shown by default; the first has the links of the rows.</summary>
    public static IReadOnlyList<JobColumn> Default { get; } =
        [JobColumn.Job, JobColumn.State, JobColumn.Type, JobColumn.Version, JobColumn.Executions, JobColumn.Deployment, JobColumn.Labels, JobColumn.Updated];

    /// <summary>The same with the plane.</summary>
    public static IReadOnlyList<JobColumn> DefaultWithPlane { get; } = [Default[0], JobColumn.Plane, .. Default.Skip(1)];

    /// <summary>All columns for several control planes, in order.</summary>
    public static IReadOnlyList<JobColumn> AllWithPlane { get; } = Enum.GetValues<JobColumn>();

    /// <summary>All columns for one, in order.</summary>
    public static IReadOnlyList<JobColumn> All { get; } = [.. AllWithPlane.Where(column => column != JobColumn.Plane)];

    /// <summary>The head of a column.</summary>
    public static string Head(JobColumn column) => column.ToString();

    /// <summary>CSS class of a column.</summary>
    public static string Class(JobColumn column) => Classes[(int)column];

    /// <summary>The sort of a column; null when it cannot be sorted.</summary>
    public static JobSort? SortOf(JobColumn column) => column switch
    {
        JobColumn.Job => JobSort.Name,
        JobColumn.State => JobSort.State,
        JobColumn.Type => JobSort.Type,
        JobColumn.Version => JobSort.Version,
        JobColumn.Executions => JobSort.Executions,
        JobColumn.Updated => JobSort.Updated,
        _ => null,
    };

    /// <summary>The column of a sort.</summary>
    public static JobColumn Of(JobSort sort) => All.First(column => SortOf(column) == sort);

    /// <summary>Whether the first click sorts descending: times and numbers start with the highest, texts with A.</summary>
    public static bool StartsDescending(JobSort sort) => sort is JobSort.Updated or JobSort.Executions or JobSort.Version;
}
