namespace ExecutionDashboard.Fleet;

/// <summary>How rows are cut into chunks: a chunk never moves, so growth disturbs no reader.</summary>
internal static class Chunk
{
    public const int Bits = 12;
    public const int Rows = 1 << Bits;
    public const int Mask = Rows - 1;
}

/// <summary>One value per row.</summary>
internal sealed class Column<T>
{
    private T[][] _chunks = [];

    public ref T this[int row] => ref _chunks[row >> Chunk.Bits][row & Chunk.Mask];

    /// <summary>Makes room for a row. Writer only.</summary>
    public void Reach(int row)
    {
        var chunk = row >> Chunk.Bits;
        if (chunk < _chunks.Length && _chunks[chunk] is not null) return;
        var chunks = _chunks;
        if (chunk >= chunks.Length) Array.Resize(ref chunks, Math.Max(chunk + 1, chunks.Length * 2));
        chunks[chunk] = new T[Chunk.Rows];
        Volatile.Write(ref _chunks, chunks);
    }
}

/// <summary>One value per row where most rows of whole chunks have none: those take no memory.</summary>
internal sealed class SparseColumn<T> where T : struct, IEquatable<T>
{
    private T[]?[] _chunks = [];

    public T this[int row]
    {
        get
        {
            var chunks = _chunks;
            var chunk = row >> Chunk.Bits;
            return chunk < chunks.Length && chunks[chunk] is { } values ? values[row & Chunk.Mask] : default;
        }
        set
        {
            var chunks = _chunks;
            var chunk = row >> Chunk.Bits;
            if (chunk >= chunks.Length || chunks[chunk] is null)
            {
                if (value.Equals(default)) return;
                if (chunk >= chunks.Length) Array.Resize(ref chunks, Math.Max(chunk + 1, chunks.Length * 2));
                chunks[chunk] = new T[Chunk.Rows];
                Volatile.Write(ref _chunks, chunks);
            }
            chunks[chunk]![row & Chunk.Mask] = value;
        }
    }
}
