namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>A page of executions.</summary>
/// <param name="Items">The executions in the query's order.</param>
/// <param name="Total">Number of all matches at the time of the page.</param>
/// <param name="Next">
/// Cursor of the next page; null at the end. Safe in a URL. It contains the last row's sort key, so rows added or removed before it do not shift the next page.
/// </param>
public sealed record ExecutionQueryPage(IReadOnlyList<Execution> Items, int Total, string? Next);
