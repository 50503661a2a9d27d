namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>A page of executions.</summary>
/// <param name="Items">The executions in the query's order.</param>
/// <param name="Total">How many match in all, exactly, at the moment of the page.</param>
/// <param name="Next">Where the next page starts; null at the end. Text that can be kept in a URL; it names the last row's sort key, so rows that come and go before it do not shift the next page.</param>
public sealed record ExecutionQueryPage(IReadOnlyList<Execution> Items, int Total, string? Next);
