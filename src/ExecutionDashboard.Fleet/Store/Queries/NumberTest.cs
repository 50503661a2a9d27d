using System.Numerics;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// A test of a number that many rows share, such as their node: each number is tested once. A scan tests a chunk of rows at once; a few rows, as when a selection is
/// refreshed, cost no memory for all numbers. Safe for several threads after <see cref="Share"/>.
/// </summary>
/// <param name="column">The numbers of the rows.</param>
/// <param name="passes">Tests a number.</param>
/// <param name="not">Whether it must not pass.</param>
/// <param name="limit">One more than the largest number.</param>
internal sealed class NumberTest(NumberColumn column, Func<int, bool> passes, bool not, Func<int> limit)
{
    private const byte Failed = 1, Passed = 2;

    private readonly NumberCache<bool> _few = new(passes, limit);
    // By number; 0 until it is tested. Threads that test the same number find the same.
    private byte[]? _many;

    /// <summary>Prepares for use by several threads.</summary>
    public void Share() => _many ??= new byte[limit()];

    /// <summary>Whether a row passes.</summary>
    public bool Pass(int row) => _many is { } many ? Result(many, column[row]) == Passed : _few[column[row]] != not;

    /// <summary>Removes the rows of a chunk that do not pass.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="words">Its rows as bits.</param>
    public void Restrict(int chunk, Span<ulong> words)
    {
        Share();
        var (many, rows, field) = (_many!, column.ChunkAt(chunk), column.Field);
        for (var i = 0; i < words.Length; i++)
        {
            var kept = words[i];
            for (var word = kept; word != 0; word &= word - 1)
            {
                var number = rows[(i << 6) + BitOperations.TrailingZeroCount(word)][field];
                var result = number < many.Length ? many[number] : (byte)0;
                if (result == 0) result = Result(many, number);
                if (result == Failed) kept &= ~(word & (~word + 1));
            }
            words[i] = kept;
        }
    }

    private byte Result(byte[] many, int number)
    {
        // The number is newer than the state of the store that the read is from.
        if (number >= many.Length) return passes(number) != not ? Passed : Failed;
        if (many[number] is var known and not 0) return known;
        return many[number] = passes(number) != not ? Passed : Failed;
    }
}
