using ExecutionDashboard.Fleet.Packing;

namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// Slots of entities by their ids, which are read from the packed entities: a hash table with linear probing, four bytes a slot. Growing swaps the table, so readers
/// may race. One writer.
/// </summary>
/// <param name="packedOf">The packed entity in a slot; null when there is none.</param>
/// <param name="idAt">Where its id begins.</param>
internal sealed class PackedIds(Func<long, byte[]?> packedOf, int idAt)
{
    private const int Removed = -1;

    // Slots of entities; 0 is free.
    private int[] _slots = new int[64];
    private int _used, _live;

    /// <summary>The slot of an entity; 0 when unknown.</summary>
    /// <param name="sought">Its packed id.</param>
    public long Find(ReadOnlySpan<byte> sought)
    {
        var slots = Volatile.Read(ref _slots);
        var mask = slots.Length - 1;
        for (var at = HashOf(sought) & mask; slots[at] is not 0 and var slot; at = (at + 1) & mask)
            if (slot > 0 && packedOf(slot) is { } packed && packed.AsSpan(idAt).StartsWith(sought)) return slot;
        return 0;
    }

    /// <summary>Makes room for so many more. Writer only.</summary>
    public void Reserve(int more)
    {
        if ((_live + more) * 5L > _slots.Length * 3L) Rebuild(more);
    }

    /// <summary>Adds an entity that is packed already. Writer only.</summary>
    public void Add(long slot)
    {
        if ((_used + 1) * 5L > _slots.Length * 3L) Rebuild(1);
        Place(_slots, checked((int)slot));
        _used++;
        _live++;
    }

    /// <summary>Removes an entity that is packed still. Writer only.</summary>
    public void Remove(long slot)
    {
        var mask = _slots.Length - 1;
        for (var at = HashOf(IdOf(slot)) & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            if (_slots[at] != slot) continue;
            _slots[at] = Removed;
            _live--;
            return;
        }
    }

    private void Rebuild(int more)
    {
        var size = 64;
        while ((_live + more) * 2L > size) size *= 2;
        var slots = new int[size];
        foreach (var slot in _slots)
            if (slot > 0) Place(slots, slot);
        _used = _live;
        Volatile.Write(ref _slots, slots);
    }

    private void Place(int[] slots, int slot)
    {
        var mask = slots.Length - 1;
        var at = HashOf(IdOf(slot)) & mask;
        while (slots[at] > 0) at = (at + 1) & mask;
        Volatile.Write(ref slots[at], slot);
    }

    private ReadOnlySpan<byte> IdOf(long slot) => PackedId.In(packedOf(slot), idAt);

    // Seeded for each process: servers choose the ids.
    private static int HashOf(ReadOnlySpan<byte> id)
    {
        var hash = new HashCode();
        hash.AddBytes(id);
        return hash.ToHashCode() & int.MaxValue;
    }
}
