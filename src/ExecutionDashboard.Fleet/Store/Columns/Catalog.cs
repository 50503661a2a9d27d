using System.Collections.Concurrent;
using ExecutionDashboard.Fleet.Planes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>Entities by id, with one sorted list of them. One writer.</summary>
/// <param name="idOf">Gives the id of an entity.</param>
/// <param name="order">Order of the list; 0 only for entities with the same id.</param>
internal sealed class Listing<T>(Func<T, string> idOf, Comparison<T> order) where T : class, IEquatable<T>
{
    private readonly ConcurrentDictionary<string, T> _byId = new(StringComparer.Ordinal);
    private long _edition, _orderEdition;
    private Kept? _kept;

    public int Count => _byId.Count;

    public T? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds or replaces an entity; false when it is unchanged.</summary>
    public bool Set(string id, T value)
    {
        if (_byId.TryGetValue(id, out var held) && held.Equals(value)) return false;
        _byId[id] = value;
        if (held is null || order(held, value) != 0) Interlocked.Increment(ref _orderEdition);
        Interlocked.Increment(ref _edition);
        return true;
    }

    public bool Remove(string id)
    {
        if (!_byId.TryRemove(id, out _)) return false;
        Interlocked.Increment(ref _orderEdition);
        Interlocked.Increment(ref _edition);
        return true;
    }

    /// <summary>All entities, sorted. The same list object until one changes.</summary>
    public IReadOnlyList<T> All()
    {
        var edition = Interlocked.Read(ref _edition);
        var kept = Volatile.Read(ref _kept);
        if (kept?.Edition == edition) return kept.Shown;
        var orderEdition = Interlocked.Read(ref _orderEdition);
        // Nodes change with every heartbeat without moving in the list, so the list is not sorted again.
        var list = kept is null || kept.OrderEdition != orderEdition ? Sorted() : Array.ConvertAll(kept.List, thing => _byId.GetValueOrDefault(idOf(thing), thing));
        kept = new Kept(edition, orderEdition, list, Array.AsReadOnly(list));
        Volatile.Write(ref _kept, kept);
        return kept.Shown;
    }

    private T[] Sorted()
    {
        var list = _byId.Values.ToArray();
        Array.Sort(list, order);
        return list;
    }

    private sealed record Kept(long Edition, long OrderEdition, T[] List, IReadOnlyList<T> Shown);
}

/// <summary>Nodes, jobs, deployments and specs.</summary>
internal sealed class Catalog
{
    public FleetPlanes Planes { get; set; } = FleetPlanes.One;
    public Listing<Node> Nodes { get; } = new(node => node.Id, (a, b) => ByName(a.DisplayName, a.Id, b.DisplayName, b.Id));
    public Listing<Job> Jobs { get; } = new(job => job.Id, (a, b) => ByName(a.DisplayName, a.Id, b.DisplayName, b.Id));
    public Listing<Deployment> Deployments { get; } = new(deployment => deployment.Id, (a, b) =>
        a.CreatedAt != b.CreatedAt ? Nullable.Compare(b.CreatedAt, a.CreatedAt) : string.CompareOrdinal(a.Id, b.Id));
    public Listing<JobSpec> Specs { get; } = new(spec => spec.Hash, (a, b) => string.CompareOrdinal(a.Hash, b.Hash));

    public Node? FindNode(string id) => Nodes.Find(id);

    public Job? FindJob(string id) => Jobs.Find(id);

    private static int ByName(string a, string idOfA, string b, string idOfB)
    {
        var order = NaturalOrder.Instance.Compare(a, b);
        return order != 0 ? order : string.CompareOrdinal(idOfA, idOfB);
    }
}
