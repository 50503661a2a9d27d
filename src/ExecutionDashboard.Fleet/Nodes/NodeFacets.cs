namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>A value, and the number of nodes that have it.</summary>
/// <param name="Value">The value; may be empty.</param>
/// <param name="Nodes">Number of nodes.</param>
public sealed record FacetValue(string Value, int Nodes);

/// <summary>A label key of nodes.</summary>
/// <param name="Key">The key.</param>
/// <param name="Nodes">Number of nodes with the key.</param>
/// <param name="Values">Its values, the most frequent first, at most <see cref="NodeFacets.MostValues"/>.</param>
/// <param name="Distinct">Number of distinct values.</param>
public sealed record LabelFacet(string Key, int Nodes, IReadOnlyList<FacetValue> Values, int Distinct);

/// <summary>The values that nodes can be filtered by, with counts.</summary>
public sealed record NodeFacets
{
    /// <summary>Most values per key.</summary>
    public const int MostValues = 200;
    /// <summary>Most label keys; the most frequent are kept.</summary>
    public const int MostKeys = 500;

    /// <summary>Operating systems, the most frequent first.</summary>
    public IReadOnlyList<FacetValue> Systems { get; init; } = [];
    /// <summary>Architectures, the most frequent first.</summary>
    public IReadOnlyList<FacetValue> Architectures { get; init; } = [];
    /// <summary>Versions of the agent, the newest first.</summary>
    public IReadOnlyList<FacetValue> Agents { get; init; } = [];
    /// <summary>Label keys, the most frequent first.</summary>
    public IReadOnlyList<LabelFacet> Labels { get; init; } = [];

    /// <summary>Keys that are useful for grouping: on at least half of the nodes and with 2–<see cref="MostValues"/> values; fewest values first.</summary>
    public IReadOnlyList<LabelFacet> Groupable(int nodes) =>
        [.. Labels.Where(l => l.Nodes * 2 >= nodes && l.Distinct is >= 2 and <= MostValues).OrderBy(l => l.Distinct).ThenBy(l => l.Key, NaturalOrder.Instance)];

    /// <summary>Computes the facets of nodes.</summary>
    internal static NodeFacets Of(IReadOnlyList<Node> nodes)
    {
        Dictionary<string, int> systems = new(StringComparer.Ordinal), architectures = new(StringComparer.Ordinal), agents = new(StringComparer.Ordinal);
        var labels = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            Count(systems, node.OperatingSystem);
            Count(architectures, node.Architecture);
            Count(agents, node.AgentVersion);
            foreach (var (key, value) in node.Labels)
            {
                if (!labels.TryGetValue(key, out var values)) labels[key] = values = new(StringComparer.Ordinal);
                Count(values, value);
            }
        }
        return new()
        {
            Systems = Most(systems), Architectures = Most(architectures),
            Agents = [.. agents.Select(a => new FacetValue(a.Key, a.Value)).Order(Comparer<FacetValue>.Create((a, b) => NaturalOrder.Instance.Compare(b.Value, a.Value))).Take(MostValues)],
            Labels =
            [
                .. labels.Select(l => (l.Key, Nodes: l.Value.Values.Sum(), l.Value)).OrderByDescending(l => l.Nodes).ThenBy(l => l.Key, NaturalOrder.Instance)
                    .Take(MostKeys).Select(l => new LabelFacet(l.Key, l.Nodes, Most(l.Value), l.Value.Count)),
            ],
        };
    }

    private static void Count(Dictionary<string, int> counts, string value) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;

    private static List<FacetValue> Most(Dictionary<string, int> counts) =>
        [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, NaturalOrder.Instance).Take(MostValues).Select(c => new FacetValue(c.Key, c.Value))];
}
