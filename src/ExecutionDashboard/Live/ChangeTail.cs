using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>A received change of an execution or node.</summary>
/// <param name="Sequence">Sequence number after its batch.</param>
/// <param name="Change">The change.</param>
/// <param name="At">When it was received, UTC.</param>
public readonly record struct TailChange(long Sequence, FleetChange Change, DateTimeOffset At);

/// <summary>
/// The latest changes of executions and nodes, kept once per process. Viewers who follow some nodes take the changes since their last call. The size is limited: a
/// viewer who falls behind learns of the gap and asks the feed again. One writer, any number of readers.
/// </summary>
public sealed class ChangeTail(TimeProvider time)
{
    /// <summary>Changes kept.</summary>
    public const int Capacity = 16_384;

    /// <summary>Changes are counted per node over at least this time, plus at most one bucket.</summary>
    public static readonly TimeSpan CountedSpan = TimeSpan.FromHours(1);
    private const int Buckets = 7;

    private readonly Lock _gate = new();
    // Made with the first change: what shows the past has none.
    private TailChange[] _ring = [];
    // By node, then by bucket, so that a busy node has one entry instead of one per bucket.
    private readonly Dictionary<string, int[]> _counts = new(StringComparer.Ordinal);
    private long _first;
    private long _end;
    private long _knownFrom;
    private long _bucket = -1;

    /// <summary>Position after the last change: followers start here.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Adds the changes of a batch.</summary>
    public void Add(long sequence, IReadOnlyList<FleetChange> changes)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_ring.Length == 0) _ring = new TailChange[Capacity];
            var bucket = Roll(now);
            foreach (var change in changes)
            {
                if (change.Kind is not (FleetKind.Execution or FleetKind.Node)) continue;
                if (_end - _first == Capacity) _knownFrom = _ring[_first++ % Capacity].Sequence;
                _ring[_end % Capacity] = new TailChange(sequence, change, now);
                Volatile.Write(ref _end, _end + 1);
                if (change.Execution is { NodeId.Length: > 0 } execution) CountsOf(execution.NodeId)[bucket]++;
            }
        }
    }

    /// <summary>A snapshot replaced all data, so every follower has a gap.</summary>
    /// <param name="sequence">Sequence number of the snapshot.</param>
    public void Break(long sequence)
    {
        lock (_gate)
        {
            Array.Clear(_ring);
            Volatile.Write(ref _end, _end + Capacity + 1);
            _first = _end;
            _knownFrom = sequence;
        }
    }

    /// <summary>Adds the changes since a position to a list. False when some are no longer kept; nothing is added then.</summary>
    /// <param name="place">The position; moved to the end.</param>
    /// <param name="into">The list.</param>
    public bool Take(ref long place, List<TailChange> into)
    {
        lock (_gate)
        {
            var from = place;
            place = _end;
            if (from < _first) return false;
            for (var at = from; at < _end; at++) into.Add(_ring[at % Capacity]);
            return true;
        }
    }

    /// <summary>Adds the changes after a sequence number and before a position to a list. False when some are no longer kept.</summary>
    public bool TakeAfter(long sequence, long until, List<TailChange> into)
    {
        lock (_gate)
        {
            if (sequence < _knownFrom) return false;
            for (var at = _first; at < Math.Min(until, _end); at++)
                if (_ring[at % Capacity].Sequence > sequence) into.Add(_ring[at % Capacity]);
            return true;
        }
    }

    /// <summary>Changes of executions per node over the last hour, as far as this process has received them.</summary>
    public IReadOnlyDictionary<string, int> CountsByNode()
    {
        var sum = new Dictionary<string, int>(StringComparer.Ordinal);
        lock (_gate)
        {
            Roll(time.GetUtcNow());
            foreach (var (node, counts) in _counts) sum[node] = counts.Sum();
        }
        return sum;
    }

    private int[] CountsOf(string node)
    {
        if (!_counts.TryGetValue(node, out var counts)) _counts[node] = counts = new int[Buckets];
        return counts;
    }

    /// <summary>Clears expired buckets, removes nodes without changes, and returns the index of the current bucket.</summary>
    private int Roll(DateTimeOffset now)
    {
        var bucket = now.UtcTicks / (CountedSpan.Ticks / (Buckets - 1));
        if (bucket > _bucket)
        {
            for (var passed = Math.Max(_bucket + 1, bucket - Buckets + 1); passed <= bucket; passed++)
                foreach (var counts in _counts.Values) counts[passed % Buckets] = 0;
            foreach (var (node, counts) in _counts)
                if (counts.AsSpan().IndexOfAnyExcept(0) < 0) _counts.Remove(node);
            _bucket = bucket;
        }
        return (int)(_bucket % Buckets);
    }
}
