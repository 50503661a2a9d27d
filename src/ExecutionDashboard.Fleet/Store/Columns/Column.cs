using System.Runtime.CompilerServices;

namespace ExecutionDashboard.Fleet.Store.Columns;

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

/// <summary>
/// The whole numbers of a row that fit an <see cref="int"/>, side by side: a change touches most of them, and together they are one or two
/// lines of the cache instead of a dozen.
/// </summary>
[InlineArray(Count)]
internal struct NumberFields
{
    public const int Count = 13;

    private int _first;
}

/// <summary>The long numbers of a row, side by side.</summary>
[InlineArray(Count)]
internal struct LongFields
{
    public const int Count = 5;

    private long _first;
}

/// <summary>One of the numbers of every row.</summary>
internal sealed class NumberColumn(Column<NumberFields> rows, int field)
{
    public ref int this[int row] => ref rows[row][field];
}

/// <summary>One of the long numbers of every row.</summary>
internal sealed class LongColumn(Column<LongFields> rows, int field)
{
    public ref long this[int row] => ref rows[row][field];
}
