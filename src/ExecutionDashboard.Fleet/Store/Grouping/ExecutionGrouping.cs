using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store.Grouping;

/// <summary>What executions are grouped by.</summary>
public enum GroupField
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Job.</summary>
    Job,
    /// <summary>Job and version.</summary>
    Version,
    /// <summary>Actual state.</summary>
    State,
    /// <summary>Error code; case does not matter, as in filters.</summary>
    Error,
    /// <summary>Node.</summary>
    Node,
    /// <summary>Deployment.</summary>
    Deployment,
    /// <summary>Namespace.</summary>
    Namespace,
    /// <summary>Job type.</summary>
    Type,
    /// <summary>Value of a label of node or job, the node's first.</summary>
    Label,
    /// <summary>Control plane.</summary>
    Plane,
}

/// <summary>What a list of executions is grouped by.</summary>
/// <param name="Field">The field.</param>
/// <param name="Label">Key of the label, for <see cref="GroupField.Label"/>.</param>
public sealed record ExecutionGrouping(GroupField Field, string Label = "")
{
    private const string LabelPrefix = "label.";

    /// <summary>No grouping.</summary>
    public static ExecutionGrouping None { get; } = new(GroupField.None);

    /// <summary>Whether nothing is grouped.</summary>
    public bool IsNone => Field == GroupField.None;

    /// <summary>Reads a grouping as <see cref="ToString"/> writes it: <c>job</c>, <c>label.region</c>. Whatever else is none.</summary>
    public static ExecutionGrouping Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return None;
        if (text.StartsWith(LabelPrefix, StringComparison.OrdinalIgnoreCase)) return text[LabelPrefix.Length..] is var key && IsKey(key) ? new(GroupField.Label, key) : None;
        foreach (var field in Enum.GetValues<GroupField>())
            if (field != GroupField.Label && text.Equals(field.ToString(), StringComparison.OrdinalIgnoreCase)) return new(field);
        return None;
    }

    /// <summary>Whether a label with this key can be filtered by, and so grouped by.</summary>
    public static bool IsKey(string key) => LabelExpression.TryParse(key, out var expression, out _) && expression.Key == key;

    /// <summary>The query of a group of a query's executions: it matches exactly these, as long as they do not change.</summary>
    public ExecutionQuery Narrow(ExecutionQuery query, ExecutionGroup group) => Field switch
    {
        GroupField.Job => query with { Jobs = [group.Value] },
        GroupField.Version => query with { Jobs = [group.Value], Versions = [group.Version] },
        GroupField.State => query with { States = [ExecutionState.Parse(group.Value)] },
        GroupField.Error when group.Value.Length == 0 => query with { Filter = query.Filter.With(FilterCondition.Of(FilterField.Has, "error", not: true)) },
        GroupField.Error => query with { Filter = query.Filter.WithValues(FilterField.Error, [group.Value]) },
        GroupField.Node => query with { Nodes = [group.Value] },
        GroupField.Deployment => query with { Deployments = [group.Value] },
        GroupField.Namespace => query with { Namespaces = [group.Value] },
        GroupField.Type => query with { Types = [group.Value] },
        GroupField.Plane => query with { Filter = query.Filter.WithValues(FilterField.Plane, [group.Value]) },
        GroupField.Label => query with { Filter = query.Filter.With(FilterCondition.Of(FilterField.Label, group.IsWithout ? "!" + Label : $"{Label}=={group.Value}")) },
        _ => query,
    };

    /// <summary>The query that decides which groups there are and their order: the same for all sorts that do not order groups, so that viewers share the groups.</summary>
    public ExecutionQuery Decisive(ExecutionQuery query) => SortedByName(query.Sort) ? query : query with { Sort = ExecutionSort.Updated, Ascending = false };

    /// <summary>Whether a sort orders the groups by name: the one of the column that they are of. By all others the largest group comes first, and of states the worst.</summary>
    internal bool SortedByName(ExecutionSort sort) => (Field, sort) switch
    {
        (GroupField.Job or GroupField.Version, ExecutionSort.Job) => true,
        (GroupField.State, ExecutionSort.State) => true,
        (GroupField.Node, ExecutionSort.Node) => true,
        (GroupField.Deployment, ExecutionSort.Deployment) => true,
        (GroupField.Namespace, ExecutionSort.Namespace) => true,
        (GroupField.Type, ExecutionSort.Type) => true,
        _ => false,
    };

    /// <summary>As in an address; empty for none.</summary>
    public override string ToString() => Field switch
    {
        GroupField.None => "",
        GroupField.Label => LabelPrefix + Label,
        _ => Field.ToString().ToLowerInvariant(),
    };
}
