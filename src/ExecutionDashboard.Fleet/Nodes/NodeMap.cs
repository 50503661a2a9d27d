using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>What the cells of a map of nodes are coloured by.</summary>
public enum NodeColor
{
    /// <summary>The worst state among its current executions.</summary>
    State,
    /// <summary>Connection.</summary>
    Connection,
    /// <summary>Use of the scarcest resource.</summary>
    Load,
    /// <summary>Version of the agent.</summary>
    Agent,
    /// <summary>Version of a chosen job.</summary>
    Version,
}

/// <summary>How a map shows nodes.</summary>
/// <param name="Color">What cells are coloured by.</param>
/// <param name="Job">The job whose version is shown.</param>
/// <param name="GroupBy">The label that cells are grouped by; empty is one group.</param>
public sealed record NodeMapView(NodeColor Color, string Job, string GroupBy);

/// <summary>Cells that stand together.</summary>
/// <param name="Name">The label's value; empty for nodes without the label.</param>
/// <param name="Count">Cells.</param>
/// <param name="IsRest">It holds the nodes of many rare values.</param>
public sealed record NodeMapGroup(string Name, int Count, bool IsRest = false);

/// <summary>One colour of a map.</summary>
/// <param name="Code">Its number in <see cref="NodeMap.Codes"/>.</param>
/// <param name="Value">What it stands for; empty for nothing, null for all values that have no colour of their own.</param>
/// <param name="Count">Nodes that have it, under the query without its part about this very thing.</param>
public sealed record NodeMapColor(int Code, string? Value, int Count);

/// <summary>
/// One cell a node, in groups, each with the number of its colour: what a canvas draws. All nodes of the fleet have their place, those that a query
/// does not find are marked. Belongs to one viewer, not safe for concurrent use.
/// </summary>
public sealed class NodeMap
{
    /// <summary>Bit of a cell whose node the query does not find.</summary>
    public const byte Dimmed = 32;
    /// <summary>Bit of a cell whose node is not connected, or whose last heartbeat is stale: what is shown is the last known.</summary>
    public const byte Silent = 64;
    /// <summary>Groups of a map; the nodes of further values stand in one group.</summary>
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

    /// <summary>Lays the nodes of a fleet out.</summary>
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

    /// <summary>How nodes are shown.</summary>
    public NodeMapView View { get; }
    /// <summary>The groups, in the order of their cells.</summary>
    public IReadOnlyList<NodeMapGroup> Groups { get; }
    /// <summary>For each cell the number of its colour, with <see cref="Dimmed"/> and <see cref="Silent"/>.</summary>
    public byte[] Codes { get; }

    /// <summary>The colours that occur, in the order of their meaning.</summary>
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

    /// <summary>A node came, went, or stands in another group by now: lay out anew.</summary>
    public bool IsOutdated => _store.NodeTraitsEdition != _edition;

    /// <summary>Brings the colours to the present; gives the cells that changed. Cost: the nodes that changed since.</summary>
    public IReadOnlyList<int> Follow()
    {
        var cells = new List<int>();
        var (changed, drawn, mark) = _store.DrawChanged(_mark, View, _query, _base);
        _mark = mark;
        for (var i = 0; i < changed.Length; i++)
            if (changed[i] < _places.Length && _places[changed[i]] is var place and > 0 && Set(place - 1, drawn[i])) cells.Add(place - 1);
        return cells;
    }

    /// <summary>The node of a cell as it is now; null when it is gone.</summary>
    public NodeStanding? At(int cell) => cell >= 0 && cell < _numbers.Length ? _store.StandingOf(_numbers[cell]) : null;

    /// <summary>Ids of the nodes of cells, given as starts and ends (not included) in turn. What lies outside is left out.</summary>
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

/// <summary>What a map draws of a node.</summary>
/// <param name="Value">What it is coloured by; null when it is gone.</param>
/// <param name="Matches">The whole query finds it.</param>
/// <param name="Counts">The query without its part about the colour finds it.</param>
/// <param name="Silent">It is not connected, or its last heartbeat is stale.</param>
internal readonly record struct DrawnNode(string? Value, bool Matches, bool Counts, bool Silent);
