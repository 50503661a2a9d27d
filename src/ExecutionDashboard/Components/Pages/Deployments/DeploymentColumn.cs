namespace ExecutionDashboard.Components.Pages.Deployments;

/// <summary>Columns of the list of deployments.</summary>
public enum DeploymentColumn
{
    /// <summary>Name of the job, the versions, and what started it.</summary>
    Job,
    /// <summary>Control plane; where there are several.</summary>
    Plane,
    /// <summary>State, with the command under way.</summary>
    State,
    /// <summary>Executions of the deployment, by how far they are.</summary>
    Progress,
    /// <summary>Rollout strategy.</summary>
    Strategy,
    /// <summary>Canary nodes.</summary>
    Canary,
    /// <summary>Current wave.</summary>
    Wave,
    /// <summary>Failures, and the limit.</summary>
    Failures,
    /// <summary>Start.</summary>
    Started,
    /// <summary>Duration so far, or in total.</summary>
    Duration,
    /// <summary>Deployment id.</summary>
    Id,
    /// <summary>Namespace of the job.</summary>
    Namespace,
    /// <summary>The server's message for the state.</summary>
    Message,
    /// <summary>Last change.</summary>
    Updated,
}

/// <summary>Properties of the columns.</summary>
public static class DeploymentColumns
{
    private static readonly string[] Classes = [.. Enum.GetNames<DeploymentColumn>().Select(name => "d-" + name.ToLowerInvariant())];

    /// <summary>The columns that are shown by default; the first has the links of the rows.</summary>
    public static IReadOnlyList<DeploymentColumn> Default { get; } =
    [
        DeploymentColumn.Job, DeploymentColumn.State, DeploymentColumn.Progress, DeploymentColumn.Strategy, DeploymentColumn.Canary, DeploymentColumn.Wave,
        DeploymentColumn.Failures, DeploymentColumn.Started, DeploymentColumn.Duration,
    ];

    /// <summary>The same with the plane.</summary>
    public static IReadOnlyList<DeploymentColumn> DefaultWithPlane { get; } = [Default[0], DeploymentColumn.Plane, .. Default.Skip(1)];

    /// <summary>All columns for several control planes, in order.</summary>
    public static IReadOnlyList<DeploymentColumn> AllWithPlane { get; } = Enum.GetValues<DeploymentColumn>();

    /// <summary>All columns for one, in order.</summary>
    public static IReadOnlyList<DeploymentColumn> All { get; } = [.. AllWithPlane.Where(column => column != DeploymentColumn.Plane)];

    /// <summary>The head of a column.</summary>
    public static string Head(DeploymentColumn column) => column.ToString();

    /// <summary>CSS class of a column.</summary>
    public static string Class(DeploymentColumn column) => Classes[(int)column];
}
