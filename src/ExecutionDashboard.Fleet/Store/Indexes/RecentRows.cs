namespace ExecutionDashboard.Fleet.Store.Indexes;

/// <summary>
/// A cache of executions read recently, with the version of their row, so that an execution on many screens is created once per change. Rows that share a slot evict
/// each other; safe for concurrent use.
/// </summary>
internal sealed class RecentRows
{
    private const int Places = 1 << 14;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The execution of a row at a version; null when not cached.</summary>
    public Execution? Find(int row, long changed) =>
        Volatile.Read(ref _entries[row & (Places - 1)]) is { } entry && entry.Row == row && entry.Changed == changed ? entry.Execution : null;

    /// <summary>Caches an execution; returns the cached one if another reader was faster.</summary>
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
