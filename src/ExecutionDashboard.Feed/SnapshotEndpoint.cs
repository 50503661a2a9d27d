using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed;

/// <summary>The whole fleet for dashboards that join: <see cref="FeedContract.SnapshotPath"/>.</summary>
internal static class SnapshotEndpoint
{
    public static void MapSnapshot(this IEndpointRouteBuilder api) => api.MapGet("/snapshot", SendAsync);

    private static async Task<IResult> SendAsync(HttpContext context, SnapshotStream snapshot, CancellationToken cancel)
    {
        if (snapshot.Parts() is not { } parts)
            return Results.Json(new { message = "The feed has not read its change log yet." }, FeedContract.Json, statusCode: StatusCodes.Status503ServiceUnavailable);
        context.Response.ContentType = "application/octet-stream";
        foreach (var part in parts) await context.Response.Body.WriteAsync(part, cancel);
        return Results.Empty;
    }
}
