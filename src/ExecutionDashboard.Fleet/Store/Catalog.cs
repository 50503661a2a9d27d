using System.Collections.Concurrent;

namespace ExecutionDashboard.Fleet;

/// <summary>Things by id with one sorted list of them. One writer.</summary>
internal sealed class Listing<T>(Comparison<T> order) where T : class, IEquatable<T>
{
    private readonly ConcurrentDictionary<string, T> _byId = new(StringComparer.Ordinal);
    private long _edition;
    private Kept? _kept;

    public T? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Takes a thing as it is now; false when it was so.</summary>
    public bool Set(string id, T value)
    {
        if (_byId.TryGetValue(id, out var held) && held.Equals(value)) return false;
        _byId[id] = value;
        Interlocked.Increment(ref _edition);
        return true;
    }

    public bool Remove(string id)
    {
        if (!_byId.TryRemove(id, out _)) return false;
        Interlocked.Increment(ref _edition);
        return true;
    }

    /// <summary>All, sorted. The same list until one changes.</summary>
    public IReadOnlyList<T> All()
    {
        var edition = Interlocked.Read(ref _edition);
        if (Volatile.Read(ref _kept) is { } kept && kept.Edition == edition) return kept.List;
        var list = _byId.Values.ToArray();
        Array.Sort(list, order);
        kept = new Kept(edition, Array.AsReadOnly(list));
        Volatile.Write(ref _kept, kept);
        return kept.List;
    }

    private sealed record Kept(long Edition, IReadOnlyList<T> List);
}

/// <summary>Nodes, jobs, deployments and specs.</summary>
internal sealed class Catalog
{
    public Listing<Node> Nodes { get; } = new((a, b) => ByName(a.DisplayName, a.Id, b.DisplayName, b.Id));
    public Listing<Job> Jobs { get; } = new((a, b) => ByName(a.DisplayName, a.Id, b.DisplayName, b.Id));
    public Listing<Deployment> Deployments { get; } = new((a, b) =>
        a.CreatedAt != b.CreatedAt ? Nullable.Compare(b.CreatedAt, a.CreatedAt) : string.CompareOrdinal(a.Id, b.Id));
    public Listing<JobSpec> Specs { get; } = new((a, b) => string.CompareOrdinal(a.Hash, b.Hash));

    public Node? FindNode(string id) => Nodes.Find(id);

    public Job? FindJob(string id) => Jobs.Find(id);

    private static int ByName(string a, string idOfA, string b, string idOfB)
    {
        var order = StringComparer.OrdinalIgnoreCase.Compare(a, b);
        return order != 0 ? order : string.CompareOrdinal(idOfA, idOfB);
    }
}
