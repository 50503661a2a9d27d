namespace ExecutionDashboard.Fleet;

/// <summary>Rows by key: open addressing with linear probing over the key column. Growth swaps the table, so readers may race.</summary>
internal sealed class KeyIndex(Column<UInt128> keys)
{
    private const int Tombstone = -1;

    // Row + 1; 0 is free.
    private int[] _slots = new int[64];
    private int _used;
    private int _live;

    /// <summary>The row of a key, or -1.</summary>
    public int Find(UInt128 key)
    {
        var slots = Volatile.Read(ref _slots);
        var mask = slots.Length - 1;
        var at = Hash(key) & mask;
        for (var probes = 0; probes <= mask; probes++, at = (at + 1) & mask)
        {
            var entry = slots[at];
            if (entry == 0) return -1;
            if (entry > 0 && keys[entry - 1] == key) return entry - 1;
        }
        return -1;
    }

    /// <summary>Adds a row whose key is in the column and not yet here. Writer only.</summary>
    public void Add(int row)
    {
        if ((_used + 1) * 5 > _slots.Length * 3) Rebuild();
        Place(_slots, row);
        _used++;
        _live++;
    }

    /// <summary>Takes a row out. Writer only.</summary>
    public void Remove(int row)
    {
        var mask = _slots.Length - 1;
        for (var at = Hash(keys[row]) & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            if (_slots[at] != row + 1) continue;
            _slots[at] = Tombstone;
            _live--;
            return;
        }
    }

    private void Rebuild()
    {
        var size = 64;
        while ((_live + 1) * 2 > size) size *= 2;
        var slots = new int[size];
        foreach (var entry in _slots)
            if (entry > 0) Place(slots, entry - 1);
        _used = _live;
        Volatile.Write(ref _slots, slots);
    }

    private void Place(int[] slots, int row)
    {
        var mask = slots.Length - 1;
        var at = Hash(keys[row]) & mask;
        while (slots[at] > 0) at = (at + 1) & mask;
        slots[at] = row + 1;
    }

    private static int Hash(UInt128 key)
    {
        var mixed = ((ulong)key ^ (ulong)(key >> 64) * 0x9E3779B97F4A7C15UL) * 0xD6E8FEB86659FD93UL;
        return (int)(mixed >> 33);
    }
}
