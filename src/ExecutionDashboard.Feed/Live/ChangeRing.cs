using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>Position of a reader in the ring.</summary>
/// <param name="Position">Index of the next entry; counts changes that are not logged too.</param>
/// <param name="Sequence">Sequence number that the reader has.</param>
internal readonly record struct RingCursor(long Position, long Sequence);

/// <summary>
/// A ring buffer of the newest changes, packed as in the mirror, with a limit in bytes. Each reader keeps a cursor and takes what follows it, so nothing is queued per reader. One writer, that of
/// the mirror; any number of readers. Entries are copied under a lock that is held for microseconds.
/// </summary>
/// <param name="mirror">Packs and unpacks.</param>
/// <param name="capacity">Most changes: 16 s of a busy fleet. Who is further behind reads the log.</param>
/// <param name="mostBytes">Most bytes of changes, about.</param>
internal sealed class ChangeRing(FleetMirror mirror, int capacity = 16_384, long mostBytes = 8 * 1024 * 1024)
{
    // A string of an id, an array and their heads.
    private const int EntryBytes = 150;
    // There are few of the kinds that are not packed.
    private const int ObjectBytes = 2_000;

    private readonly Lock _gate = new();
    private readonly Entry[] _entries = new Entry[capacity];
    private long _oldest, _next;
    private long _sequence;
    private long _bytes;

    /// <summary>Starts at a sequence number of the log, empty.</summary>
    public void StartAt(long sequence)
    {
        lock (_gate)
        {
            Array.Clear(_entries);
            (_oldest, _next, _bytes) = (0, 0, 0);
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
        foreach (var change in changes) Add(Pack(change) with { Sequence = firstSequence++, Logged = true, ChangedAt = changedAt });
    }

    /// <summary>Adds changes that another feed stored, in the order of their numbers. Numbers in between are of earlier changes of the same entities.</summary>
    public void AddFollowed(IEnumerable<(FleetChange Change, long Sequence)> changes)
    {
        foreach (var (change, sequence) in changes) Add(Pack(change) with { Sequence = sequence, Logged = true });
    }

    /// <summary>Adds changes that are not in the log.</summary>
    public void AddUnlogged(IEnumerable<FleetChange> changes)
    {
        foreach (var change in changes) Add(Pack(change) with { Sequence = _sequence });
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
        var newest = new Dictionary<(FleetKind, string), Entry>();
        lock (_gate)
        {
            more = false;
            if (cursor.Position < _oldest) return false;
            var (position, sequence) = cursor;
            for (; position < _next; position++)
            {
                var entry = _entries[position % capacity];
                var key = (entry.Kind, entry.Id);
                if (newest.Count == most && !newest.ContainsKey(key))
                {
                    more = true;
                    break;
                }
                newest[key] = entry;
                sequence = entry.Sequence;
                if (entry.ChangedAt is { } madeAt && madeAt < (changedAt ?? DateTimeOffset.MaxValue)) changedAt = madeAt;
            }
            cursor = new(position, sequence);
        }
        foreach (var entry in newest.Values) into.Add(Unpack(entry));
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
        long low = _oldest, high = _next;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle % capacity].Sequence < sequence) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void Add(Entry entry)
    {
        lock (_gate)
        {
            _sequence = entry.Sequence;
            while (_next > _oldest && (_next - _oldest == capacity || _bytes + entry.Bytes > mostBytes))
            {
                ref var dropped = ref _entries[_oldest++ % capacity];
                _bytes -= dropped.Bytes;
                dropped = default;
            }
            _bytes += entry.Bytes;
            _entries[_next++ % capacity] = entry;
        }
    }

    private Entry Pack(FleetChange change) => new()
    {
        Kind = change.Kind,
        Id = change.Id,
        Packed = change.Execution is { } execution ? mirror.ExecutionPacking.Pack(execution).ToArray() : change.Node is { } node ? mirror.NodePacking.Pack(node).ToArray() : null,
        Change = change is { Execution: null, Node: null } ? change : null,
    };

    private FleetChange Unpack(Entry entry) =>
        entry.Packed is not { } packed ? entry.Change!
        : entry.Kind == FleetKind.Execution ? FleetChange.Of(mirror.ExecutionPacking.Unpack(packed)) : FleetChange.Of(mirror.NodePacking.Unpack(packed));

    private record struct Entry
    {
        public long Sequence;
        public FleetKind Kind;
        public string Id;
        public byte[]? Packed;
        public FleetChange? Change;
        public bool Logged;
        public DateTimeOffset? ChangedAt;

        public readonly int Bytes => Packed is { } packed ? packed.Length + EntryBytes : (Change?.Spec?.Json.Length ?? 0) * sizeof(char) + ObjectBytes;
    }
}
