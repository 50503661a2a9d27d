using System.Threading.RateLimiting;
using ExecutionDashboard.Fleet;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// Limits concurrent calls of viewers: a number of reads, and separately of commands, so that a stop does not wait behind the reads of pages. The feed's calls are
/// not limited.
/// </summary>
internal sealed class ViewerQueue : IDisposable
{
    private const int WaitingPerTurn = 16;
    private readonly int _atOnce;
    private readonly ConcurrencyLimiter _reads, _commands;

    public ViewerQueue(IOptions<ControlPlaneOptions> options)
    {
        _atOnce = options.Value.MaxConcurrentRequests;
        (_reads, _commands) = (Limiter(), Limiter());
    }

    /// <summary>Number of waiting reads.</summary>
    public long WaitingReads => _reads.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Number of waiting commands.</summary>
    public long WaitingCommands => _commands.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Waits for a lease, to be disposed after the call; not acquired when too many calls wait already.</summary>
    public async ValueTask<RateLimitLease> EnterAsync(bool isCommand, CancellationToken cancel)
    {
        var turn = await (isCommand ? _commands : _reads).AcquireAsync(1, cancel);
        if (!turn.IsAcquired) LimitMetric.Met("control_plane_requests");
        return turn;
    }

    /// <summary>The failure of a call without a lease.</summary>
    public ControlPlaneFailure Refusal => new(
        ControlPlaneError.Unexpected, $"Not asked: {_atOnce} requests of this dashboard are under way at the control plane and others wait (ControlPlane:MaxConcurrentRequests). Try again in a moment.");

    public void Dispose()
    {
        _reads.Dispose();
        _commands.Dispose();
    }

    private ConcurrencyLimiter Limiter() =>
        new(new() { PermitLimit = _atOnce, QueueLimit = WaitingPerTurn * _atOnce, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}
