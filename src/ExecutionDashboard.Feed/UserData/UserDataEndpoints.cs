using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Feed.UserData;

/// <summary>The feed's REST API about saved views and preferences. Dashboards ask it, which know who asks them and who may change what.</summary>
internal static class UserDataEndpoints
{
    /// <summary>Maps <see cref="FeedContract.UserDataPath"/> and what is below it.</summary>
    public static void MapUserData(this IEndpointRouteBuilder feed)
    {
        var api = feed.MapGroup("/user-data").AddEndpointFilter(AnswerWhenReadyAsync);
        api.MapGet("", (HttpRequest request, UserDataStore store) =>
            Number(request, "after") is { } after ? Results.Json(store.Changes(after), FeedContract.Json) : Says("after must be a number of 0 or more.", StatusCodes.Status400BadRequest));
        api.MapPut("/views", async (HttpRequest request, UserDataStore store, CancellationToken cancel) =>
        {
            if (await ReadAsync<SaveViewRequest>(request, cancel) is not { } asked) return Unreadable;
            if (UserDataChecks.Of(asked) is { } problem) return Says(problem, StatusCodes.Status400BadRequest);
            var (end, saved, why) = store.Save(asked);
            return end == SaveEnd.Stored ? Results.Json(saved, FeedContract.Json) : Refused(end, why);
        });
        api.MapDelete("/views/{id}", (string id, HttpRequest request, UserDataStore store) =>
        {
            if (Number(request, "expected") is not { } expected) return Says("expected must be the version of the view.", StatusCodes.Status400BadRequest);
            var (end, why) = store.Delete(id, expected);
            return end == SaveEnd.Stored ? Results.NoContent() : Refused(end, why);
        });
        api.MapPut("/preferences", async (HttpRequest request, UserDataStore store, CancellationToken cancel) =>
        {
            if (await ReadAsync<SavePreferencesRequest>(request, cancel) is not { } asked) return Unreadable;
            if (UserDataChecks.Of(asked) is { } problem) return Says(problem, StatusCodes.Status400BadRequest);
            var (end, why) = store.Save(asked.Items!);
            return end == SaveEnd.Stored ? Results.NoContent() : Refused(end, why);
        });
        api.MapPost("/sign-ins/{id}/renewal", (string id, string? holder, UserDataStore store) =>
            UserDataChecks.OfRenewal(id, holder) is { } problem ? Says(problem, StatusCodes.Status400BadRequest) : Results.Json(store.TakeRenewal(id, holder!), FeedContract.Json));
        api.MapDelete("/sign-ins/{id}/renewal", (string id, string? holder, UserDataStore store) =>
        {
            if (UserDataChecks.OfRenewal(id, holder) is { } problem) return Says(problem, StatusCodes.Status400BadRequest);
            store.EndRenewal(id, holder!);
            return Results.NoContent();
        });
    }

    private static IResult Unreadable => Says("The request is no JSON of this version: feed and dashboards must be of the same one.", StatusCodes.Status400BadRequest);

    // What the log refuses did not happen, and who asked for it is told.
    private static async ValueTask<object?> AnswerWhenReadyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetService(typeof(UserDataStore)) is not UserDataStore { IsReady: true })
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
            ((FeedMetrics?)services.GetService(typeof(FeedMetrics)))?.WriteFailed(LogWrite.UserData);
            return Says($"The change log cannot be written ({StorageErrors.Reason(e)}): nothing was stored.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<T?> ReadAsync<T>(HttpRequest request, CancellationToken cancel) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, FeedContract.Json, cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? Number(HttpRequest request, string name) =>
        long.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult Refused(SaveEnd end, string why) => Says(why, end == SaveEnd.Gone ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);

    private static IResult Says(string message, int status) => Results.Json(new { message }, FeedContract.Json, statusCode: status);
}
