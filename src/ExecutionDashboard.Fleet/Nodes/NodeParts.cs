namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>
/// Lets nodes share what is equal in them. Most nodes of a fleet have the capabilities of their agent's version, the labels of their site and a few words, and a heartbeat changes
/// none of it; read from JSON each node has its own copies, some forty texts. Not safe for concurrent use.
/// </summary>
public sealed class NodeParts
{
    // What only one node has gains nothing by being kept here.
    private const int MostKept = 20_000;
    // Nodes have some ten labels; what has hundreds of entries is no common set.
    private const int LargestShared = 100;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> _maps = new(Texts.ByContent);
    private readonly Dictionary<IReadOnlyDictionary<string, IReadOnlyList<string>>, IReadOnlyDictionary<string, IReadOnlyList<string>>> _lists = new(Texts.ListsByContent);

    /// <summary>The node, equal in every field, with the parts of other nodes where they are equal.</summary>
    /// <param name="node">A node as read.</param>
    /// <param name="before">The same node as it was shared before; null when it is new.</param>
    public Node Share(Node node, Node? before = null)
    {
        if (before?.Id != node.Id) before = null;
        if (before is not null && before.EqualsApartFromHeartbeat(node)) return before.HasPartsOf(node) ? node : before.WithHeartbeatOf(node);
        var name = before?.Name == node.Name ? before.Name : node.Name;
        return node with
        {
            Id = before?.Id ?? (node.Id == name ? name : node.Id),
            Name = name,
            Hostname = node.Hostname == name ? name : before?.Hostname == node.Hostname ? before.Hostname : node.Hostname,
            OperatingSystem = Share(node.OperatingSystem), Architecture = Share(node.Architecture), AgentVersion = Share(node.AgentVersion),
            HardwareFingerprint = before?.HardwareFingerprint == node.HardwareFingerprint ? before.HardwareFingerprint : node.HardwareFingerprint,
            Connection = Share(node.Connection), Message = Share(node.Message),
            Labels = Share(node.Labels, before?.Labels), Identity = Share(node.Identity, before?.Identity), Capabilities = Share(node.Capabilities),
        };
    }

    private string Share(string text) => text.Length == 0 ? "" : Kept(_texts, text, text);

    private IReadOnlyDictionary<string, string> Share(IReadOnlyDictionary<string, string> map, IReadOnlyDictionary<string, string>? before)
    {
        if (before is not null && Texts.Same(map, before)) return before;
        if (map.Count > LargestShared) return map;
        if (_maps.TryGetValue(map, out var kept)) return kept;
        // Names are the same words everywhere, and so are most values.
        return Kept(_maps, map, map.ToDictionary(entry => Share(entry.Key), entry => Share(entry.Value), StringComparer.Ordinal));
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string>> Share(IReadOnlyDictionary<string, IReadOnlyList<string>> lists) =>
        _lists.TryGetValue(lists, out var kept) ? kept
        : Kept(_lists, lists, lists.ToDictionary(list => Share(list.Key), list => (IReadOnlyList<string>)[.. list.Value.Select(Share)], StringComparer.Ordinal));

    private static T Kept<T>(Dictionary<T, T> all, T key, T value) where T : class
    {
        if (all.TryGetValue(key, out var kept)) return kept;
        if (all.Count < MostKept) all[value] = value;
        return value;
    }
}
