using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Live;

/// <summary>A known entity, with its place in the log.</summary>
internal abstract class Tracked<T>
{
    /// <summary>Its value. Not necessarily kept as an object: read it once.</summary>
    public abstract T Value { get; }
    /// <summary>Key in the log.</summary>
    public abstract long Key { get; }
    /// <summary>Sequence number of its newest change. Read the value first: the writer sets it after this.</summary>
    public abstract long Last { get; }
    /// <summary>Number of the commit that set the value, to recognise a page that was requested earlier.</summary>
    public abstract long Commit { get; }
    /// <summary>Number of the last walk over the whole list that found it. Set by the writer only.</summary>
    public abstract long Walk { get; set; }
    /// <summary>Whether the log has an older heartbeat than <see cref="Value"/>.</summary>
    public virtual bool Unlogged => false;
    /// <summary>Its place in the log.</summary>
    public Place Place => new(Key, Last);
    /// <summary>Whether the value equals another one. Writer only.</summary>
    public abstract bool Has(T value);
}

/// <summary>All known entities of one kind. One writer; any number of readers without a lock.</summary>
internal abstract class EntityTable<T>(FleetKind kind, Func<T, string> id, Func<T, FleetChange> change) where T : class
{
    public FleetKind Kind { get; } = kind;

    public abstract int Count { get; }

    public string IdOf(T thing) => id(thing);

    public FleetChange ChangeOf(T thing) => change(thing);

    public abstract bool TryGet(string id, [NotNullWhen(true)] out Tracked<T>? known);

    public T? Find(string id) => TryGet(id, out var known) ? known.Value : null;

    /// <summary>Sets a value that was stored.</summary>
    public abstract void Put(T value, Place place, long commit);

    /// <summary>Removes an entity, if it is known.</summary>
    public abstract void Remove(string id);

    /// <summary>All entities. Concurrent changes may or may not be included.</summary>
    public abstract IEnumerable<Tracked<T>> All();

    public IEnumerable<FleetChange> Changes() => All().Select(known => change(known.Value));
}

/// <summary>Entities that are kept as objects: those of which there are few.</summary>
internal sealed class EntityObjects<T>(FleetKind kind, Func<T, string> id, Func<T, FleetChange> change) : EntityTable<T>(kind, id, change) where T : class
{
    private readonly ConcurrentDictionary<string, TrackedObject> _known = new(StringComparer.Ordinal);

    public override int Count => _known.Count;

    public override bool TryGet(string id, [NotNullWhen(true)] out Tracked<T>? known)
    {
        var found = _known.TryGetValue(id, out var thing);
        known = thing;
        return found;
    }

    public override void Put(T value, Place place, long commit)
    {
        if (!_known.TryGetValue(IdOf(value), out var known)) _known[IdOf(value)] = known = new(value, place.Key);
        known.Set(value, place.Last, commit);
    }

    public override void Remove(string id) => _known.TryRemove(id, out _);

    public override IEnumerable<Tracked<T>> All() => _known.Select(pair => pair.Value);

    private sealed class TrackedObject(T value, long key) : Tracked<T>
    {
        private T _value = value;
        private long _last, _commit;

        public override T Value => Volatile.Read(ref _value);
        public override long Key => key;
        public override long Last => _last;
        public override long Commit => _commit;
        public override long Walk { get; set; }

        public override bool Has(T value) => value.Equals(_value);

        public void Set(T value, long last, long commit)
        {
            _last = last;
            Volatile.Write(ref _value, value);
            _commit = commit;
        }
    }
}
