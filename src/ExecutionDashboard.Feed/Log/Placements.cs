namespace ExecutionDashboard.Feed.Log;

/// <summary>
/// Which executions were ever on a node, by their keys. Kept in memory and read with the fleet at the start: an index of it in the file would
/// put every new execution of a large fleet on a page of its own. Safe for any thread.
/// </summary>
internal sealed class Placements
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<long>> _executions = new(StringComparer.Ordinal);

    /// <summary>Adds executions to nodes; one that came back to where it was stays there once.</summary>
    public void Add(IReadOnlyList<(string Node, long Key, bool IsNew)> placed)
    {
        lock (_gate)
            foreach (var (node, key, isNew) in placed)
            {
                if (!_executions.TryGetValue(node, out var keys)) _executions[node] = keys = new(4);
                if (isNew || !keys.Contains(key)) keys.Add(key);
            }
    }

    /// <summary>The executions of a node, in the order in which they came.</summary>
    public long[] Of(string node)
    {
        lock (_gate) return _executions.TryGetValue(node, out var keys) ? [.. keys] : [];
    }

    /// <summary>Forgets executions.</summary>
    public void Remove(IReadOnlySet<long> gone)
    {
        lock (_gate)
            foreach (var (node, keys) in _executions)
                if (keys.RemoveAll(gone.Contains) > 0 && keys.Count == 0) _executions.Remove(node);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (_gate) _executions.Clear();
    }
}
