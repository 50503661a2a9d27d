using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>Position of a reader in the ring.</summary>
/// <param name="Position">Index of the next entry; counts changes that are not logged too.</param>
/// <param name="Sequence">Sequence number that the reader has.</param>
internal readonly record struct RingCursor(long Position, long Sequence);

/// <summary>
/// A ring buffer of the newest changes. Each reader keeps a cursor and takes what follows it, so nothing is queued per reader. Safe for concurrent use; entries are
/// copied under a lock that is held for microseconds.
/// </summary>
internal sealed class ChangeRing(int capacity = ChangeRing.Usual)
{
    // Each entry holds a whole entity, 1 KB or more: 16 s of a busy fleet. Who is further behind reads the log.
    private const int Usual = 16_384;

    private readonly Lock _gate = new();
    private readonly Entry[] _entries = new Entry[capacity];
    private long _next;
    private long _sequence;

    /// <summary>Starts at a sequence number of the log, empty.</summary>
    public void StartAt(long sequence)
    {
        lock (_gate)
        {
            _next = 0;
            _sequence = sequence;
        }
    }

    /// <summary>The position after the newest change.</summary>
    public RingCursor End
    {
        get { lock (_gate) return new(_next, _sequence); }
    }

    /// <summary>Adds stored changes, numbered from <paramref name="firstSequence"/>.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="firstSequence">Number of the first one.</param>
    /// <param name="changedAt">See <see cref="FeedBatch.ChangedAt"/>.</param>
    public void Add(IEnumerable<FleetChange> changes, long firstSequence, DateTimeOffset? changedAt = null)
    {
        lock (_gate)
            foreach (var change in changes)
            {
                _sequence = firstSequence++;
                _entries[_next++ % capacity] = new(_sequence, change, Logged: true, changedAt);
            }
    }

    /// <summary>Adds changes that are not in the log.</summary>
    public void AddUnlogged(IEnumerable<FleetChange> changes)
    {
        lock (_gate)
            foreach (var change in changes)
                _entries[_next++ % capacity] = new(_sequence, change, Logged: false);
    }

    /// <summary>The cursor of a reader that has everything up to a sequence number; null when the ring does not reach back that far.</summary>
    public RingCursor? CursorAfter(long sequence)
    {
        lock (_gate)
        {
            if (sequence > _sequence) return null;
            var position = FirstPositionOf(sequence);
            if (position == _next) return sequence == _sequence ? new(position, sequence) : null;
            var first = _entries[position % capacity];
            // The reader has the change with this number. An unlogged change may follow it; it is sent twice rather than never.
            if (first.Sequence == sequence) return new(first.Logged ? position + 1 : position, sequence);
            return first.Sequence == sequence + 1 ? new(position, sequence) : null;
        }
    }

    /// <summary>
    /// The changes after the cursor, only the newest per entity, at most <paramref name="most"/> entities; moves the cursor. False when the cursor fell out of the
    /// ring.
    /// </summary>
    public bool TryRead(ref RingCursor cursor, int most, List<FleetChange> into, out bool more) => TryRead(ref cursor, most, into, out more, out _);

    /// <summary>The same, with the time of the earliest change: <see cref="FeedBatch.ChangedAt"/>.</summary>
    public bool TryRead(ref RingCursor cursor, int most, List<FleetChange> into, out bool more, out DateTimeOffset? changedAt)
    {
        changedAt = null;
        into.Clear();
        var newest = new Dictionary<(FleetKind, string), FleetChange>();
        lock (_gate)
        {
            more = false;
            if (cursor.Position < _next - capacity) return false;
            var (position, sequence) = cursor;
            for (; position < _next; position++)
            {
                var (number, change, _, madeAt) = _entries[position % capacity];
                var key = (change.Kind, change.Id);
                if (newest.Count == most && !newest.ContainsKey(key))
                {
                    more = true;
                    break;
                }
                newest[key] = change;
                sequence = number;
                if (madeAt < (changedAt ?? DateTimeOffset.MaxValue)) changedAt = madeAt;
            }
            cursor = new(position, sequence);
        }
        into.AddRange(newest.Values);
        into.Sort(static (a, b) => Rank(a.Kind).CompareTo(Rank(b.Kind)));
        return true;
    }

    /// <summary>Order of kinds in a batch: entities before those that refer to them.</summary>
    internal static int Rank(FleetKind kind) => kind switch
    {
        FleetKind.Spec => 0,
        FleetKind.Job => 1,
        FleetKind.Node => 2,
        FleetKind.Deployment => 3,
        _ => 4,
    };

    // Binary search for the first entry with this or a higher number; numbers are ascending.
    private long FirstPositionOf(long sequence)
    {
        long low = Math.Max(0, _next - capacity), high = _next;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle % capacity].Sequence < sequence) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private readonly record struct Entry(long Sequence, FleetChange Change, bool Logged, DateTimeOffset? ChangedAt = null);
}
