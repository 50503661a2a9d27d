using System.Data.Common;
using System.Globalization;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed.Audit;

/// <summary>The feed's REST API of the audit: dashboards write what people do, and read it. Nothing changes or deletes a row.</summary>
internal static class AuditEndpoints
{
    /// <summary>Maps <see cref="FeedContract.AuditPath"/> and what is below it.</summary>
    public static void MapAudit(this IEndpointRouteBuilder feed)
    {
        var api = feed.MapGroup("/audit").AddEndpointFilter(AnswerWhenReadyAsync);
        api.MapPost("", async (HttpContext context, AuditStore store, CancellationToken cancel) =>
        {
            if (await ReadAsync(context, cancel) is not { } request) return Says("The entries are no JSON of this version: feed and dashboards must be of the same one.", StatusCodes.Status400BadRequest);
            return AuditChecks.Of(request) is { } problem ? Says(problem, StatusCodes.Status400BadRequest) : Results.Json(new AuditStored(store.Append(request.Entries!)), FeedContract.Json);
        });
        api.MapGet("", (HttpRequest request, AuditReader reader) => Results.Json(
            reader.Acts(AuditQuery.Parse(request.QueryString.Value), Math.Clamp(Number(request.Query["most"]) is var most and > 0 ? (int)Math.Min(most, AuditLimits.Acts) : 100, 1, AuditLimits.Acts)), FeedContract.Json));
        api.MapGet("/commands", (HttpRequest request, AuditReader reader) => Results.Json(reader.Commands(Number(request.Query["after"])), FeedContract.Json));
    }

    // Who asked must know that nothing was stored: it must not act then.
    private static async ValueTask<object?> AnswerWhenReadyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetService(typeof(AuditStore)) is not AuditStore { Ready.IsCompletedSuccessfully: true }) return Says("The feed is starting: its log is being read.", StatusCodes.Status503ServiceUnavailable);
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
            ((FeedMetrics?)services.GetService(typeof(FeedMetrics)))?.WriteFailed(LogWrite.Audit);
            return Says($"The audit cannot be written ({StorageErrors.Reason(e)}).", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<AuditRequest?> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        try
        {
            return await System.Text.Json.JsonSerializer.DeserializeAsync<AuditRequest>(context.Request.Body, FeedContract.Json, cancel);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static IResult Says(string message, int status) => Results.Json(new { message }, FeedContract.Json, statusCode: status);
}
