using System.Data.Common;
using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Convergence;

/// <summary>Lets the <see cref="ConvergenceStore"/> follow the log.</summary>
internal sealed partial class ConvergenceService(ConvergenceStore store, StatusBoard board, Leadership leadership, FeedMetrics metrics, TimeProvider time, ILogger<ConvergenceService> logger) : BackgroundService
{
    // Behind by a whole log, it must leave the disk to the writer.
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5), PaceBehind = TimeSpan.FromMilliseconds(100), JudgeEvery = TimeSpan.FromSeconds(30), PruneEvery = TimeSpan.FromHours(6);

    // A feed that stands by reads what the leader keeps.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => leadership.InEachTermAsync(FollowAsync, stoppingToken);

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        // Another one may have led in between.
        store.Forget();
        var pruned = time.GetTimestamp();
        var judged = time.GetTimestamp();
        var said = "";
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pace;
            try
            {
                if (await Task.Run(store.Step, stoppingToken)) pause = PaceBehind;
                if (time.GetElapsedTime(pruned) >= PruneEvery)
                {
                    store.Prune();
                    pruned = time.GetTimestamp();
                }
                if (pause == Pace && time.GetElapsedTime(judged) >= JudgeEvery)
                {
                    var burning = await Task.Run(store.Burning, stoppingToken);
                    // Another list is sent to every dashboard at once.
                    board.Update(s => (s.Burning ?? []).SequenceEqual(burning) ? s : s with { Burning = burning.Count > 0 ? burning : null });
                    judged = time.GetTimestamp();
                }
                said = "";
            }
            catch (DbException e) when (e is not LeadershipLostException)
            {
                // Nothing is lost: it is counted the next time.
                metrics.WriteFailed(LogWrite.Convergence);
                if (StorageErrors.Reason(e) is var reason && reason != said) Refused(logger, said = reason);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change log did not store the convergence of jobs ({Reason}); trying again")]
    private static partial void Refused(ILogger logger, string reason);
}
