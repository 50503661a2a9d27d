using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>Where a thing is in the log.</summary>
/// <param name="Key">Its key; 0 when the log does not know it.</param>
/// <param name="Last">Number of its newest step.</param>
internal readonly record struct Place(long Key, long Last);

/// <summary>A thing as it is known, with its place in the log.</summary>
internal sealed class Tracked<T>(T value, long key)
{
    /// <summary>As last told.</summary>
    public T Value { get; set; } = value;
    /// <summary>Key in the log.</summary>
    public long Key { get; } = key;
    /// <summary>Its place in the log.</summary>
    public Place Place => new(Key, Last);
    /// <summary>Number of its newest step in the log.</summary>
    public long Last { get; set; }
    /// <summary>Number of the walk over the whole list that last met it.</summary>
    public long Walk { get; set; }
    /// <summary>Number of the commit that gave it this value: tells whether a page read earlier is stale.</summary>
    public long Commit { get; set; }
    /// <summary>The log has an older heartbeat than <see cref="Value"/>.</summary>
    public bool Unlogged { get; set; }
}

/// <summary>All known things of one kind. One writer; any number of readers without a lock.</summary>
internal sealed class EntityTable<T>(FleetKind kind, Func<T, string> id, Func<T, FleetChange> change) where T : class
{
    private readonly ConcurrentDictionary<string, Tracked<T>> _known = new(StringComparer.Ordinal);

    public FleetKind Kind { get; } = kind;

    public int Count => _known.Count;

    public string IdOf(T thing) => id(thing);

    public FleetChange ChangeOf(T thing) => change(thing);

    public bool TryGet(string id, [NotNullWhen(true)] out Tracked<T>? known) => _known.TryGetValue(id, out known);

    public T? Find(string id) => _known.TryGetValue(id, out var known) ? known.Value : null;

    /// <summary>Puts what was stored.</summary>
    public Tracked<T> Put(T value, Place place, long commit)
    {
        if (!_known.TryGetValue(id(value), out var known)) _known[id(value)] = known = new(value, place.Key);
        known.Last = place.Last;
        known.Unlogged = false;
        known.Value = value;
        known.Commit = commit;
        return known;
    }

    /// <summary>Puts what the log does not have.</summary>
    public void PutUnlogged(T value, long commit)
    {
        if (!_known.TryGetValue(id(value), out var known)) return;
        known.Unlogged = true;
        known.Value = value;
        known.Commit = commit;
    }

    /// <summary>Takes a thing away, and gives it; null when it was not there.</summary>
    public Tracked<T>? Remove(string id) => _known.TryRemove(id, out var known) ? known : null;

    /// <summary>All things. Those that change meanwhile come in their old or their new form.</summary>
    public IEnumerable<Tracked<T>> All() => _known.Select(pair => pair.Value);

    public IEnumerable<FleetChange> Changes() => All().Select(known => change(known.Value));
}
