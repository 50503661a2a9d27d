using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>Finds rows by the id of their execution.</summary>
internal readonly struct IdKeys(Column<UInt128> ids) : IRowKeys<UInt128>
{
    public UInt128 Of(int row) => ids[row];

    public int Hash(UInt128 key) => HashOf(key);

    public static int HashOf(UInt128 key)
    {
        var mixed = ((ulong)key ^ (ulong)(key >> 64) * 0x9E3779B97F4A7C15UL) * 0xD6E8FEB86659FD93UL;
        return (int)(mixed >> 33);
    }
}

/// <summary>Finds rows by the id of a linked execution.</summary>
internal readonly struct NamedKeys(SparseColumn<UInt128> ids) : IRowKeys<UInt128>
{
    public UInt128 Of(int row) => ids[row];

    public int Hash(UInt128 key) => IdKeys.HashOf(key);
}

/// <summary>Finds rows by job and node.</summary>
internal readonly struct PlaceKeys(NumberColumn jobs, NumberColumn nodes) : IRowKeys<long>
{
    public long Of(int row) => (long)jobs[row] << 32 | (uint)nodes[row];

    public int Hash(long key) => (int)(((ulong)key ^ (ulong)key >> 29) * 0xD6E8FEB86659FD93UL >> 33);
}
