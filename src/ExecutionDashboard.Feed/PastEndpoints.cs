using System.Globalization;
using ExecutionDashboard.Feed.Past;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed;

/// <summary>The fleet at any moment of the log: what is known of it, the fleet itself, what lies between two moments, and the next change. An invalid parameter is a 400 that names it.</summary>
internal static class PastEndpoints
{
    private const string Starting = "The feed is starting: its log is being read.";

    public static void MapPast(this IEndpointRouteBuilder api)
    {
        api.MapGet("/past", (HttpRequest request, PastSnapshot past) =>
            TimelineEndpoints.Time(request.Query["at"]) is not { } at ? Message(TimelineEndpoints.TimeProblem("at", request.Query["at"]), StatusCodes.Status400BadRequest)
            : past.At(at) is { } moment ? Results.Json(moment, FeedContract.Json) : Message(Starting, StatusCodes.Status503ServiceUnavailable));
        api.MapGet("/past/counts", (HttpRequest request, PastSnapshot past, CancellationToken cancel) =>
            Sequence(request, "sequence", past, out var sequence) ?? Results.Json(past.Counts(sequence, cancel), FeedContract.Json));
        api.MapGet("/past/snapshot", SendAsync);
        api.MapGet("/past/changes", (HttpRequest request, PastSnapshot past, CancellationToken cancel) =>
        {
            if (Sequence(request, "from", past, out var from) is { } problem) return problem;
            if (Sequence(request, "to", past, out var to) is { } other) return other;
            return past.Between(from, to, cancel) is { } batch ? Results.Json(batch, FeedContract.Json)
                : Message($"More than {PastSnapshot.MostBetween} changes lie between {from} and {to}: read the snapshot.", StatusCodes.Status409Conflict);
        });
        api.MapGet("/past/step", (HttpRequest request, PastSnapshot past) =>
        {
            var (to, kind) = (request.Query["to"].ToString(), request.Query["kind"].ToString());
            if (!past.IsReady) return Message(Starting, StatusCodes.Status503ServiceUnavailable);
            if (TimelineEndpoints.Time(request.Query["at"]) is not { } at) return Message(TimelineEndpoints.TimeProblem("at", request.Query["at"]), StatusCodes.Status400BadRequest);
            if (to is not ("before" or "after")) return Message("to must be before or after.", StatusCodes.Status400BadRequest);
            FleetKind? of = kind switch { "execution" => FleetKind.Execution, "node" => FleetKind.Node, "job" => FleetKind.Job, "deployment" => FleetKind.Deployment, _ => null };
            if (kind.Length > 0 && of is null) return Message("kind must be execution, node, job or deployment.", StatusCodes.Status400BadRequest);
            return Results.Json(past.Step(at, to == "after", of, request.Query["id"].ToString()), FeedContract.Json);
        });
    }

    private static async Task<IResult> SendAsync(HttpContext context, PastSnapshot past, CancellationToken cancel)
    {
        if (Sequence(context.Request, "sequence", past, out var sequence) is { } problem) return problem;
        context.Response.ContentType = "application/octet-stream";
        foreach (var part in past.Parts(sequence, cancel)) await context.Response.Body.WriteAsync(part, cancel);
        return Results.Empty;
    }

    private static IResult? Sequence(HttpRequest request, string name, PastSnapshot past, out long sequence) =>
        !long.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out sequence) ? Message($"{name} must be the number of a change.", StatusCodes.Status400BadRequest)
        : !past.IsReady ? Message(Starting, StatusCodes.Status503ServiceUnavailable)
        : !past.Has(sequence) ? Message($"The log does not have change {sequence}: it was removed by the retention, or has not come yet.", StatusCodes.Status410Gone)
        : null;

    private static IResult Message(string message, int status) => Results.Json(new { message }, FeedContract.Json, statusCode: status);
}
