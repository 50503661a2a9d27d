namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>A block of an <see cref="OrderIndex"/>: consecutive rows, in order.</summary>
/// <param name="epoch">Epoch of its creation. A block that a held list may still read is copied before a change.</param>
internal sealed class OrderBlock(long epoch)
{
    /// <summary>Most rows per block.</summary>
    public const int Most = 512;

    public readonly int[] Rows = new int[Most];
    public readonly long Epoch = epoch;
    public int Count;

    public int Last => Rows[Count - 1];

    public void Append(int row) => Rows[Count++] = row;

    public void Insert(int position, int row)
    {
        Array.Copy(Rows, position, Rows, position + 1, Count - position);
        Rows[position] = row;
        Count++;
    }

    public void RemoveAt(int position)
    {
        Count--;
        Array.Copy(Rows, position + 1, Rows, position, Count - position);
    }

    public void AppendAll(OrderBlock other)
    {
        Array.Copy(other.Rows, 0, Rows, Count, other.Count);
        Count += other.Count;
    }

    public OrderBlock Copy(long epoch)
    {
        var copy = new OrderBlock(epoch) { Count = Count };
        Array.Copy(Rows, copy.Rows, Count);
        return copy;
    }

    public OrderBlock SplitOff(long epoch)
    {
        var upper = new OrderBlock(epoch) { Count = Count / 2 };
        Array.Copy(Rows, Count - upper.Count, upper.Rows, 0, upper.Count);
        Count -= upper.Count;
        return upper;
    }
}
