using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>
/// Selections of the map under a short name, because thousands of ids do not fit into an address. The name is derived from the ids, so the same selection has the
/// same address. Only the most recently used ones are kept, in this process; the page says when one has expired.
/// </summary>
public sealed class NodeSets
{
    /// <summary>Most ids that are put into the address.</summary>
    public const int MostInAddress = 20;
    private const int MostKept = 200;
    // An entry costs 8 bytes per id; the id strings belong to the fleet.
    private const int MostIdsKept = 1_000_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Name, IReadOnlyList<string> Ids)> _sets = [];
    private int _ids;

    /// <summary>Stores ids and returns their name.</summary>
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

    /// <summary>The ids of a name; null when it has expired.</summary>
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
