namespace ExecutionDashboard.Feed.Live;

/// <summary>
/// Keys of executions by their ids, which are read from the packed executions: a hash table with linear probing, four bytes a slot. Growing swaps the table, so readers
/// may race. One writer.
/// </summary>
/// <param name="packedOf">The packed execution with a key; null when there is none.</param>
internal sealed class ExecutionIds(Func<long, byte[]?> packedOf)
{
    private const int Removed = -1;

    // Keys; 0 is free.
    private int[] _slots = new int[64];
    private int _used, _live;

    /// <summary>The key of an execution; 0 when unknown.</summary>
    public long Find(string id)
    {
        var sought = ExecutionPacking.PackId(id);
        var slots = Volatile.Read(ref _slots);
        var mask = slots.Length - 1;
        for (var at = HashOf(sought) & mask; slots[at] is not 0 and var key; at = (at + 1) & mask)
            if (key > 0 && packedOf(key) is { } packed && packed.AsSpan(ExecutionPacking.IdAt).StartsWith(sought)) return key;
        return 0;
    }

    /// <summary>Adds an execution that is packed already. Writer only.</summary>
    public void Add(long key)
    {
        if ((_used + 1) * 5L > _slots.Length * 3L) Rebuild();
        Place(_slots, checked((int)key));
        _used++;
        _live++;
    }

    /// <summary>Removes an execution that is packed still. Writer only.</summary>
    public void Remove(long key)
    {
        var mask = _slots.Length - 1;
        for (var at = HashOf(IdOf(key)) & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            if (_slots[at] != key) continue;
            _slots[at] = Removed;
            _live--;
            return;
        }
    }

    private void Rebuild()
    {
        var size = 64;
        while ((_live + 1) * 2L > size) size *= 2;
        var slots = new int[size];
        foreach (var key in _slots)
            if (key > 0) Place(slots, key);
        _used = _live;
        Volatile.Write(ref _slots, slots);
    }

    private void Place(int[] slots, int key)
    {
        var mask = slots.Length - 1;
        var at = HashOf(IdOf(key)) & mask;
        while (slots[at] > 0) at = (at + 1) & mask;
        Volatile.Write(ref slots[at], key);
    }

    private ReadOnlySpan<byte> IdOf(long key) => ExecutionPacking.IdOf(packedOf(key));

    // Seeded for each process: servers choose the ids.
    private static int HashOf(ReadOnlySpan<byte> id)
    {
        var hash = new HashCode();
        hash.AddBytes(id);
        return hash.ToHashCode() & int.MaxValue;
    }
}
