using System.Data.Common;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed.Problems;

/// <summary>The feed's REST API about problems: dashboards report what they find, and read what became of it.</summary>
internal static class ProblemEndpoints
{
    /// <summary>Maps <see cref="FeedContract.ProblemsPath"/> and what is below it.</summary>
    public static void MapProblems(this IEndpointRouteBuilder feed, Func<HttpContext, string> idOf)
    {
        var api = feed.MapGroup("/problems").AddEndpointFilter(AnswerWhenReadyAsync);
        api.MapPost("", async (HttpContext context, ProblemStore store, CancellationToken cancel) =>
        {
            if (await ReadAsync<ProblemReport>(context, cancel) is not { } report) return Bad("The report is no JSON of this version: feed and dashboards must be of the same one.");
            if (ProblemChecks.Of(report) is { } problem) return Bad(problem);
            return store.Report(report) is { } refusal ? Says(refusal, StatusCodes.Status409Conflict) : Results.NoContent();
        });
        api.MapGet("", (HttpRequest request, ProblemStore store, ProblemReader reader) =>
        {
            if (!request.Query.TryGetValue("at", out var at)) return Results.Json(store.Open(), FeedContract.Json);
            return TimelineEndpoints.Time(at) is { } moment ? Results.Json(reader.At(moment), FeedContract.Json) : Bad(TimelineEndpoints.TimeProblem("at", at));
        });
        api.MapGet("/resolved", (HttpRequest request, ProblemStore store, ProblemReader reader) =>
        {
            DateTimeOffset? since = null, before = null;
            if (request.Query.TryGetValue("since", out var from) && (since = TimelineEndpoints.Time(from)) is null) return Bad(TimelineEndpoints.TimeProblem("since", from));
            if (request.Query.TryGetValue("before", out var to) && (before = TimelineEndpoints.Time(to)) is null) return Bad(TimelineEndpoints.TimeProblem("before", to));
            var open = store.Open();
            return Results.Json(open with { Items = reader.Resolved(since, before, ProblemLimits.Resolved) }, FeedContract.Json);
        });
        api.MapGet("/{id}/history", (HttpContext context, ProblemReader reader) =>
            reader.Of(idOf(context)) is { } history ? Results.Json(history, FeedContract.Json) : Unknown(idOf(context)));
        api.MapPost("/{id}/acknowledgement", async (HttpContext context, ProblemStore store, TimeProvider time, CancellationToken cancel) =>
        {
            if (await ReadAsync<AcknowledgeRequest>(context, cancel) is not { } asked) return Bad("Send who acknowledges: {\"by\": \"name\"}.");
            if (ProblemChecks.Of(asked, time.GetUtcNow()) is { } problem) return Bad(problem);
            return store.Acknowledge(idOf(context), asked.By!.Trim(), asked.Until?.ToUniversalTime()) ? Results.NoContent() : NotOpen(idOf(context));
        });
        api.MapDelete("/{id}/acknowledgement", (HttpContext context, ProblemStore store) =>
        {
            var by = context.Request.Query["by"].ToString().Trim();
            if (ProblemChecks.Name(by) is { } problem) return Bad(problem);
            return store.Unacknowledge(idOf(context), by) ? Results.NoContent() : Says($"The problem '{Short(idOf(context))}' is not open, or nobody acknowledged it.", StatusCodes.Status404NotFound);
        });
        api.MapPost("/{id}/comments", async (HttpContext context, ProblemStore store, CancellationToken cancel) =>
        {
            if (await ReadAsync<CommentRequest>(context, cancel) is not { } comment) return Bad("Send who says what: {\"by\": \"name\", \"text\": \"…\"}.");
            if (ProblemChecks.Of(comment) is { } problem) return Bad(problem);
            return store.Comment(idOf(context), comment.By!.Trim(), comment.Text!.Trim()) ? Results.NoContent()
                : Says($"The problem '{Short(idOf(context))}' is not open, or has {ProblemLimits.Comments} comments already.", StatusCodes.Status404NotFound);
        });
    }

    // What the log refuses did not happen, and who asked for it is told.
    private static async ValueTask<object?> AnswerWhenReadyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetService(typeof(ProblemStore)) is not ProblemStore { Ready.IsCompletedSuccessfully: true })
            return Says("The feed is starting: its log is being read.", StatusCodes.Status503ServiceUnavailable);
        try
        {
            return await next(context);
        }
        catch (BadHttpRequestException e)
        {
            return Says($"The request cannot be read: {e.Message}", e.StatusCode);
        }
        catch (DbException e)
        {
            ((FeedMetrics?)services.GetService(typeof(FeedMetrics)))?.WriteFailed(LogWrite.Problems);
            return Says($"The change log cannot be written ({StorageErrors.Reason(e)}): nothing was stored.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<T?> ReadAsync<T>(HttpContext context, CancellationToken cancel) where T : class
    {
        try
        {
            return await System.Text.Json.JsonSerializer.DeserializeAsync<T>(context.Request.Body, FeedContract.Json, cancel);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static IResult NotOpen(string id) => Says($"The problem '{Short(id)}' is not open.", StatusCodes.Status404NotFound);

    private static IResult Unknown(string id) => Says($"There is no problem '{Short(id)}'.", StatusCodes.Status404NotFound);

    private static IResult Bad(string message) => Says(message, StatusCodes.Status400BadRequest);

    private static IResult Says(string message, int status) => Results.Json(new { message }, FeedContract.Json, statusCode: status);

    private static string Short(string id) => id.Length > 100 ? id[..100] + "…" : id;
}
