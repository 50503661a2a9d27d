using System.Globalization;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>Columns that a list of nodes can be sorted by.</summary>
public enum NodeSort
{
    /// <summary>Display name (default, from A).</summary>
    Name,
    /// <summary>Connection: nodes that are lost longest come first, connected ones last.</summary>
    Connection,
    /// <summary>Last heartbeat.</summary>
    Heartbeat,
    /// <summary>Operating system, then architecture.</summary>
    System,
    /// <summary>Agent version, numbers by value.</summary>
    Agent,
    /// <summary>Worst state of its executions, then the number of executions in that state.</summary>
    Executions,
    /// <summary>CPU.</summary>
    Cpu,
    /// <summary>Memory.</summary>
    Memory,
    /// <summary>Disk.</summary>
    Disk,
    /// <summary>Registration.</summary>
    Joined,
}

/// <summary>
/// Filters and sort of a list of nodes. It is a value: <see cref="Parse"/> and <see cref="ToUrl"/> round-trip it. The properties that name one field read and replace
/// the conditions of the filter that the address has a key of its own for.
/// </summary>
public sealed partial record NodeQuery : ListQuery
{
    private const string NoExecutions = "none";

    /// <summary>Every node, by name.</summary>
    public static NodeQuery All { get; } = new();

    /// <summary>Text in the name, id, host name or a label's value; case does not matter.</summary>
    public string Text { get => Filter.Text; init => Filter = Filter.WithText(value); }
    /// <summary>Connection states, as the server names them, or <see cref="FleetStore.StaleConnection"/>; case does not matter.</summary>
    public IReadOnlyList<string> Connections { get => Filter.ValuesOf(FilterField.Connection); init => Filter = Filter.WithValues(FilterField.Connection, value); }
    /// <summary>Worst state among its current executions; the empty state matches nodes without executions.</summary>
    public IReadOnlyList<ExecutionState> Worst
    {
        get => [.. Filter.ValuesOf(FilterField.State).Select(v => v == NoExecutions ? default : ExecutionState.Parse(v))];
        init => Filter = Filter.WithValues(FilterField.State, value.Select(s => s.IsNone ? NoExecutions : s.Name));
    }
    /// <summary>Label expressions, ANDed: see <see cref="LabelExpression"/>.</summary>
    public IReadOnlyList<string> Labels { get => Filter.Labels; init => Filter = Filter.WithLabels(value); }
    /// <summary>Versions of the agent.</summary>
    public IReadOnlyList<string> Agents { get => Filter.ValuesOf(FilterField.Agent); init => Filter = Filter.WithValues(FilterField.Agent, value); }
    /// <summary>Load bands.</summary>
    public IReadOnlyList<NodeLoad> Loads
    {
        get => [.. Filter.ValuesOf(FilterField.Load).Select(NodeLoads.Parse).OfType<NodeLoad>()];
        init => Filter = Filter.WithValues(FilterField.Load, value.Select(NodeLoads.Name));
    }
    /// <summary>Id or name of a job that it runs (or, with 0 in <see cref="Versions"/>, does not run); empty for any.</summary>
    public string Job { get => Filter.ValuesOf(FilterField.Job) is [var job, ..] ? job : ""; init => Filter = Filter.WithValues(FilterField.Job, value.Length > 0 ? [value] : []); }
    /// <summary>Versions of <see cref="Job"/>; 0 matches nodes without the job.</summary>
    public IReadOnlyList<int> Versions
    {
        get => [.. Filter.ValuesOf(FilterField.Version).Select(v => int.Parse(v, CultureInfo.InvariantCulture))];
        init => Filter = Filter.WithValues(FilterField.Version, value.Select(v => v.ToString(CultureInfo.InvariantCulture)));
    }
    /// <summary>Ids of the nodes chosen on the map; empty for any.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    /// <summary>Sorted by.</summary>
    public NodeSort Sort { get; init; } = NodeSort.Name;
    /// <summary>Descending instead of ascending.</summary>
    public bool Descending { get; init; }

    /// <inheritdoc/>
    public override bool IsUnfiltered => base.IsUnfiltered && Ids.Count == 0;

    /// <summary>The same sort without filters.</summary>
    public NodeQuery Cleared => new() { Sort = Sort, Descending = Descending };

    /// <summary>Equal when every part is, lists by their entries in order.</summary>
    public bool Equals(NodeQuery? other) =>
        other is not null && Sort == other.Sort && Descending == other.Descending && HasFiltersOf(other) && Texts.Same(Ids, other.Ids);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sort, Descending, Filter, Ids.Count);

    /// <inheritdoc/>
    public override string ToString() => ToUrl();
}
