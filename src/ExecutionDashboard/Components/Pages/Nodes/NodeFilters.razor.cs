using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>Search box, connections with their counts, and the filters set as chips.</summary>
public sealed partial class NodeFilters
{
    /// <summary>Connections that have a toggle whether or not a node has them.</summary>
    internal static readonly string[] Usual = ["connected", FleetStore.StaleConnection, "connecting", "disconnected", "lost"];

    private bool _adding;
    private NodeFilterField _field;
    private string _value = "";
    private string _problem = "";

    /// <summary>What is filtered by.</summary>
    [Parameter, EditorRequired]
    public NodeQuery Query { get; set; } = NodeQuery.All;

    /// <summary>How many nodes were chosen on the map; null when that was not done.</summary>
    [Parameter]
    public int? Chosen { get; set; }

    /// <summary>Another query was chosen.</summary>
    [Parameter]
    public EventCallback<NodeQuery> QueryChanged { get; set; }

    /// <summary>Another text was typed.</summary>
    [Parameter]
    public EventCallback<TypedText> OnTyped { get; set; }

    /// <summary>The choice on the map is to be forgotten.</summary>
    [Parameter]
    public EventCallback OnForget { get; set; }

    /// <summary>Every filter is to be forgotten.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    [Inject]
    private FilteredCounts Counts { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    private IEnumerable<(string Connection, int Count)> Connections
    {
        get
        {
            var counts = Counts.Of(Replica.Store, Query with { Connections = [] });
            var others = Replica.Store.NodesByConnection.Keys.Where(c => !Usual.Contains(c, StringComparer.OrdinalIgnoreCase));
            return Usual.Concat(others).Select(c => (c, counts.GetValueOrDefault(c)));
        }
    }

    private Task Toggle(string connection) => QueryChanged.InvokeAsync(NodeColoring.Toggle(Query, new(NodeColor.Connection, "", ""), connection));

    private void ChangeField(ChangeEventArgs change)
    {
        _field = Enum.Parse<NodeFilterField>(change.Value?.ToString() ?? nameof(NodeFilterField.Label));
        (_value, _problem) = ("", "");
    }

    private async Task Submit()
    {
        (var query, _problem) = NodeFilterFields.Add(Query, _field, _value.Trim(), Replica.Store);
        if (query is null) return;
        (_adding, _value) = (false, "");
        await QueryChanged.InvokeAsync(query);
    }
}
