using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>The filters of nodes, as the list shows them.</summary>
public static class NodeFilterList
{
    /// <summary>Connections have toggles and no chip, except for unknown ones.</summary>
    public static FilterList List { get; } = new(NodeQuery.All.Address.Vocabulary)
    {
        HasToggle = (condition, value, store) => condition is { Field: FilterField.Connection, Not: false } && !value.IsPattern && (store.NodeCount == 0 || IsKnown(value.Text, store)),
        Choices = (field, store) => field switch
        {
            FilterField.Connection => NodeFilters.Usual.Union(store.NodesByConnection.Keys, StringComparer.OrdinalIgnoreCase).Select(c => new FilterChoice(c, "", store.NodesByConnection.GetValueOrDefault(c))),
            FilterField.State => ExecutionState.All.Select(s => s.Name).Concat(store.Counts(Fleet.Store.Queries.ExecutionScope.All).Other.Keys).Select(s => new FilterChoice(s)).Append(new("none", "no executions")),
            _ => null,
        },
        FieldName = field => field switch { FilterField.State => "worst state", FilterField.For => "in its connection state", FilterField.Created => "joined", _ => null },
        ValueName = (field, value) => field switch
        {
            FilterField.Connection => NodeLabels.Connection(value),
            FilterField.State when value == "none" => "no executions",
            FilterField.Load when NodeLoads.Parse(value) is { } load => NodeLoads.Words(load),
            FilterField.Version => value == "0" ? "not there" : "v" + value,
            _ => null,
        },
    };

    private static bool IsKnown(string connection, FleetStore store) =>
        NodeFilters.Usual.Contains(connection, StringComparer.OrdinalIgnoreCase) || store.NodesByConnection.Keys.Contains(connection, StringComparer.OrdinalIgnoreCase);
}
