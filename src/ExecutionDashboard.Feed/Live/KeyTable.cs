namespace ExecutionDashboard.Feed.Live;

/// <summary>Entities by their consecutive keys, from 1. One writer; any number of readers without a lock.</summary>
internal sealed class KeyTable<T> where T : class
{
    private T?[] _things = new T?[1_024];

    /// <summary>The entity with a key; null without one.</summary>
    public T? Find(long key)
    {
        var things = Volatile.Read(ref _things);
        return key < things.Length ? Volatile.Read(ref things[key]) : null;
    }

    /// <summary>All entities by key. Concurrent additions may or may not be included.</summary>
    public IEnumerable<T> All()
    {
        foreach (var thing in Volatile.Read(ref _things))
            if (thing is not null) yield return thing;
    }

    /// <summary>Sets or (null) removes an entity.</summary>
    public void Set(long key, T? thing)
    {
        if (key >= _things.Length)
        {
            if (thing is null) return;
            var grown = new T?[Math.Max(key + 1, _things.Length * 2L)];
            _things.CopyTo(grown, 0);
            Volatile.Write(ref _things, grown);
        }
        Volatile.Write(ref _things[key], thing);
    }
}
