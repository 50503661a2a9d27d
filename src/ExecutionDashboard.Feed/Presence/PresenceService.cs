using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Feed.Presence;

/// <summary>Tells all dashboards which commands are about to be given, whenever that changes. Does nothing while nobody is about to give one.</summary>
internal sealed partial class PresenceService(PresenceBoard board, IHubContext<FeedHub> hub, TimeProvider time, ILogger<PresenceService> log) : BackgroundService
{
    // Several changes at once are told once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = board.Changed;
            var due = board.Expire();
            var all = board.All;
            if (all.Version != told)
            {
                told = all.Version;
                await TellAsync(all, stoppingToken);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            var wait = due is { } left ? changed.WaitAsync(left > TimeSpan.Zero ? left : Pause, time, stoppingToken) : changed.WaitAsync(stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(PresenceList all, CancellationToken cancel)
    {
        try
        {
            // A dashboard that does not read holds up none of the others for long: it gets the list with its next announcement.
            await hub.Clients.Clients(board.Connections).SendAsync(FeedContract.PresenceChanged, all, cancel).WaitAsync(PresenceLimits.Renewal, time, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogNotTold(log, e.Message);
        }
        catch (OperationCanceledException)
        {
            // the program ends
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dashboards could not be told which commands are about to be given: {Reason}")]
    private static partial void LogNotTold(ILogger logger, string reason);
}
