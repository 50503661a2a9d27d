using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Grouping;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>What a list of nodes can be grouped by.</summary>
public enum NodeGroupField
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Connection; case does not matter.</summary>
    Connection,
    /// <summary>Worst state of the current executions.</summary>
    State,
    /// <summary>Version of the agent.</summary>
    Version,
    /// <summary>Value of a label.</summary>
    Label,
    /// <summary>Control plane.</summary>
    Plane,
}

/// <summary>What a list of nodes is grouped by.</summary>
/// <param name="Field">The field.</param>
/// <param name="Label">Key of the label, for <see cref="NodeGroupField.Label"/>.</param>
public sealed record NodeListGrouping(NodeGroupField Field, string Label = "")
{
    private const string LabelPrefix = "label.";

    /// <summary>No grouping.</summary>
    public static NodeListGrouping None { get; } = new(NodeGroupField.None);

    /// <summary>Whether nothing is grouped.</summary>
    public bool IsNone => Field == NodeGroupField.None;

    /// <summary>Reads a grouping as <see cref="ToString"/> writes it: <c>connection</c>, <c>label.region</c>. Whatever else is none.</summary>
    public static NodeListGrouping Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return None;
        if (text.StartsWith(LabelPrefix, StringComparison.OrdinalIgnoreCase)) return text[LabelPrefix.Length..] is var key && ExecutionGrouping.IsKey(key) ? new(NodeGroupField.Label, key) : None;
        foreach (var field in Enum.GetValues<NodeGroupField>())
            if (field != NodeGroupField.Label && text.Equals(field.ToString(), StringComparison.OrdinalIgnoreCase)) return new(field);
        return None;
    }

    /// <summary>The query of a group of a query's nodes: it matches exactly these, as long as they do not change.</summary>
    public NodeQuery Narrow(NodeQuery query, NodeGroup group) => Field switch
    {
        NodeGroupField.Connection => query with { Connections = [group.Value] },
        NodeGroupField.State => query with { Worst = [ExecutionState.Parse(group.Value)] },
        NodeGroupField.Version => query with { Agents = [group.Value] },
        NodeGroupField.Plane => query with { Filter = query.Filter.WithValues(FilterField.Plane, [group.Value]) },
        NodeGroupField.Label => query with { Labels = [.. query.Labels, group.IsWithout ? "!" + Label : $"{Label}=={group.Value}"] },
        _ => query,
    };

    /// <summary>As in an address; empty for none.</summary>
    public override string ToString() => Field switch
    {
        NodeGroupField.None => "",
        NodeGroupField.Label => LabelPrefix + Label,
        _ => Field.ToString().ToLowerInvariant(),
    };
}
