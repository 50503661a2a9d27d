using System.Globalization;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed;

/// <summary>The feed's REST API for timelines. An invalid parameter is a 400 that names it.</summary>
internal static class TimelineEndpoints
{
    private const int LongestId = 512;

    public static void MapTimelines(this IEndpointRouteBuilder api)
    {
        api.MapGet("/timeline", (HttpRequest request, NodeTimelines timelines, CancellationToken cancel) =>
            AnswerAsync(request.Query["nodes"].ToArray(), request.Query["from"], request.Query["to"], timelines, cancel));
        // The same request for more nodes than fit into an address.
        api.MapPost("/timeline", (TimelineQuestion question, NodeTimelines timelines, CancellationToken cancel) =>
            AnswerAsync(question.Nodes ?? [], question.From, question.To, timelines, cancel));
    }

    /// <summary>Maps the fleet at a point in time: <c>at</c>, with <c>map=true</c> for all nodes or <c>nodes</c> for some.</summary>
    public static void MapMoments(this IEndpointRouteBuilder api) =>
        api.MapGet("/state", (HttpRequest request, FleetMoments moments, CancellationToken cancel) =>
        {
            var (at, map) = (request.Query["at"].ToString(), request.Query["map"].ToString());
            var nodes = request.Query["nodes"].ToArray();
            if (Time(at) is not { } moment) return Bad(TimeProblem("at", at));
            if (map is not ("" or "true" or "false")) return Bad("map must be true or false.");
            if (nodes.Length > 0 && NodesProblem(nodes) is { } problem) return Bad(problem);
            IReadOnlyList<string>? asked = nodes.Length > 0 ? [.. nodes.OfType<string>()] : map == "true" ? [] : null;
            return moments.At(moment, asked, cancel) is { } found ? Results.Json(found, FeedContract.Json) : Starting();
        });

    /// <summary>Maps the canary verdict of a deployment at a point in time: <c>at</c>.</summary>
    public static void MapCanaries(this IEndpointRouteBuilder api, Func<HttpContext, string> idOf) =>
        api.MapGet("/deployments/{id}/canary", (HttpContext context, CanaryMoments moments, CancellationToken cancel) =>
        {
            var at = context.Request.Query["at"].ToString();
            if (Time(at) is not { } moment) return Bad(TimeProblem("at", at));
            return moments.Of(idOf(context), moment, cancel) is { } verdict ? Results.Json(verdict, FeedContract.Json)
                : Results.Json(new { message = $"How the canary of '{idOf(context)}' did at {moment:O} is not known." }, FeedContract.Json, statusCode: StatusCodes.Status404NotFound);
        });

    private static IResult Starting() =>
        Results.Json(new { message = "The feed is starting: its log is being read." }, FeedContract.Json, statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> AnswerAsync(IReadOnlyList<string?> nodes, string? from, string? to, NodeTimelines timelines, CancellationToken cancel)
    {
        if (NodesProblem(nodes) is { } problem) return Bad(problem);
        if (Time(from) is not { } start) return Bad(TimeProblem("from", from));
        if (Time(to) is not { } end) return Bad(TimeProblem("to", to));
        if (start >= end) return Bad("from must be before to.");
        return await timelines.OfAsync([.. nodes!], start, end, cancel) is { } timeline
            ? Results.Json(timeline, FeedContract.Json)
            : Starting();
    }

    private static string? NodesProblem(IReadOnlyList<string?> nodes) =>
        nodes.Count == 0 ? "nodes is missing: name at least one node."
        : nodes.Count > FeedContract.MostLanes ? $"nodes has {nodes.Count} nodes: at most {FeedContract.MostLanes} can be asked for at once."
        : nodes.Any(string.IsNullOrEmpty) ? "nodes has an empty id."
        : nodes.Any(id => id!.Length > LongestId) ? $"nodes has an id of more than {LongestId} characters."
        : null;

    /// <summary>A time as parameters have it; null when it is none.</summary>
    internal static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>What to say of one that is none.</summary>
    internal static string TimeProblem(string parameter, string? text) =>
        string.IsNullOrWhiteSpace(text) ? $"{parameter} is missing: give a time such as 2026-11-01T12:00:00Z."
        : $"{parameter} is '{(text.Length > 60 ? text[..60] + "…" : text)}': it must be a time such as 2026-11-01T12:00:00Z.";

    private static IResult Bad(string message) => Results.Json(new { message }, FeedContract.Json, statusCode: StatusCodes.Status400BadRequest);
}
