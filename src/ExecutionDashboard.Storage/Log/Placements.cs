using System.Collections.Concurrent;

namespace ExecutionDashboard.Storage.Log;

/// <summary>
/// Which executions were ever on which node, by key. Kept in memory and loaded with the fleet: an index in the file would put every new execution of a large fleet on
/// its own page. One writer; any number of readers without a lock.
/// </summary>
internal sealed class Placements
{
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private volatile string[]? _sorted;

    /// <summary>Node ids, sorted.</summary>
    public string[] Nodes => _sorted ??= Sort();

    /// <summary>Adds executions to nodes. An execution that returns to a node is listed there once.</summary>
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

    /// <summary>The executions of a node in order of arrival.</summary>
    public ReadOnlySpan<long> Of(string node) => _lanes.TryGetValue(node, out var lane) ? lane.Keys : [];

    /// <summary>The key of the node itself; 0 when only its executions are known.</summary>
    public long KeyOf(string node) => _lanes.TryGetValue(node, out var lane) ? lane.NodeKey : 0;

    /// <summary>Keys of all nodes in the log.</summary>
    public IEnumerable<long> NodeKeys => _lanes.Select(l => l.Value.NodeKey).Where(key => key > 0);

    /// <summary>All nodes with their own keys and those of their executions. Concurrent changes may or may not be included.</summary>
    public IEnumerable<(string Node, long NodeKey, long[] Keys)> All() => _lanes.Select(lane => (lane.Key, lane.Value.NodeKey, lane.Value.Keys.ToArray()));

    /// <summary>Puts back what <see cref="All"/> gave, for a node that is not here.</summary>
    public void Restore(string node, long nodeKey, long[] keys) => _lanes[node] = new Lane(keys) { NodeKey = nodeKey };

    /// <summary>Removes executions from a node, and the node itself when nothing is left.</summary>
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

    /// <summary>Removes all.</summary>
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

    // Only appended to: a reader that reads the count first finds that many entries in either array.
    private sealed class Lane
    {
        private long[] _keys;
        private int _count;

        public Lane() => _keys = new long[2];

        public Lane(long[] keys) => (_keys, _count) = (keys, keys.Length);

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
                var grown = new long[Math.Max(2, _count * 2)];
                _keys.CopyTo(grown, 0);
                Volatile.Write(ref _keys, grown);
            }
            _keys[_count] = key;
            Volatile.Write(ref _count, _count + 1);
        }
    }
}
