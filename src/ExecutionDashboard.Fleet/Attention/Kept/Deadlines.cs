namespace ExecutionDashboard.Fleet.Attention.Kept;

/// <summary>When things are to be looked at again: one entry a thing, so that a deadline that moves on with every change takes no memory.</summary>
internal sealed class Deadlines<T> where T : notnull
{
    private readonly PriorityQueue<T, long> _queue = new();
    private readonly Dictionary<T, long> _next = [];

    /// <summary>Looks at a thing at a moment at the latest. One that is to be looked at earlier is, and then tells when next.</summary>
    public void Set(T thing, long due)
    {
        if (_next.TryGetValue(thing, out var held) && held <= due) return;
        _next[thing] = due;
        _queue.Enqueue(thing, due);
    }

    /// <summary>Takes one that is due.</summary>
    public bool TryTake(long now, out T thing)
    {
        while (_queue.TryPeek(out thing!, out var due) && due <= now)
        {
            _queue.Dequeue();
            // One that was set to an earlier moment has been taken then.
            if (!_next.TryGetValue(thing, out var held) || held != due) continue;
            _next.Remove(thing);
            return true;
        }
        return false;
    }

    public void Clear()
    {
        _queue.Clear();
        _next.Clear();
    }
}
