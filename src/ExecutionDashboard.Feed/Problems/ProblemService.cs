using System.Data.Common;
using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Problems;

/// <summary>Ends acknowledgements when their time is over, and takes away what is older than the retention.</summary>
internal sealed partial class ProblemService(ProblemStore store, IOptions<FeedOptions> options, Leadership leadership, FeedMetrics metrics, TimeProvider time, ILogger<ProblemService> logger) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => leadership.InEachTermAsync(async end =>
    {
        while (!end.IsCancellationRequested)
        {
            var acknowledged = store.Acknowledged.Next;
            var wait = Step();
            await acknowledged.WaitAsync(wait, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }, stoppingToken);

    /// <summary>Does what is due. Gives how long nothing else is, unless somebody acknowledges a problem.</summary>
    internal TimeSpan Step()
    {
        try
        {
            var wait = store.EndAcknowledgements() - time.GetUtcNow() ?? LongestWait;
            if (store.Prune(time.GetUtcNow() - options.Value.Retention)) wait = TimeSpan.Zero;
            return TimeSpan.FromTicks(Math.Clamp(wait.Ticks, ShortestWait.Ticks, LongestWait.Ticks));
        }
        catch (DbException e) when (e is not LeadershipLostException)
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
