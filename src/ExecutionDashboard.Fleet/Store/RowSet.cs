namespace ExecutionDashboard.Fleet;

/// <summary>A set of rows, a bit each; chunks without a row take no memory.</summary>
internal sealed class RowSet
{
    public const int WordsPerChunk = Chunk.Rows / 64;

    private ulong[]?[] _chunks = [];

    /// <summary>Rows in the set.</summary>
    public int Count { get; private set; }

    public bool Contains(int row) => Words(row >> Chunk.Bits) is { } words && (words[(row & Chunk.Mask) >> 6] >> row & 1) != 0;

    /// <summary>The bits of a chunk, or null when it has none.</summary>
    public ulong[]? Words(int chunk)
    {
        var chunks = _chunks;
        return chunk < chunks.Length ? chunks[chunk] : null;
    }

    public bool Add(int row)
    {
        var chunk = row >> Chunk.Bits;
        var words = Words(chunk);
        if (words is null)
        {
            var chunks = _chunks;
            if (chunk >= chunks.Length) Array.Resize(ref chunks, Math.Max(chunk + 1, chunks.Length * 2));
            chunks[chunk] = words = new ulong[WordsPerChunk];
            Volatile.Write(ref _chunks, chunks);
        }
        ref var word = ref words[(row & Chunk.Mask) >> 6];
        if ((word >> row & 1) != 0) return false;
        word |= 1UL << row;
        Count++;
        return true;
    }

    public bool Remove(int row)
    {
        if (Words(row >> Chunk.Bits) is not { } words) return false;
        ref var word = ref words[(row & Chunk.Mask) >> 6];
        if ((word >> row & 1) == 0) return false;
        word &= ~(1UL << row);
        Count--;
        return true;
    }

    /// <summary>Puts a row in or out.</summary>
    public void Set(int row, bool held)
    {
        if (held) Add(row);
        else Remove(row);
    }
}
