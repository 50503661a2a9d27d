using System.Data.Common;
using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Feed.Problems;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.Notifications;
using ExecutionDashboard.Storage.Problems;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>Tells the receivers of notifications what becomes of problems: each by itself, so that one that is slow holds up no other.</summary>
internal sealed partial class NotificationService(
    NotificationSettings settings, ProblemStore store, ProblemReader reader, FeedLog log, Leadership leadership, NotificationMetrics metrics, FeedMetrics feedMetrics, TimeProvider time,
    ILoggerFactory loggers) : BackgroundService, IAsyncDisposable
{
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5), UnsureWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = loggers.CreateLogger<NotificationService>();
    private Outbox? _outbox;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Targets.Count == 0) return;
        await leadership.InEachTermAsync(async end =>
        {
            var outbox = _outbox ??= Outbox.Open(log.Log.Database);
            Begun(_logger, settings.Targets.Count, string.Join(", ", settings.Targets.Select(t => t.Name)));
            await Task.WhenAll(settings.Targets.Select(target => RunAsync(target, outbox, end)));
        }, stoppingToken);
    }

    /// <summary>A host that is disposed without having been stopped closes the log next: nothing may write to it then.</summary>
    public async ValueTask DisposeAsync()
    {
        base.Dispose();
        if (ExecuteTask is { } running) await running.WaitAsync(LongestEnd, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _outbox?.Dispose();
    }

    private async Task RunAsync(NotificationTarget target, Outbox outbox, CancellationToken stop)
    {
        // Another thread for each: storage that is locked blocks the one that asks it.
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            using IDelivery delivery = target.Format == NotificationFormat.Alertmanager
                ? new AlertmanagerDelivery(target, settings.Links, store, reader, metrics, time, loggers.CreateLogger<AlertmanagerDelivery>())
                : new WebhookDelivery(target, settings.Links, store, outbox, metrics, time, loggers.CreateLogger<WebhookDelivery>());
            try
            {
                var changes = delivery.Begin();
                while (!stop.IsCancellationRequested)
                {
                    // One that was stopped for a while does not know yet that another feed tells receivers now.
                    var next = leadership.IsSure ? await delivery.StepAsync(stop) : time.GetUtcNow() + UnsureWait;
                    await WaitAsync(changes, next, stop);
                }
            }
            catch (LeadershipLostException)
            {
                return;
            }
            catch (DbException e)
            {
                // What is stored is whole: begun anew from there, nothing is lost.
                feedMetrics.WriteFailed(LogWrite.Notifications);
                Refused(_logger, target.Name, StorageErrors.Reason(e));
                await Task.Delay(StorageRetry, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WaitAsync(System.Threading.Channels.ChannelReader<Occurrence> changes, DateTimeOffset next, CancellationToken stop)
    {
        var wait = next - time.GetUtcNow();
        if (wait <= TimeSpan.Zero) return;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), until, wait, Timeout.InfiniteTimeSpan);
        Task changed = changes.WaitToReadAsync(until.Token).AsTask();
        await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Notifications go to {Count} receivers: {Names}")]
    private static partial void Begun(ILogger logger, int count, string names);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the receiver of notifications '{Name}' is told could not be stored ({Reason}); trying again")]
    private static partial void Refused(ILogger logger, string name, string reason);
}
