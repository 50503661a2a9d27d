using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>Place of an entity in the log.</summary>
/// <param name="Key">Its key; 0 when the log does not have it.</param>
/// <param name="Last">Sequence number of its newest change.</param>
internal readonly record struct Place(long Key, long Last);

/// <summary>A known entity, with its place in the log.</summary>
internal sealed class Tracked<T>(T value, long key)
{
    /// <summary>Its newest value.</summary>
    public T Value { get; set; } = value;
    /// <summary>Key in the log.</summary>
    public long Key { get; } = key;
    /// <summary>Its place in the log.</summary>
    public Place Place => new(Key, Last);
    /// <summary>Sequence number of its newest change.</summary>
    public long Last { get; set; }
    /// <summary>Number of the last walk over the whole list that found it.</summary>
    public long Walk { get; set; }
    /// <summary>Number of the commit that set the value, to recognise a page that was requested earlier.</summary>
    public long Commit { get; set; }
    /// <summary>Whether the log has an older heartbeat than <see cref="Value"/>.</summary>
    public bool Unlogged { get; set; }
}

/// <summary>All known entities of one kind. One writer; any number of readers without a lock.</summary>
internal sealed class EntityTable<T>(FleetKind kind, Func<T, string> id, Func<T, FleetChange> change) where T : class
{
    private readonly ConcurrentDictionary<string, Tracked<T>> _known = new(StringComparer.Ordinal);

    public FleetKind Kind { get; } = kind;

    public int Count => _known.Count;

    public string IdOf(T thing) => id(thing);

    public FleetChange ChangeOf(T thing) => change(thing);

    public bool TryGet(string id, [NotNullWhen(true)] out Tracked<T>? known) => _known.TryGetValue(id, out known);

    public T? Find(string id) => _known.TryGetValue(id, out var known) ? known.Value : null;

    /// <summary>Sets a value that was stored.</summary>
    public Tracked<T> Put(T value, Place place, long commit)
    {
        if (!_known.TryGetValue(id(value), out var known)) _known[id(value)] = known = new(value, place.Key);
        known.Last = place.Last;
        known.Unlogged = false;
        known.Value = value;
        known.Commit = commit;
        return known;
    }

    /// <summary>Sets a value that is not in the log.</summary>
    public void PutUnlogged(T value, long commit)
    {
        if (!_known.TryGetValue(id(value), out var known)) return;
        known.Unlogged = true;
        known.Value = value;
        known.Commit = commit;
    }

    /// <summary>Removes an entity and returns it; null when there was none.</summary>
    public Tracked<T>? Remove(string id) => _known.TryRemove(id, out var known) ? known : null;

    /// <summary>All entities. Concurrent changes may or may not be included.</summary>
    public IEnumerable<Tracked<T>> All() => _known.Select(pair => pair.Value);

    public IEnumerable<FleetChange> Changes() => All().Select(known => change(known.Value));
}
