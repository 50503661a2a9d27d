using System.Threading.RateLimiting;
using ExecutionDashboard.Components.Shared.Files;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Limits concurrent exports; some more wait, others are refused.</summary>
internal sealed class ExportQueue(IOptions<LimitsOptions> options) : IEndpointFilter, IDisposable
{
    // A slower client would block the exports of others.
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 4 * 1024, gracePeriod: TimeSpan.FromSeconds(20));

    private readonly ConcurrencyLimiter _turns = new(new()
    {
        PermitLimit = options.Value.Exports, QueueLimit = 2 * options.Value.Exports, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Number of waiting exports.</summary>
    public long Waiting => _turns.GetStatistics()!.CurrentQueuedCount;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // A HEAD request costs nothing.
        if (HeadersOnly.Asks(http)) return await next(context);
        using var turn = await _turns.AcquireAsync(1, http.RequestAborted);
        if (!turn.IsAcquired)
        {
            await LimitReply.WriteAsync(http, StatusCodes.Status429TooManyRequests, LimitExceeded.Exports(options.Value.Exports));
            return Results.Empty;
        }
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = Slowest;
        // Write the result while the turn is held.
        if (await next(context) is IResult result) await result.ExecuteAsync(http);
        return Results.Empty;
    }

    public void Dispose() => _turns.Dispose();
}
