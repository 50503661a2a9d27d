namespace ExecutionDashboard.Fleet;

/// <summary>A page of executions.</summary>
/// <param name="Items">The executions in the query's order.</param>
/// <param name="Total">How many match in all, exactly, at the moment of the page.</param>
/// <param name="Next">Where the next page starts; null at the end. Text that can be kept in a URL; it names the last row's sort key, so rows that come and go before it do not shift the next page.</param>
public sealed record ExecutionPage(IReadOnlyList<Execution> Items, int Total, string? Next);

/// <summary>
/// The result of a query, held still: which rows matched, in which order, at one version of the store. Rows are read through it as they are
/// now. What came to match since waits in <see cref="NewCount"/>. Made by <see cref="FleetStore.Select"/>; belongs to one viewer, not safe
/// for concurrent use.
/// </summary>
public sealed class ExecutionSelection
{
    internal ExecutionSelection(ExecutionQuery query) => Query = query;

    /// <summary>What was asked.</summary>
    public ExecutionQuery Query { get; }
    /// <summary>Rows held.</summary>
    public int Count { get; internal set; }
    /// <summary>Executions that match now and are not held.</summary>
    public int NewCount { get; internal set; }
    /// <summary>How many match now, exactly: the held that still do, and the new.</summary>
    public int MatchingNow { get; internal set; }
    /// <summary>The store's version that <see cref="NewCount"/> and <see cref="MatchingNow"/> are of.</summary>
    public long Version { get; internal set; }
}
