using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed.Changes;

/// <summary>The feed's REST API of what changed in a range of time. An invalid parameter is a 400 that names it.</summary>
internal static class ChangeEndpoints
{
    /// <summary>Maps <see cref="FeedContract.ChangesPath"/>.</summary>
    public static void MapChanges(this IEndpointRouteBuilder api) =>
        api.MapGet("/changes", async (HttpRequest request, RangeChanges changes, CancellationToken cancel) =>
        {
            var (from, to, by) = (request.Query["from"].ToString(), request.Query["to"].ToString(), request.Query["by"].ToString());
            if (TimelineEndpoints.Time(from) is not { } start) return Says(TimelineEndpoints.TimeProblem("from", from), StatusCodes.Status400BadRequest);
            if (TimelineEndpoints.Time(to) is not { } end) return Says(TimelineEndpoints.TimeProblem("to", to), StatusCodes.Status400BadRequest);
            if (start >= end) return Says("from must be before to.", StatusCodes.Status400BadRequest);
            if (ChangeGrouping.Parse(by) is not { } grouping) return Says("by must be job, cause, or label: and the key of a label.", StatusCodes.Status400BadRequest);
            return await changes.OfAsync(start, end, grouping, cancel) is { } found
                ? Results.Json(found, FeedContract.Json)
                : Says("The feed is starting: its log is being read.", StatusCodes.Status503ServiceUnavailable);
        });

    private static IResult Says(string message, int status) => Results.Json(new { message }, FeedContract.Json, statusCode: status);
}
