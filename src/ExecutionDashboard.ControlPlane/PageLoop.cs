using System.Runtime.CompilerServices;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane;

/// <summary>
/// Reads all pages of a list. Ends after the last page, or with a failure: the server's own, a repeated page token, a second empty page with a next token, or too
/// many rows. Pages before the failure are valid.
/// </summary>
public static class PageLoop
{
    /// <summary>Most rows.</summary>
    public const long DefaultMaxRows = 10_000_000;

    /// <summary>All pages of executions, from <see cref="ExecutionListRequest.PageToken"/> on.</summary>
    public static IAsyncEnumerable<ControlPlaneResult<FleetPage<Execution>>> AllExecutions(
        this IControlPlane controlPlane, ExecutionListRequest request, long maxRows = DefaultMaxRows, CancellationToken cancel = default) =>
        Walk(
            "executions", request.PageToken, maxRows, (token, c) => controlPlane.ListExecutionsAsync(request with { PageToken = token }, c), cancel);

    /// <summary>All pages of nodes.</summary>
    public static IAsyncEnumerable<ControlPlaneResult<FleetPage<Node>>> AllNodes(
        this IControlPlane controlPlane, int limit = 1000, long maxRows = DefaultMaxRows, CancellationToken cancel = default) =>
        Walk("nodes", "", maxRows, (token, c) => controlPlane.ListNodesAsync(token, limit, c), cancel);

    /// <summary>All pages of jobs.</summary>
    public static IAsyncEnumerable<ControlPlaneResult<FleetPage<Job>>> AllJobs(
        this IControlPlane controlPlane, int limit = 1000, long maxRows = DefaultMaxRows, CancellationToken cancel = default) =>
        Walk("jobs", "", maxRows, (token, c) => controlPlane.ListJobsAsync(token, limit, c), cancel);

    /// <summary>All pages of deployments.</summary>
    public static IAsyncEnumerable<ControlPlaneResult<FleetPage<Deployment>>> AllDeployments(
        this IControlPlane controlPlane, int limit = 1000, long maxRows = DefaultMaxRows, CancellationToken cancel = default) =>
        Walk("deployments", "", maxRows, (token, c) => controlPlane.ListDeploymentsAsync(token, limit, c), cancel);

    private static async IAsyncEnumerable<ControlPlaneResult<FleetPage<T>>> Walk<T>(
        string many, string first, long maxRows, Func<string, CancellationToken, Task<ControlPlaneResult<FleetPage<T>>>> list,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { first };
        var (token, rows, emptyPages) = (first, 0L, 0);
        while (true)
        {
            var page = await list(token, cancel);
            yield return page;
            if (page.Value is not { } got || got.NextToken.Length == 0) yield break;
            rows += got.Items.Count + got.LeftOut;
            if (got.Items.Count + got.LeftOut == 0) emptyPages++;
            if (Trouble(many, got.NextToken, seen, emptyPages, rows, maxRows) is { } trouble)
            {
                yield return new ControlPlaneFailure(ControlPlaneError.Unexpected, trouble);
                yield break;
            }
            token = got.NextToken;
        }
    }

    private static string? Trouble(string many, string next, HashSet<string> seen, int emptyPages, long rows, long maxRows)
    {
        if (!seen.Add(next)) return $"The pages of {many} go in a circle: a page token came twice.";
        if (emptyPages > 1) return $"The pages of {many} do not end: more than one was empty and named a next one.";
        return rows >= maxRows ? $"More than {maxRows} {many}: the rest is not read." : null;
    }
}
