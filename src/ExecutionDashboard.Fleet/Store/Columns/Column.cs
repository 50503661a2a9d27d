using System.Runtime.CompilerServices;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>Columns consist of chunks. A chunk never moves, so growing does not disturb readers.</summary>
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

    /// <summary>The values of a chunk that has rows.</summary>
    public T[] ChunkAt(int chunk) => _chunks[chunk];

    /// <summary>Allocates a row. Writer only.</summary>
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

/// <summary>One value per row, without memory for chunks in which no row has a value.</summary>
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

/// <summary>
/// The numbers of a row that fit an <see cref="int"/>, in one struct: a change touches most of them, and together they take one or two cache lines instead of a
/// dozen.
/// </summary>
[InlineArray(Count)]
internal struct NumberFields
{
    public const int Count = 13;

    private int _first;
}

/// <summary>The 64-bit numbers of a row, in one struct.</summary>
[InlineArray(Count)]
internal struct LongFields
{
    public const int Count = 5;

    private long _first;
}

/// <summary>One of the numbers as a column.</summary>
internal sealed class NumberColumn(Column<NumberFields> rows, int field)
{
    public ref int this[int row] => ref rows[row][Field];

    /// <summary>Which of a row's numbers it is.</summary>
    public int Field { get; } = field;

    /// <summary>All numbers of the rows of a chunk.</summary>
    public NumberFields[] ChunkAt(int chunk) => rows.ChunkAt(chunk);
}

/// <summary>One of the 64-bit numbers as a column.</summary>
internal sealed class LongColumn(Column<LongFields> rows, int field)
{
    public ref long this[int row] => ref rows[row][field];
}
