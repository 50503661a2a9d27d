using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>What the colours of the node map show.</summary>
public enum NodeColor
{
    /// <summary>Worst state among the current executions of the node.</summary>
    State,
    /// <summary>Connection.</summary>
    Connection,
    /// <summary>Usage of the scarcest resource.</summary>
    Load,
    /// <summary>Version of the agent.</summary>
    Agent,
    /// <summary>Version of a chosen job.</summary>
    Version,
}

/// <summary>Settings of the node map.</summary>
/// <param name="Color">What the colours show.</param>
/// <param name="Job">The job whose version is shown.</param>
/// <param name="GroupBy">The label to group by; empty for one group.</param>
public sealed record NodeMapView(NodeColor Color, string Job, string GroupBy);

/// <summary>A group of cells.</summary>
/// <param name="Name">The label's value; empty for nodes without the label.</param>
/// <param name="Count">Number of cells.</param>
/// <param name="IsRest">Whether it combines many rare values.</param>
public sealed record NodeMapGroup(string Name, int Count, bool IsRest = false);

/// <summary>One colour of the map's legend.</summary>
/// <param name="Code">Its number in <see cref="NodeMap.Codes"/>.</param>
/// <param name="Value">The value; empty for "none", null for all values without a colour of their own.</param>
/// <param name="Count">Number of nodes with the value that match the query, without the query's own filter on this value.</param>
public sealed record NodeMapColor(int Code, string? Value, int Count);

/// <summary>
/// The node map: one cell per node, in groups, each with a colour code. It has a cell for every node of the fleet; nodes that do not match the query are dimmed.
/// Belongs to one viewer, not safe for concurrent use.
/// </summary>
public sealed class NodeMap
{
    /// <summary>Flag of a cell whose node does not match the query.</summary>
    public const byte Dimmed = 32;
    /// <summary>Flag of a cell whose node is unreachable, or whose last heartbeat is stale: it shows the last known state.</summary>
    public const byte Silent = 64;
    /// <summary>Most groups; the nodes of all further values share one.</summary>
    public const int MostGroups = 200;
    private const int Rest = 31;

    private readonly FleetStore _store;
    private readonly NodeQuery _query, _base;
    private readonly List<string> _values;
    private readonly Dictionary<string, int> _codes = new(StringComparer.OrdinalIgnoreCase);
    private readonly int[] _numbers, _places, _counts = new int[Rest + 1];
    private readonly byte[] _counted;
    private readonly long _edition;
    private long _mark;

    /// <summary>Lays out the nodes of a fleet.</summary>
    public NodeMap(FleetStore store, NodeMapView view, NodeQuery query)
    {
        (_store, View, _query, _base) = (store, view, query, NodeColoring.Without(query, view.Color));
        _edition = store.NodeTraitsEdition;
        (_numbers, Groups) = NodeGrouping.Of(store.Nodes, view.GroupBy, store.NodeNumber);
        _values = NodeColoring.Values(store, view);
        for (var i = 0; i < _values.Count; i++) _codes[_values[i]] = i;
        _places = new int[_numbers.Length == 0 ? 0 : _numbers.Max() + 1];
        for (var i = 0; i < _numbers.Length; i++) _places[_numbers[i]] = i + 1;
        Codes = new byte[_numbers.Length];
        _counted = new byte[_numbers.Length];
        Array.Fill(_counted, (byte)255);
        (var drawn, _mark) = store.Draw(_numbers, view, _query, _base);
        for (var cell = 0; cell < drawn.Length; cell++) Set(cell, drawn[cell]);
    }

    /// <summary>The settings.</summary>
    public NodeMapView View { get; }
    /// <summary>The groups, in the order of their cells.</summary>
    public IReadOnlyList<NodeMapGroup> Groups { get; }
    /// <summary>The colour code of each cell, with the flags <see cref="Dimmed"/> and <see cref="Silent"/>.</summary>
    public byte[] Codes { get; }

    /// <summary>The colours in use, in legend order.</summary>
    public IReadOnlyList<NodeMapColor> Colors
    {
        get
        {
            var colors = new List<NodeMapColor>();
            for (var i = 0; i < _values.Count; i++) colors.Add(new(i, _values[i], _counts[i]));
            if (_counts[Rest] > 0) colors.Add(new(Rest, null, _counts[Rest]));
            return colors;
        }
    }

    /// <summary>Whether a node was added, removed or moved to another group, so that the layout must be made again.</summary>
    public bool IsOutdated => _store.NodeTraitsEdition != _edition;

    /// <summary>Updates the colours and returns the cells that changed. Costs the nodes that changed.</summary>
    public IReadOnlyList<int> Follow()
    {
        var cells = new List<int>();
        var (changed, drawn, mark) = _store.DrawChanged(_mark, View, _query, _base);
        _mark = mark;
        for (var i = 0; i < changed.Length; i++)
            if (changed[i] < _places.Length && _places[changed[i]] is var place and > 0 && Set(place - 1, drawn[i])) cells.Add(place - 1);
        return cells;
    }

    /// <summary>The node of a cell; null when it was removed.</summary>
    public NodeSummary? At(int cell) => cell >= 0 && cell < _numbers.Length ? _store.SummaryOf(_numbers[cell]) : null;

    /// <summary>Ids of the nodes in ranges of cells, given as start and end (exclusive) in turn. Indexes outside of the map are ignored.</summary>
    public IReadOnlyList<string> Ids(IReadOnlyList<int> ranges)
    {
        var ids = new List<string>();
        var next = 0;
        for (var i = 0; i + 1 < ranges.Count; i += 2)
            for (next = Math.Max(next, ranges[i]); next < Math.Min(ranges[i + 1], _numbers.Length); next++) ids.Add(_store.NodeId(_numbers[next]));
        return ids;
    }

    private bool Set(int cell, DrawnNode node)
    {
        var color = node.Value is null ? 0 : CodeOf(node.Value);
        var code = (byte)(color | (node.Matches ? 0 : Dimmed) | (node.Silent ? Silent : 0));
        var counted = node.Counts ? (byte)color : (byte)255;
        if (_counted[cell] != counted)
        {
            if (_counted[cell] != 255) _counts[_counted[cell]]--;
            if (counted != 255) _counts[counted]++;
            _counted[cell] = counted;
        }
        if (Codes[cell] == code) return false;
        Codes[cell] = code;
        return true;
    }

    private int CodeOf(string value)
    {
        if (_codes.TryGetValue(value, out var code)) return code;
        if (_values.Count == Rest) return Rest;
        _codes[value] = _values.Count;
        _values.Add(value);
        return _values.Count - 1;
    }
}

/// <summary>The values of a node that the map draws.</summary>
/// <param name="Value">The value of its colour; null when the node was removed.</param>
/// <param name="Matches">Whether it matches the query.</param>
/// <param name="Counts">Whether it matches the query without the filters of the colour.</param>
/// <param name="Silent">Whether it is unreachable, or its last heartbeat is stale.</param>
internal readonly record struct DrawnNode(string? Value, bool Matches, bool Counts, bool Silent);
