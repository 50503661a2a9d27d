namespace ExecutionDashboard.Feed.Live;

/// <summary>Things by their dense keys, from 1. One writer; any number of readers without a lock.</summary>
internal sealed class KeyTable<T> where T : class
{
    private T?[] _things = new T?[1_024];

    /// <summary>The thing of a key; null when there is none.</summary>
    public T? Find(long key)
    {
        var things = Volatile.Read(ref _things);
        return key < things.Length ? Volatile.Read(ref things[key]) : null;
    }

    /// <summary>All things by their keys. Those that come meanwhile may be among them or not.</summary>
    public IEnumerable<T> All()
    {
        foreach (var thing in Volatile.Read(ref _things))
            if (thing is not null) yield return thing;
    }

    /// <summary>Puts a thing; null takes it away.</summary>
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
