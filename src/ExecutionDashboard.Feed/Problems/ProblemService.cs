using System.Data.Common;
using ExecutionDashboard.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Problems;

/// <summary>Ends acknowledgements when their time is over, and takes away what is older than the retention.</summary>
internal sealed partial class ProblemService(ProblemStore store, IOptions<FeedOptions> options, FeedMetrics metrics, TimeProvider time, ILogger<ProblemService> logger) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var acknowledged = store.Acknowledged.Next;
            var wait = Step();
            await acknowledged.WaitAsync(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does what is due. Gives how long nothing else is, unless somebody acknowledges a problem.</summary>
    internal TimeSpan Step()
    {
        try
        {
            var wait = store.EndAcknowledgements() - time.GetUtcNow() ?? LongestWait;
            if (store.Prune(time.GetUtcNow() - options.Value.Retention)) wait = TimeSpan.Zero;
            return TimeSpan.FromTicks(Math.Clamp(wait.Ticks, ShortestWait.Ticks, LongestWait.Ticks));
        }
        catch (DbException e)
        {
            // Nothing is lost: it is due still the next time.
            metrics.WriteFailed(LogWrite.Problems);
            Refused(logger, StorageErrors.Reason(e));
            return TimeSpan.FromSeconds(5);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change log did not store what became of problems ({Reason}); trying again")]
    private static partial void Refused(ILogger logger, string reason);
}
