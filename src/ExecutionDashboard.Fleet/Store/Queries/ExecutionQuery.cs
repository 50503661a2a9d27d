namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>Columns that a list of executions can be sorted by.</summary>
public enum ExecutionSort
{
    /// <summary>Last change by the server's clock (default, newest first).</summary>
    Updated,
    /// <summary>Creation.</summary>
    Created,
    /// <summary>State, in the order an execution passes through them.</summary>
    State,
    /// <summary>Desired state.</summary>
    Desired,
    /// <summary>Id.</summary>
    Id,
    /// <summary>Job name, then version.</summary>
    Job,
    /// <summary>Job version.</summary>
    Version,
    /// <summary>Node name.</summary>
    Node,
    /// <summary>Deployment id.</summary>
    Deployment,
    /// <summary>Namespace.</summary>
    Namespace,
    /// <summary>Job type.</summary>
    Type,
    /// <summary>Message of the actual state.</summary>
    Message,
    /// <summary>Revision.</summary>
    Revision,
}

/// <summary>
/// Filters and sort of a list of executions. Different filters are ANDed, the values of one filter ORed; an empty filter matches all. It is a value:
/// <see cref="Parse"/> and <see cref="ToUrl"/> round-trip it.
/// </summary>
public sealed partial record ExecutionQuery
{
    /// <summary>All executions, last changed first.</summary>
    public static ExecutionQuery All { get; } = new();

    /// <summary>Actual states.</summary>
    public IReadOnlyList<ExecutionState> States { get; init; } = [];
    /// <summary>Desired states.</summary>
    public IReadOnlyList<ExecutionState> Desired { get; init; } = [];
    /// <summary>Only current executions, or only those that were replaced.</summary>
    public ExecutionScope Scope { get; init; }
    /// <summary>Only those not in their desired state (<see cref="Execution.Drifts"/>), or only the others; null for all.</summary>
    public bool? Drift { get; init; }
    /// <summary>Job ids.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];
    /// <summary>Job versions.</summary>
    public IReadOnlyList<int> Versions { get; init; } = [];
    /// <summary>Node ids.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];
    /// <summary>Deployment ids. In the rollout generation <see cref="Deployment.IdOf"/>, which matches by job and version.</summary>
    public IReadOnlyList<string> Deployments { get; init; } = [];
    /// <summary>Namespaces.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];
    /// <summary>Job types.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
    /// <summary>Label expressions over the labels of node and job (the node's take precedence), ANDed: see <see cref="LabelExpression"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
    /// <summary>Text in the id, message, job name, node name or node id; case does not matter.</summary>
    public string Text { get; init; } = "";
    /// <summary>Created at or after.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }
    /// <summary>Created before.</summary>
    public DateTimeOffset? CreatedTo { get; init; }
    /// <summary>Updated at or after.</summary>
    public DateTimeOffset? UpdatedFrom { get; init; }
    /// <summary>Updated before.</summary>
    public DateTimeOffset? UpdatedTo { get; init; }
    /// <summary>Filters of the address that cannot be parsed. They match all executions and are shown.</summary>
    public IReadOnlyList<QueryPair> NotUnderstood { get; init; } = [];
    /// <summary>Sorted by.</summary>
    public ExecutionSort Sort { get; init; } = ExecutionSort.Updated;
    /// <summary>Ascending instead of descending.</summary>
    public bool Ascending { get; init; }

    /// <summary>Whether no filter is set; the sort does not count.</summary>
    public bool IsUnfiltered => Equals(new ExecutionQuery { Sort = Sort, Ascending = Ascending, NotUnderstood = NotUnderstood });
}
