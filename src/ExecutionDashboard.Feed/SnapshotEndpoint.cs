using System.Globalization;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Snapshots;
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
        if (context.Request.Query["format"] != SnapshotBlock.Format.ToString(CultureInfo.InvariantCulture)) return Problem(StatusCodes.Status406NotAcceptable, $"The feed has snapshots of format {SnapshotBlock.Format} only.");
        if (snapshot.Blocks() is not { } blocks) return Problem(StatusCodes.Status503ServiceUnavailable, "The feed has not read its change log yet.");
        context.Response.ContentType = "application/octet-stream";
        foreach (var block in blocks) await context.Response.Body.WriteAsync(block, cancel);
        return Results.Empty;
    }

    private static IResult Problem(int status, string message) => Results.Json(new { message }, FeedContract.Json, statusCode: status);
}
