using System.Threading.RateLimiting;
using ExecutionDashboard.Fleet;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>
/// Turns of viewers at the control plane: a few reads at a time, and beside them a few commands, so that a stop does not wait behind what pages
/// show. The feed's own calls need none.
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

    /// <summary>Reads that wait for their turn.</summary>
    public long WaitingReads => _reads.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Commands that wait for their turn.</summary>
    public long WaitingCommands => _commands.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Waits for a turn, which ends when it is disposed; one that is not acquired was refused, since too many wait already.</summary>
    public async ValueTask<RateLimitLease> EnterAsync(bool isCommand, CancellationToken cancel)
    {
        var turn = await (isCommand ? _commands : _reads).AcquireAsync(1, cancel);
        if (!turn.IsAcquired) LimitMetric.Met("control_plane_requests");
        return turn;
    }

    /// <summary>What is said of a call that got no turn.</summary>
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
