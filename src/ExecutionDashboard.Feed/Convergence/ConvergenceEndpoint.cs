using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed.Convergence;

/// <summary>The feed's REST API of convergence.</summary>
internal static class ConvergenceEndpoint
{
    private const int LongestId = 512;

    /// <summary>Maps <see cref="FeedContract.ConvergencePath"/>.</summary>
    public static void MapConvergence(this IEndpointRouteBuilder api) => api.MapGet("/convergence", (HttpRequest request, ConvergenceStore store) =>
    {
        var job = request.Query["job"].ToString();
        if (job.Length > LongestId) return Results.Json(new { message = $"job has more than {LongestId} characters." }, FeedContract.Json, statusCode: StatusCodes.Status400BadRequest);
        return store.Of(job) is { } report ? Results.Json(report, FeedContract.Json)
            : Results.Json(new { message = "The feed is starting: its log is being read." }, FeedContract.Json, statusCode: StatusCodes.Status503ServiceUnavailable);
    });
}
