namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>
/// Executions that were read lately, each with when its row had last changed: what is on many screens is made into an execution once a change. Holds
/// one of the rows that share a place; safe for any thread.
/// </summary>
internal sealed class RecentRows
{
    private const int Places = 1 << 14;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The execution of a row that last changed at a version; null when it is not held.</summary>
    public Execution? Find(int row, long changed) =>
        Volatile.Read(ref _entries[row & (Places - 1)]) is { } entry && entry.Row == row && entry.Changed == changed ? entry.Execution : null;

    /// <summary>Holds an execution; gives the one to use, which is the one held already if another reader was faster.</summary>
    public Execution Keep(int row, long changed, Execution execution)
    {
        ref var place = ref _entries[row & (Places - 1)];
        var before = Volatile.Read(ref place);
        if (before is not null && before.Row == row && before.Changed >= changed) return before.Changed == changed ? before.Execution : execution;
        var entry = new Entry(row, changed, execution);
        return Interlocked.CompareExchange(ref place, entry, before) is { } other && other != before && other.Row == row && other.Changed == changed ? other.Execution : execution;
    }

    private sealed record Entry(int Row, long Changed, Execution Execution);
}
