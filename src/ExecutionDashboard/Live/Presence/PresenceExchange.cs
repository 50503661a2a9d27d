using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ExecutionDashboard.Live.Presence;

/// <summary>
/// Tells the feed whether somebody looks at the pages of this process and which commands are about to be given in it, and takes what it says of all, over one connection to its hub.
/// </summary>
public sealed partial class PresenceExchange(OpenCommands commands, ConnectedTabs tabs, TimeProvider time, ILogger<PresenceExchange> log)
{
    /// <summary>Runs until it is cancelled or the connection ends. Never fails: the stream of changes does not depend on it.</summary>
    public async Task RunAsync(HubConnection connection, CancellationToken cancel)
    {
        using var changes = connection.On<PresenceList>(FeedContract.PresenceChanged, commands.Take);
        try
        {
            var changed = Task.CompletedTask;
            while (!cancel.IsCancellationRequested)
            {
                // The same one until it completes: each would wait in both for as long as nothing changes.
                if (changed.IsCompleted) changed = Task.WhenAny(commands.Changed, tabs.Changed);
                var (own, isWatched) = (commands.Own, tabs.Any);
                commands.Take(await connection.InvokeAsync<PresenceList>(FeedContract.Announce, new PresenceList(0, own) { IsWatched = isWatched }, cancel));
                // Without anything to tell there is no lease to renew; what others do is told.
                var wait = own.Count > 0 || isWatched ? changed.WaitAsync(PresenceLimits.Renewal, time, cancel) : changed.WaitAsync(cancel);
                await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        // A feed of another version does not have it.
        catch (HubException e)
        {
            LogNotOffered(log, e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException or System.Net.WebSockets.WebSocketException)
        {
            // The connection is gone; whoever holds it says so.
        }
        finally
        {
            commands.Lose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed does not share which commands are about to be given: {Reason}")]
    private static partial void LogNotOffered(ILogger logger, string reason);
}
