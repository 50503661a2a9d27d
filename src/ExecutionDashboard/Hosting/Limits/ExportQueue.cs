using System.Threading.RateLimiting;
using ExecutionDashboard.Components.Shared.Files;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Has a few exports written at the same time; some more wait, others are refused.</summary>
internal sealed class ExportQueue(IOptions<LimitsOptions> options) : IEndpointFilter, IDisposable
{
    // Who takes a file slower than this would keep others from theirs.
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 4 * 1024, gracePeriod: TimeSpan.FromSeconds(20));

    private readonly ConcurrencyLimiter _turns = new(new()
    {
        PermitLimit = options.Value.Exports, QueueLimit = 2 * options.Value.Exports, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Exports that wait for their turn.</summary>
    public long Waiting => _turns.GetStatistics()!.CurrentQueuedCount;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // Headers alone are no work.
        if (HeadersOnly.Asks(http)) return await next(context);
        using var turn = await _turns.AcquireAsync(1, http.RequestAborted);
        if (!turn.IsAcquired)
        {
            await LimitReply.WriteAsync(http, StatusCodes.Status429TooManyRequests, LimitExceeded.Exports(options.Value.Exports));
            return Results.Empty;
        }
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = Slowest;
        // What is answered is written within the turn, not after it.
        if (await next(context) is IResult result) await result.ExecuteAsync(http);
        return Results.Empty;
    }

    public void Dispose() => _turns.Dispose();
}
