namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>A value that nodes have, and how many have it.</summary>
/// <param name="Value">The value; may be empty.</param>
/// <param name="Nodes">Nodes that have it.</param>
public sealed record FacetValue(string Value, int Nodes);

/// <summary>A label key that nodes have.</summary>
/// <param name="Key">The key.</param>
/// <param name="Nodes">Nodes that have it.</param>
/// <param name="Values">Its values, the most frequent first, at most <see cref="NodeFacets.MostValues"/>.</param>
/// <param name="Distinct">Values in all.</param>
public sealed record LabelFacet(string Key, int Nodes, IReadOnlyList<FacetValue> Values, int Distinct);

/// <summary>What the nodes of a fleet can be told apart by.</summary>
public sealed record NodeFacets
{
    /// <summary>Most values that are kept of one key.</summary>
    public const int MostValues = 200;
    /// <summary>Most label keys that are kept, the most frequent.</summary>
    public const int MostKeys = 500;

    /// <summary>Operating systems, the most frequent first.</summary>
    public IReadOnlyList<FacetValue> Systems { get; init; } = [];
    /// <summary>Architectures, the most frequent first.</summary>
    public IReadOnlyList<FacetValue> Architectures { get; init; } = [];
    /// <summary>Versions of the agent, the newest first.</summary>
    public IReadOnlyList<FacetValue> Agents { get; init; } = [];
    /// <summary>Label keys that the most nodes have first.</summary>
    public IReadOnlyList<LabelFacet> Labels { get; init; } = [];

    /// <summary>
    /// The keys that are worth grouping by: of those on at least half of the nodes, with 2–<see cref="MostValues"/> values, the ones with the fewest
    /// values first.
    /// </summary>
    public IReadOnlyList<LabelFacet> Groupable(int nodes) =>
        [.. Labels.Where(l => l.Nodes * 2 >= nodes && l.Distinct is >= 2 and <= MostValues).OrderBy(l => l.Distinct).ThenBy(l => l.Key, NaturalOrder.Instance)];

    /// <summary>The facets of nodes.</summary>
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
