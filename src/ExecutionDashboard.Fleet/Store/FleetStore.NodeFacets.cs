using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    private readonly Dictionary<string, int> _connections = new(StringComparer.OrdinalIgnoreCase);
    private long _nodeTraits;
    private KeptFacets? _facets;

    /// <summary>Changes when a node is added or removed, or its name, labels, system, architecture or agent changes.</summary>
    public long NodeTraitsEdition => Volatile.Read(ref _nodeTraits);

    /// <summary>The values that nodes can be filtered by. Counted once per <see cref="NodeTraitsEdition"/> for all viewers.</summary>
    public NodeFacets NodeFacets
    {
        get
        {
            var edition = NodeTraitsEdition;
            if (Volatile.Read(ref _facets) is { } kept && kept.Edition == edition) return kept.Facets;
            kept = new(edition, NodeFacets.Of(Nodes));
            Volatile.Write(ref _facets, kept);
            return kept.Facets;
        }
    }

    /// <summary>Number of nodes by <see cref="ConnectionOf(string)"/>; maintained, not counted.</summary>
    public IReadOnlyDictionary<string, int> NodesByConnection =>
        _gate.Read(() => _connections.Where(c => c.Value > 0).ToDictionary(c => c.Key, c => c.Value, StringComparer.OrdinalIgnoreCase));

    /// <summary>Number of matching nodes by <see cref="ConnectionOf(string)"/>. Costs one pass over the nodes.</summary>
    public IReadOnlyDictionary<string, int> CountByConnection(NodeQuery query)
    {
        var nodes = Nodes;
        return _gate.Read(() =>
        {
            var filter = new NodeFilter(query, _table, _catalog);
            var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            foreach (var listed in nodes)
            {
                if (_table.Nodes.Find(listed.Id) is not { } group || filter.Find(group.Number) is not { } node) continue;
                var connection = ConnectionOf(node, group);
                counts[connection] = counts.GetValueOrDefault(connection) + 1;
            }
            return counts;
        });
    }

    private void CountConnection(string? before, string? now)
    {
        if (before == now) return;
        if (before is not null) _connections[before]--;
        if (now is not null) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_connections, now, out _)++;
    }

    private sealed record KeptFacets(long Edition, NodeFacets Facets);
}
