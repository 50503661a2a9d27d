using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>
/// A set of rows, one bit each; chunks without a row need no memory. Held sets share the chunks, so the writer copies a held chunk before it changes it.
/// </summary>
internal sealed class RowSet
{
    public const int WordsPerChunk = Chunk.Rows / 64;

    private ulong[]?[] _chunks = [];
    private long[] _epochs = [];
    private long _changes;
    // Increases with every set that is held; older chunks may be in use by one.
    private long _epoch;
    private Kept? _kept;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    public bool Contains(int row) => Words(row >> Chunk.Bits) is { } words && (words[(row & Chunk.Mask) >> 6] >> row & 1) != 0;

    /// <summary>The bits of a chunk; null without a row.</summary>
    public ulong[]? Words(int chunk)
    {
        var chunks = _chunks;
        return chunk < chunks.Length ? chunks[chunk] : null;
    }

    public bool Add(int row)
    {
        if (Contains(row)) return false;
        Own(row >> Chunk.Bits)[(row & Chunk.Mask) >> 6] |= 1UL << row;
        Count++;
        Volatile.Write(ref _changes, _changes + 1);
        return true;
    }

    public bool Remove(int row)
    {
        if (!Contains(row)) return false;
        Own(row >> Chunk.Bits)[(row & Chunk.Mask) >> 6] &= ~(1UL << row);
        Count--;
        Volatile.Write(ref _changes, _changes + 1);
        return true;
    }

    /// <summary>Adds or removes a row.</summary>
    public void Set(int row, bool held)
    {
        if (held) Add(row);
        else Remove(row);
    }

    /// <summary>Holds the set; the result must not be changed. For readers: valid only if the writer did not overtake the read.</summary>
    public RowSet Hold()
    {
        var kept = Volatile.Read(ref _kept);
        var changes = Volatile.Read(ref _changes);
        if (kept is not null && kept.Changes == changes) return kept.Set;
        // Either the writer sees the new epoch before it changes a chunk, or this read is overtaken and runs again.
        Interlocked.Increment(ref _epoch);
        var set = new RowSet { _chunks = [.. _chunks], Count = Count };
        Volatile.Write(ref _kept, new Kept(changes, set));
        return set;
    }

    private ulong[] Own(int chunk)
    {
        var epoch = Volatile.Read(ref _epoch);
        if (Words(chunk) is { } words)
        {
            if (_epochs[chunk] == epoch) return words;
            words = [.. words];
        }
        else
        {
            words = new ulong[WordsPerChunk];
            if (chunk >= _chunks.Length)
            {
                var length = Math.Max(chunk + 1, _chunks.Length * 2);
                Array.Resize(ref _epochs, length);
                var chunks = _chunks;
                Array.Resize(ref chunks, length);
                Volatile.Write(ref _chunks, chunks);
            }
        }
        _epochs[chunk] = epoch;
        Volatile.Write(ref _chunks[chunk], words);
        return words;
    }

    private sealed record Kept(long Changes, RowSet Set);
}
