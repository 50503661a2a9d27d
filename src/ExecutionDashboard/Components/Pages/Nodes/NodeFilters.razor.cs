using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>Search box, connection filters with counts, and chips for the other filters.</summary>
public sealed partial class NodeFilters
{
    /// <summary>Connection states that always have a toggle.</summary>
    internal static readonly string[] Usual = ["connected", FleetStore.StaleConnection, "connecting", "disconnected", "lost"];

    /// <summary>What is filtered by.</summary>
    [Parameter, EditorRequired]
    public NodeQuery Query { get; set; } = NodeQuery.All;

    /// <summary>Number of nodes selected on the map; null without a selection.</summary>
    [Parameter]
    public int? Chosen { get; set; }

    /// <summary>Another query was selected.</summary>
    [Parameter]
    public EventCallback<NodeQuery> QueryChanged { get; set; }

    /// <summary>Another text was typed.</summary>
    [Parameter]
    public EventCallback<TypedText> OnTyped { get; set; }

    /// <summary>The selection should be removed.</summary>
    [Parameter]
    public EventCallback OnForget { get; set; }

    /// <summary>All filters should be removed.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    [Inject]
    private FilteredCounts Counts { get; set; } = null!;

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    private IEnumerable<(string Connection, int Count)> Connections
    {
        get
        {
            var counts = Counts.Of(Replica.Store, Query with { Connections = [] });
            var others = Replica.Store.NodesByConnection.Keys.Where(c => !Usual.Contains(c, StringComparer.OrdinalIgnoreCase));
            return Usual.Concat(others).Where(c => IsRecorded(c) || Query.Connections.Contains(c, StringComparer.OrdinalIgnoreCase)).Select(c => (c, counts.GetValueOrDefault(c)));
        }
    }

    // Heartbeats of the past are not recorded: that none was stale is not known.
    private bool IsRecorded(string connection) => Sight.At is null || connection != FleetStore.StaleConnection;

    private Task Toggle(string connection) => QueryChanged.InvokeAsync(NodeColoring.Toggle(Query, new(NodeColor.Connection, "", ""), connection));
}
