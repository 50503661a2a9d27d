using System.Data.Common;
using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Audit;

/// <summary>Closes acts of which nothing more was told, deletes rows past the retention, and writes the chain's head to the program's log, where whoever can edit the database cannot reach it.</summary>
internal sealed partial class AuditService(AuditStore store, AuditOptions options, Leadership leadership, FeedMetrics metrics, TimeProvider time, ILogger<AuditService> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);
    // Rows are deleted in portions of a day: each time leaves a row that says so.
    private static readonly TimeSpan PruneEvery = TimeSpan.FromDays(1);

    private long _logged = -1;
    private DateTimeOffset _pruned;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => leadership.InEachTermAsync(async end =>
    {
        while (!end.IsCancellationRequested)
        {
            Step();
            await Task.Delay(Pace, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        LogHead();
    }, stoppingToken);

    /// <summary>Does what is due.</summary>
    internal void Step()
    {
        try
        {
            store.CloseAbandoned();
            var now = time.GetUtcNow();
            if (now - _pruned >= PruneEvery)
            {
                if (store.Prune(now - options.Retention) is var deleted and > 0) LogPruned(logger, deleted);
                _pruned = now;
            }
        }
        catch (DbException e) when (e is not LeadershipLostException)
        {
            // Nothing is lost: it is due still the next time.
            metrics.WriteFailed(LogWrite.Audit);
            Refused(logger, StorageErrors.Reason(e));
        }
        LogHead();
    }

    private void LogHead()
    {
        var head = store.Head;
        if (head.Number == _logged) return;
        _logged = head.Number;
        LogHead(logger, head.Number, head.ToString());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Audit: {Rows} rows, head {Head}")]
    private static partial void LogHead(ILogger logger, long rows, string head);

    [LoggerMessage(Level = LogLevel.Information, Message = "Audit: deleted {Rows} rows that are older than Audit:Retention")]
    private static partial void LogPruned(ILogger logger, long rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit cannot be written ({Reason}); trying again. Until then no command is sent")]
    private static partial void Refused(ILogger logger, string reason);
}
