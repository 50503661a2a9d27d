using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>
/// Nodes that were chosen on the map, by a short name: thousands of ids do not fit into an address. A name stands for its content, so the same choice
/// has the same address. Kept by this process only, the last ones used; who comes later with an address of a forgotten one is told.
/// </summary>
public sealed class NodeSets
{
    /// <summary>Ids that an address can hold by itself.</summary>
    public const int MostInAddress = 20;
    private const int MostKept = 200;
    // A name and its ids are 8 bytes an id: the ids themselves are the fleet's own.
    private const int MostIdsKept = 1_000_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Name, IReadOnlyList<string> Ids)> _sets = [];
    private int _ids;

    /// <summary>Keeps ids; gives their name.</summary>
    public string Keep(IReadOnlyList<string> ids)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ids))))[..12];
        lock (_gate)
        {
            if (Take(name) is not null) return name;
            _sets.AddFirst((name, ids));
            _ids += ids.Count;
            while (_sets.Count > MostKept || (_ids > MostIdsKept && _sets.Count > 1))
            {
                _ids -= _sets.Last!.Value.Ids.Count;
                _sets.RemoveLast();
            }
        }
        return name;
    }

    /// <summary>The ids of a name; null when they are no longer known.</summary>
    public IReadOnlyList<string>? Find(string name)
    {
        lock (_gate) return Take(name);
    }

    private IReadOnlyList<string>? Take(string name)
    {
        for (var set = _sets.First; set is not null; set = set.Next)
        {
            if (set.Value.Name != name) continue;
            _sets.Remove(set);
            _sets.AddFirst(set);
            return set.Value.Ids;
        }
        return null;
    }
}
