using System.Diagnostics.CodeAnalysis;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Live;

/// <summary>A packed entity of a table, as a snapshot keeps it.</summary>
/// <param name="Place">Its place in the log.</param>
/// <param name="Unlogged">Whether the log has an older heartbeat.</param>
/// <param name="Packed">The entity.</param>
internal readonly record struct PackedRow(Place Place, bool Unlogged, byte[] Packed);

/// <summary>
/// Entities, packed, in slots from 1 on. A chunk of rows never moves, and is dropped when all its entities are removed. The bytes of a row are never changed, only replaced. One writer;
/// any number of readers without a lock.
/// </summary>
internal abstract class PackedRows<T> : EntityTable<T> where T : class
{
    private const int ChunkBits = 10, ChunkMask = (1 << ChunkBits) - 1;

    private readonly IPacking<T> _packing;
    private readonly PackedIds _ids;
    private RowChunk?[] _chunks = new RowChunk?[16];
    private int _count;

    protected PackedRows(FleetKind kind, Func<T, string> id, Func<T, FleetChange> change, IPacking<T> packing) : base(kind, id, change) =>
        (_packing, _ids) = (packing, new PackedIds(PackedOf, packing.IdAt));

    public override int Count => Volatile.Read(ref _count);

    public override bool TryGet(string id, [NotNullWhen(true)] out Tracked<T>? known)
    {
        known = SlotOf(id) is > 0 and var slot ? InSlot(slot) : null;
        return known is not null;
    }

    public override void Put(T value, Place place, long commit) => Put(SlotFor(value, place), place.Key, _packing.Pack(value).ToArray(), place.Last, commit);

    public override void Remove(string id)
    {
        if (SlotOf(id) is not (> 0 and var slot) || ChunkOf(slot) is not { } chunk) return;
        _ids.Remove(slot);
        chunk.Clear(slot);
        Volatile.Write(ref _count, _count - 1);
        if (--chunk.Used == 0) Volatile.Write(ref _chunks[slot >> ChunkBits], null);
    }

    /// <summary>All entities in the order of their slots.</summary>
    public override IEnumerable<Tracked<T>> All() => Having((_, _) => true);

    /// <summary>All entities as they are packed, in the order of their slots. Concurrent changes may or may not be included.</summary>
    public IEnumerable<PackedRow> Rows()
    {
        var chunks = Volatile.Read(ref _chunks);
        for (var i = 0; i < chunks.Length; i++)
        {
            if (Volatile.Read(ref chunks[i]) is not { } chunk) continue;
            for (var slot = (long)i << ChunkBits; slot <= ((long)i << ChunkBits | ChunkMask); slot++)
                if (chunk.Packed(slot) is { } packed)
                {
                    // After the bytes: a number that is too new only has the change read again from the log.
                    var (key, last) = (chunk[slot].Key, chunk[slot].Last);
                    yield return new(new(key, last < 0 ? ~last : last), last < 0, packed);
                }
        }
    }

    /// <summary>Makes room for entities that are restored next. Writer only.</summary>
    public void Reserve(int more) => _ids.Reserve(more);

    /// <summary>Puts a row of <see cref="Rows"/> back. Writer only.</summary>
    public void Restore(PackedRow row) => Put(SlotFor(row), row.Place.Key, row.Packed, row.Unlogged ? ~row.Place.Last : row.Place.Last, 0);

    /// <summary>The slot for an entity that is put.</summary>
    protected abstract long SlotFor(T value, Place place);

    /// <summary>The slot for an entity that is restored.</summary>
    protected abstract long SlotFor(PackedRow row);

    protected long SlotOf(string id) => _ids.Find(PackedId.Of(id));

    protected long SlotOf(ReadOnlySpan<byte> packedId) => _ids.Find(packedId);

    protected Tracked<T>? InSlot(long slot) => ChunkOf(slot) is { } chunk && chunk.Packed(slot) is { } packed ? new TrackedRow(_packing, chunk, slot, packed) : null;

    /// <summary>Replaces the value of an entity that is here by one that is not in the log.</summary>
    protected void Replace(long slot, T value, long commit)
    {
        if (ChunkOf(slot) is not { } chunk || chunk.Packed(slot) is null) return;
        var last = chunk[slot].Last;
        chunk.Set(slot, _packing.Pack(value).ToArray(), last < 0 ? last : ~last, commit);
    }

    protected IEnumerable<Tracked<T>> Having(Func<IPacking<T>, byte[], bool> isWanted)
    {
        var chunks = Volatile.Read(ref _chunks);
        for (var i = 0; i < chunks.Length; i++)
        {
            if (Volatile.Read(ref chunks[i]) is not { } chunk) continue;
            for (var slot = (long)i << ChunkBits; slot <= ((long)i << ChunkBits | ChunkMask); slot++)
                if (chunk.Packed(slot) is { } packed && isWanted(_packing, packed)) yield return new TrackedRow(_packing, chunk, slot, packed);
        }
    }

    private void Put(long slot, long key, byte[] packed, long last, long commit)
    {
        var chunk = ChunkOf(slot) ?? AddChunk(slot);
        var isNew = chunk.Packed(slot) is null;
        chunk[slot].Key = checked((int)key);
        chunk.Set(slot, packed, last, commit);
        if (!isNew) return;
        chunk.Used++;
        _ids.Add(slot);
        Volatile.Write(ref _count, _count + 1);
    }

    private byte[]? PackedOf(long slot) => ChunkOf(slot)?.Packed(slot);

    private RowChunk? ChunkOf(long slot)
    {
        var chunks = Volatile.Read(ref _chunks);
        return slot >> ChunkBits < chunks.Length ? Volatile.Read(ref chunks[slot >> ChunkBits]) : null;
    }

    private RowChunk AddChunk(long slot)
    {
        var at = slot >> ChunkBits;
        if (at >= _chunks.Length)
        {
            var grown = new RowChunk?[Math.Max(at + 1, _chunks.Length * 2L)];
            _chunks.CopyTo(grown, 0);
            Volatile.Write(ref _chunks, grown);
        }
        var chunk = new RowChunk();
        Volatile.Write(ref _chunks[at], chunk);
        return chunk;
    }

    private sealed class RowChunk
    {
        private readonly Row[] _rows = new Row[ChunkMask + 1];

        public int Used { get; set; }

        public ref Row this[long slot] => ref _rows[slot & ChunkMask];

        public byte[]? Packed(long slot) => Volatile.Read(ref this[slot].Packed);

        public void Set(long slot, byte[] packed, long last, long commit)
        {
            ref var row = ref this[slot];
            row.Last = last;
            Volatile.Write(ref row.Packed, packed);
            row.Commit = commit;
        }

        public void Clear(long slot)
        {
            ref var row = ref this[slot];
            Volatile.Write(ref row.Packed, null);
            (row.Commit, row.Walk) = (0, 0);
        }
    }

    // The number of a row that the log has with an older heartbeat is kept as its complement.
    private struct Row
    {
        public byte[]? Packed;
        public long Last, Commit;
        public int Key, Walk;
    }

    // Keeps the bytes that it was made with, so an entity that is removed meanwhile can still be read.
    private sealed class TrackedRow(IPacking<T> packing, RowChunk chunk, long slot, byte[] packed) : Tracked<T>
    {
        private T? _value;

        public override T Value => _value ??= packing.Unpack(packed);
        public override long Key => chunk[slot].Key;
        public override long Last => chunk[slot].Last is >= 0 and var last ? last : ~chunk[slot].Last;
        public override long Commit => chunk[slot].Commit;
        public override bool Unlogged => chunk[slot].Last < 0;
        public override long Walk
        {
            get => chunk[slot].Walk;
            set => chunk[slot].Walk = checked((int)value);
        }

        // Equal bytes are the usual case. Maps may be equal in another order.
        public override bool Has(T value) => packing.Pack(value).SequenceEqual(packed) || Value.Equals(value);
    }
}
