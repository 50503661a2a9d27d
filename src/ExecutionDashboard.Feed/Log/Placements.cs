using System.Collections.Concurrent;

namespace ExecutionDashboard.Feed.Log;

/// <summary>
/// The nodes of the log, and which executions were ever on them, by their keys. Kept in memory and read with the fleet at the start: an index of
/// it in the file would put every new execution of a large fleet on a page of its own. One writer; any number of readers without a lock.
/// </summary>
internal sealed class Placements
{
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private volatile string[]? _sorted;

    /// <summary>The nodes by their ids, sorted.</summary>
    public string[] Nodes => _sorted ??= Sort();

    /// <summary>Adds executions to nodes; one that came back to where it was stays there once.</summary>
    public void Add(IReadOnlyList<(string Node, long Key, bool IsNew)> placed)
    {
        foreach (var (node, key, isNew) in placed)
        {
            var lane = LaneOf(node);
            if (isNew || !lane.Keys.Contains(key)) lane.Add(key);
        }
    }

    /// <summary>Adds a node.</summary>
    public void AddNode(string node, long key) => LaneOf(node).NodeKey = key;

    /// <summary>The executions of a node, in the order in which they came.</summary>
    public ReadOnlySpan<long> Of(string node) => _lanes.TryGetValue(node, out var lane) ? lane.Keys : [];

    /// <summary>The key of a node itself; 0 when the log only knows it from its executions.</summary>
    public long KeyOf(string node) => _lanes.TryGetValue(node, out var lane) ? lane.NodeKey : 0;

    /// <summary>Keys of all nodes that the log has.</summary>
    public IEnumerable<long> NodeKeys => _lanes.Select(l => l.Value.NodeKey).Where(key => key > 0);

    /// <summary>Forgets executions of a node, and the node where nothing of it is left.</summary>
    public void Remove(string node, IReadOnlySet<long> gone)
    {
        if (!_lanes.TryGetValue(node, out var lane)) return;
        var left = new Lane { NodeKey = gone.Contains(lane.NodeKey) ? 0 : lane.NodeKey };
        foreach (var key in lane.Keys)
            if (!gone.Contains(key)) left.Add(key);
        if (left.Keys.IsEmpty && left.NodeKey == 0)
        {
            _lanes.TryRemove(node, out _);
            _sorted = null;
        }
        else
        {
            _lanes[node] = left;
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _lanes.Clear();
        _sorted = null;
    }

    private Lane LaneOf(string node)
    {
        if (_lanes.TryGetValue(node, out var lane)) return lane;
        _lanes[node] = lane = new Lane();
        _sorted = null;
        return lane;
    }

    private string[] Sort()
    {
        string[] nodes = [.. _lanes.Keys];
        Array.Sort(nodes, StringComparer.Ordinal);
        return nodes;
    }

    // Grows at its end only: a reader that took the count first finds so many in whichever array it takes.
    private sealed class Lane
    {
        private long[] _keys = new long[2];
        private int _count;

        public long NodeKey { get; set; }

        public ReadOnlySpan<long> Keys
        {
            get
            {
                var count = Volatile.Read(ref _count);
                return Volatile.Read(ref _keys).AsSpan(0, count);
            }
        }

        public void Add(long key)
        {
            if (_count == _keys.Length)
            {
                var grown = new long[_count * 2];
                _keys.CopyTo(grown, 0);
                Volatile.Write(ref _keys, grown);
            }
            _keys[_count] = key;
            Volatile.Write(ref _count, _count + 1);
        }
    }
}
