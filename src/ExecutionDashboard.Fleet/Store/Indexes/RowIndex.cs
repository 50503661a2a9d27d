namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>A key that rows are found by.</summary>
internal interface IRowKeys<TKey>
{
    /// <summary>The key of a row.</summary>
    TKey Of(int row);

    /// <summary>Hash of a key.</summary>
    int Hash(TKey key);
}

/// <summary>
/// Rows by a key in their columns: a hash table with linear probing, four bytes per slot. Several rows may have the same key. Growing swaps the table, so that
/// readers may race.
/// </summary>
/// <param name="keys">Reads the keys of rows.</param>
internal sealed class RowIndex<TKey, TKeys>(TKeys keys) where TKey : IEquatable<TKey> where TKeys : struct, IRowKeys<TKey>
{
    private const int Tombstone = -1;

    // Row + 1; 0 is free.
    private int[] _slots = new int[64];
    private int _used;
    private int _live;

    /// <summary>A row with a key, or -1.</summary>
    public int Find(TKey key)
    {
        var probes = 0;
        return Find(key, ref probes);
    }

    /// <summary>The next row with a key, or -1. The index must not change between calls.</summary>
    /// <param name="key">The key.</param>
    /// <param name="probes">Number of slots probed so far; 0 at first.</param>
    public int Find(TKey key, ref int probes)
    {
        var slots = Volatile.Read(ref _slots);
        var mask = slots.Length - 1;
        for (var at = (keys.Hash(key) + probes) & mask; probes <= mask; at = (at + 1) & mask)
        {
            probes++;
            var entry = slots[at];
            if (entry == 0) break;
            if (entry > 0 && keys.Of(entry - 1).Equals(key)) return entry - 1;
        }
        return -1;
    }

    /// <summary>Makes room for rows that are added next. Writer only.</summary>
    public void Reserve(int more) => Rebuild(more);

    /// <summary>Adds a row. Writer only.</summary>
    public void Add(int row)
    {
        if ((_used + 1) * 5 > _slots.Length * 3) Rebuild();
        Place(_slots, row);
        _used++;
        _live++;
    }

    /// <summary>Removes a row while its columns still have its key. Writer only.</summary>
    public void Remove(int row)
    {
        if (PlaceOf(row) is not (>= 0 and var at)) return;
        _slots[at] = Tombstone;
        _live--;
    }

    /// <summary>Replaces a row by another one with the same key. Writer only.</summary>
    public void Replace(int row, int by)
    {
        if (PlaceOf(row) is >= 0 and var at) _slots[at] = by + 1;
    }

    private int PlaceOf(int row)
    {
        var mask = _slots.Length - 1;
        for (var at = keys.Hash(keys.Of(row)) & mask; _slots[at] != 0; at = (at + 1) & mask)
            if (_slots[at] == row + 1) return at;
        return -1;
    }

    private void Rebuild(int more = 1)
    {
        var size = 64;
        while ((_live + (long)more) * 2 > size) size *= 2;
        var slots = new int[size];
        foreach (var entry in _slots)
            if (entry > 0) Place(slots, entry - 1);
        _used = _live;
        Volatile.Write(ref _slots, slots);
    }

    private void Place(int[] slots, int row)
    {
        var mask = slots.Length - 1;
        var at = keys.Hash(keys.Of(row)) & mask;
        while (slots[at] > 0) at = (at + 1) & mask;
        slots[at] = row + 1;
    }
}
