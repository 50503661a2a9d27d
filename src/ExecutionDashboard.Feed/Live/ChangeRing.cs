using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>Where a reader of the ring stands.</summary>
/// <param name="Position">Number of the next entry in memory; unlogged changes count too.</param>
/// <param name="Sequence">Number in the log that the reader has.</param>
internal readonly record struct RingCursor(long Position, long Sequence);

/// <summary>
/// The newest changes, so many as fit. Readers keep a cursor each and take what follows it; nobody queues anything for them. Safe for
/// any thread; entries are copied under a lock that is held for microseconds.
/// </summary>
internal sealed class ChangeRing(int capacity = 65_536)
{
    private readonly Lock _gate = new();
    private readonly Entry[] _entries = new Entry[capacity];
    private long _next;
    private long _sequence;

    /// <summary>Starts at a number of the log, with nothing in it.</summary>
    public void StartAt(long sequence)
    {
        lock (_gate)
        {
            _next = 0;
            _sequence = sequence;
        }
    }

    /// <summary>The end: what comes after it is new.</summary>
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

    /// <summary>Adds changes that have no number.</summary>
    public void AddUnlogged(IEnumerable<FleetChange> changes)
    {
        lock (_gate)
            foreach (var change in changes)
                _entries[_next++ % capacity] = new(_sequence, change, Logged: false);
    }

    /// <summary>The cursor of a reader that has everything up to a number; null when the ring does not reach back so far.</summary>
    public RingCursor? CursorAfter(long sequence)
    {
        lock (_gate)
        {
            if (sequence > _sequence) return null;
            var position = FirstPositionOf(sequence);
            if (position == _next) return sequence == _sequence ? new(position, sequence) : null;
            var first = _entries[position % capacity];
            // The reader has the change of this number; what has no number may follow it, and is sent again rather than missed.
            if (first.Sequence == sequence) return new(first.Logged ? position + 1 : position, sequence);
            return first.Sequence == sequence + 1 ? new(position, sequence) : null;
        }
    }

    /// <summary>What follows the cursor, newest of each thing, at most <paramref name="most"/> things; moves the cursor. False when it fell out of the ring.</summary>
    public bool TryRead(ref RingCursor cursor, int most, List<FleetChange> into, out bool more) => TryRead(ref cursor, most, into, out more, out _);

    /// <summary>The same, with the earliest moment at which one of them was made: <see cref="FeedBatch.ChangedAt"/>.</summary>
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

    /// <summary>Order in which kinds are sent: what is named before what names it.</summary>
    internal static int Rank(FleetKind kind) => kind switch
    {
        FleetKind.Spec => 0,
        FleetKind.Job => 1,
        FleetKind.Node => 2,
        FleetKind.Deployment => 3,
        _ => 4,
    };

    // Sequences grow along the ring: binary search for the first entry with this number or a later one.
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
