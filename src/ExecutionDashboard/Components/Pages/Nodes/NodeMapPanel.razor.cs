using ExecutionDashboard.Components.Shared.States;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>The map of the fleet: a canvas with one cell per node. The browser gets the layout once, and then the cells that changed, once per tick.</summary>
public sealed partial class NodeMapPanel
{
    // During a first load nodes are added at every tick, and a new layout each time would make the map jump.
    private static readonly TimeSpan LayoutPause = TimeSpan.FromSeconds(2);

    // From this size on, cells are so small that the map gets more room.
    private const int ManyCells = 40_000;
    // Up to this size the map needs little height; the browser measures how much.
    private const int FewCells = 200;

    private readonly List<int> _chosen = [];
    private NodeMap? _map;
    private FleetStore? _store;
    private NodeQuery _query = NodeQuery.All;
    private IReadOnlyList<LabelFacet> _groupable = [];
    private DateTimeOffset _laidOutAt;
    private bool _untold;
    private ElementReference _host;
    private DotNetObjectReference<NodeMapPanel>? _self;
    private IJSObjectReference? _module, _canvas;

    /// <summary>The query; other nodes are dimmed.</summary>
    [Parameter, EditorRequired]
    public NodeQuery Query { get; set; } = NodeQuery.All;

    /// <summary>Settings of the map.</summary>
    [Parameter, EditorRequired]
    public NodeMapView View { get; set; } = new(NodeColor.State, "", "");

    /// <summary>Whether the map is paused.</summary>
    [Parameter]
    public bool Paused { get; set; }

    /// <summary>Other settings were selected.</summary>
    [Parameter]
    public EventCallback<NodeMapView> OnView { get; set; }

    /// <summary>Another query was selected in the legend.</summary>
    [Parameter]
    public EventCallback<NodeQuery> OnQuery { get; set; }

    /// <summary>Nodes were selected, by id.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnChoose { get; set; }

    /// <summary>A node should be opened.</summary>
    [Parameter]
    public EventCallback<string> OnOpen { get; set; }

    [Inject]
    private Replica Replica { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private FleetSight Sight { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private string? Size => _map?.Codes.Length switch { > ManyCells => "large", <= FewCells => "few", _ => null };

    private bool IsDimmed => !_query.IsUnfiltered;

    private IEnumerable<(MapLook Look, int Count)> Legend => (_map?.Colors ?? [])
        .Where(c => c.Count > 0 || NodeColoring.IsOn(Query, View, c.Value)).Select(c => (MapLook.Of(c, View.Color, Sight.At is not null), c.Count));

    private IEnumerable<(string Key, string Name)> GroupKeys => View.GroupBy.Length == 0 || _groupable.Any(l => l.Key == View.GroupBy)
        ? _groupable.Select(l => (l.Key, $"{l.Key} ({Format.Count(l.Distinct)})"))
        : _groupable.Select(l => (l.Key, $"{l.Key} ({Format.Count(l.Distinct)})")).Prepend((View.GroupBy, View.GroupBy));

    /// <inheritdoc/>
    protected override void OnInitialized() => Watch(Topics.Executions | Topics.Nodes | Topics.Jobs, async _ =>
    {
        if (Paused || _map is null) return false;
        var before = Counts(_map);
        if (!ReferenceEquals(_store, Replica.Store) || (_map.IsOutdated && Time.GetUtcNow() - _laidOutAt >= LayoutPause))
        {
            LayOut();
            await TellLayoutAsync();
            return true;
        }
        var colors = _map.Colors.Count;
        var cells = _map.Follow();
        if (cells.Count == 0 && before.SequenceEqual(Counts(_map))) return false;
        if (colors != _map.Colors.Count) await CallAsync("look", [Looks()]);
        if (cells.Count > 0) await CallAsync("patch", [Packed(cells)]);
        return true;
    });

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_map is not null && View == _map.View && ReferenceEquals(_store, Replica.Store) && _query.Equals(Query with { Sort = NodeSort.Name, Descending = false })) return;
        LayOut();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            try
            {
                _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/fleetmap.js");
                _canvas = await _module.InvokeAsync<IJSObjectReference>("create", Gone, _host, _self);
            }
            catch (Exception e) when (e is OperationCanceledException or JSDisconnectedException)
            {
                return;
            }
        }
        if (_untold) await TellLayoutAsync();
    }

    /// <summary>Called by the browser for the tooltip of a cell: the address of its node, its name, then lines; empty when the node was removed.</summary>
    [JSInvokable]
    public IReadOnlyList<string> Describe(int cell)
    {
        if (_map?.At(cell) is not { } summary) return [];
        var node = summary.Node;
        var worst = summary.Current.WorstFirst();
        List<string> lines = [NodeLabels.Address(node.Id), node.DisplayName, $"{NodeLabels.Connection(summary.Connection)}{(node.Message.Length > 0 ? ": " + Masked.Text(node.Message) : "")}"];
        lines.Add(worst.Count == 0 ? "no executions" : string.Join(", ", worst.Select(w => $"{Format.Count(w.Count)} {StateStyle.Word(w.State)}")));
        if (summary.HasStaleHeartbeat) lines.Insert(3, $"connected, last heartbeat {node.LastHeartbeat?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        if (node.Resources is { } use) lines.Add(FormattableString.Invariant($"CPU {use.CpuPercent:0} %, memory {use.MemoryPercent:0} %, disk {use.DiskPercent:0} %"));
        lines.Add(string.Join(", ", new[] { NodeLabels.System(node), node.AgentVersion }.Where(t => t.Length > 0)));
        if (View.GroupBy.Length > 0) lines.Add($"{View.GroupBy}: {Masked.Pair(View.GroupBy, node.Labels.GetValueOrDefault(View.GroupBy, "–"))}");
        return lines;
    }

    /// <summary>Called by the browser when a cell was clicked.</summary>
    [JSInvokable]
    public Task Open(int cell) => _map?.At(cell) is { } summary ? OnOpen.InvokeAsync(summary.Node.Id) : Task.CompletedTask;

    /// <summary>Called by the browser when cells were selected, as start and end (exclusive) in turn. Large selections come in parts.</summary>
    [JSInvokable]
    public Task Choose(int[]? ranges, bool isLast)
    {
        if (_map is not { } map || ranges is null) return Task.CompletedTask;
        // A selection cannot have more ranges than the map has cells.
        if (_chosen.Count + ranges.Length <= 2 * map.Codes.Length) _chosen.AddRange(ranges);
        if (!isLast) return Task.CompletedTask;
        var ids = map.Ids(_chosen);
        _chosen.Clear();
        return OnChoose.InvokeAsync(ids);
    }

    private void LayOut()
    {
        _store = Replica.Store;
        _query = Query with { Sort = NodeSort.Name, Descending = false };
        _map = new NodeMap(_store, View, _query);
        _groupable = _store.NodeFacets.Groupable(_store.NodeCount);
        _laidOutAt = Time.GetUtcNow();
        _untold = true;
    }

    private async Task TellLayoutAsync()
    {
        if (_canvas is null || _map is not { } map) return;
        _untold = false;
        await CallAsync("layout", map.Groups.Select(g => g.Name.Length > 0 ? Masked.Pair(View.GroupBy, g.Name) : View.GroupBy.Length > 0 ? $"no {View.GroupBy}" : "").ToArray(), map.Groups.Select(g => g.Count).ToArray(), map.Codes, Looks());
    }

    private object[] Looks() => [.. _map!.Colors.Select(c => MapLook.Of(c, View.Color, Sight.At is not null)).Select(l => new { l.Code, l.Css, l.Mark })];

    // Index and colour of each changed cell in five bytes; numbers as text would need three times as much.
    private byte[] Packed(IReadOnlyList<int> cells)
    {
        var bytes = new byte[cells.Count * 5];
        for (var i = 0; i < cells.Count; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 5), cells[i]);
            bytes[i * 5 + 4] = _map!.Codes[cells[i]];
        }
        return bytes;
    }

    private static int[] Counts(NodeMap map) => [.. map.Colors.Select(c => c.Count)];

    private Task ChangeColor(ChangeEventArgs change) => OnView.InvokeAsync(View with { Color = Enum.TryParse<NodeColor>(Text(change), out var color) ? color : NodeColor.State });

    private Task Toggle(MapLook look) => NodeColoring.Toggle(Query, View, look.Value) is { } query ? OnQuery.InvokeAsync(query) : Task.CompletedTask;

    private Task ZoomAsync(int by) => CallAsync("zoom", by);

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private async Task CallAsync(string call, params object[] arguments)
    {
        if (_canvas is null || Gone.IsCancellationRequested) return;
        try
        {
            await _canvas.InvokeVoidAsync(call, Gone, arguments);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // the tab is gone
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        try
        {
            if (_canvas is not null)
            {
                await _canvas.InvokeVoidAsync("dispose");
                await _canvas.DisposeAsync();
            }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the tab is gone, and the module with it
        }
        _self?.Dispose();
    }
}
