using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed.Bulk;

/// <summary>The feed's REST API about bulk runs: dashboards start and steer them, and one of them drives them. Who may do what is the dashboards' to check.</summary>
internal static class BulkEndpoints
{
    /// <summary>Maps <see cref="FeedContract.BulkPath"/> and what is below it.</summary>
    public static void MapBulk(this IEndpointRouteBuilder feed)
    {
        var api = feed.MapGroup("/bulk").AddEndpointFilter(AnswerWhenReadyAsync);
        api.MapGet("", (HttpRequest request, BulkStore store) => Since(request) is { } since ? Json(store.Runs(since)) : NotAVersion());
        api.MapPost("", async (HttpContext context, BulkStore store, CancellationToken cancel) =>
            await ReadAsync<BulkStart>(context, cancel) is not { } start ? NotRead() : BulkChecks.Of(start) is { } problem ? Bad(problem) : Answer(store.Start(start), start.Run!.Id));
        api.MapPost("/lease", async (HttpContext context, BulkStore store, CancellationToken cancel) =>
            await ReadAsync<BulkLeaseRequest>(context, cancel) is not { } asked ? NotRead() : BulkChecks.Of(asked) is { } problem ? Bad(problem) : Json(store.Lease(asked.Driver!)));
        api.MapGet("/{id}/items", (string id, HttpRequest request, BulkStore store) =>
            Since(request) is not { } since ? NotAVersion() : store.Of(id, since) is { } run ? Json(run) : Unknown(id));
        api.MapPost("/{id}/writes", async (string id, HttpContext context, BulkStore store, CancellationToken cancel) =>
            await ReadAsync<BulkWrite>(context, cancel) is not { } write ? NotRead() : BulkChecks.Of(write) is { } problem ? Bad(problem) : Answer(store.Write(id, write), id));
        api.MapPost("/{id}/orders", async (string id, HttpContext context, BulkStore store, CancellationToken cancel) =>
            await ReadAsync<BulkOrder>(context, cancel) is not { } order ? NotRead() : BulkChecks.Of(order) is { } problem ? Bad(problem) : Answer(store.Order(id, order), id));
    }

    // What the log refuses did not happen, and who asked for it is told.
    private static async ValueTask<object?> AnswerWhenReadyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetService(typeof(BulkStore)) is not BulkStore { Ready.IsCompletedSuccessfully: true }) return Says("The feed is starting: its log is being read.", StatusCodes.Status503ServiceUnavailable);
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
            ((FeedMetrics?)services.GetService(typeof(FeedMetrics)))?.WriteFailed(LogWrite.Bulk);
            return Says($"The change log cannot be written ({StorageErrors.Reason(e)}): nothing was stored.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Answer((BulkRun? Run, string? Refusal) answer, string id) =>
        answer.Run is { } run ? Json(run) : answer.Refusal is { } refusal ? Says(refusal, StatusCodes.Status409Conflict) : Unknown(id);

    private static async Task<T?> ReadAsync<T>(HttpContext context, CancellationToken cancel) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, FeedContract.Json, cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? Since(HttpRequest request) =>
        !request.Query.TryGetValue("since", out var text) ? 0 : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var since) ? since : null;

    private static IResult NotAVersion() => Bad("since must be a version, 0 or more.");

    private static IResult Json<T>(T value) => Results.Json(value, FeedContract.Json);

    private static IResult Unknown(string id) => Says($"There is no bulk run '{(id.Length > 100 ? id[..100] + "…" : id)}'.", StatusCodes.Status404NotFound);

    private static IResult NotRead() => Bad("The request is no JSON of this version: feed and dashboards must be of the same one.");

    private static IResult Bad(string message) => Says(message, StatusCodes.Status400BadRequest);

    private static IResult Says(string message, int status) => Results.Json(new { message }, FeedContract.Json, statusCode: status);
}
