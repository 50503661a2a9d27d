using System.Data.Common;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Audit;
using ExecutionDashboard.Feed.Bulk;
using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Problems;
using ExecutionDashboard.Feed.Snapshots;
using ExecutionDashboard.Feed.UserData;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed;

/// <summary>Opens the log at start, and runs the watcher: always, or while this feed leads where several share the log.</summary>
internal sealed partial class FeedService(
    IServiceProvider services, [FromKeyedServices(ControlPlaneServices.Watching)] IControlPlane server, IHostEnvironment environment, IHostApplicationLifetime lifetime, IOptions<FeedOptions> options,
    FleetMirror mirror, ChangeRing ring, StatusBoard board, FeedStream stream, FeedMetrics metrics, FeedLog feedLog, SnapshotKeeper snapshots, Leadership leadership, StandbyFeed standby, LeaseKeeper leases,
    TimeProvider time, ILogger<FeedService> logger) : BackgroundService, IAsyncDisposable
{
    // The watcher stops quickly; a write that waits for the disk may take longer.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10), RetryDelay = TimeSpan.FromSeconds(1);

    private bool _isLoaded, _hasAll;

    /// <summary>Opens the log. A log that cannot be used stops the start.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value.Storage;
        feedLog.Open(settings.Open(environment.ContentRootPath, options.Value.LockTimeout, time));
        services.GetRequiredService<FeedGauges>();
        if (settings.FileIn(environment.ContentRootPath) is { } file)
            foreach (var path in (string[])[Path.GetDirectoryName(file)!, file])
                if (PrivateFile.IsOpenToOthers(path)) LogOpenToOthers(logger, path);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A host that also runs the simulator knows its own address only after its start.
        await Started(stoppingToken);
        try
        {
            if (feedLog.Log.Database.Lease is { } lease)
            {
                // The lead is given up before the program waits for its connections to end.
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
                while (true) await LeadOnceAsync(lease, stop.Token);
            }
            await LeadAsync(stoppingToken);
        }
        finally
        {
            if (_isLoaded || board.Status is { IsStandby: true, Loading: null, LogId.Length: > 0 }) await snapshots.EndAsync();
        }
    }

    // Stands by, then leads until it is stopped or another feed leads.
    private async Task LeadOnceAsync(LeaderLease lease, CancellationToken stop)
    {
        var claim = leases.Claim;
        await standby.TakeLeadAsync(claim, server.Address, stop);
        using var term = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var renewal = leases.RenewAsync(lease, term);
        var isRefused = false;
        try
        {
            await LeadAsync(term.Token);
        }
        catch (Exception e) when (e is LeadershipLostException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LogDeposed(logger, claim.Name);
        }
        catch (DbException e)
        {
            LogNotLed(logger, claim.Name, StorageErrors.Reason(e));
            isRefused = true;
        }
        finally
        {
            await term.CancelAsync();
            await renewal;
            leases.Release(lease);
            services.GetRequiredService<CommitHints>().Released();
            feedLog.Log.StandDown(_hasAll);
            _hasAll = false;
            standby.Resume();
        }
        if (isRefused) await Task.Delay(RetryDelay, time, stop);
    }

    private async Task LeadAsync(CancellationToken stop)
    {
        await OpenAsync(stop);
        leadership.Begin();
        board.Update(s => s with { IsStandby = false, FollowedAt = null, BlindSince = null, Problem = "" });
        LogOpen(logger, feedLog.Log.Database.Name, feedLog.Log.LastSequence, mirror.Executions.Count, server.Address);
        var watcher = new Watcher(server, feedLog.Log, mirror, services.GetRequiredService<ChangeCommitter>(), board, metrics, options.Value, services.GetRequiredService<PollPace>(), time,
            services.GetRequiredService<ILogger<Watcher>>(), services.GetService<SpecCache>(), snapshots: snapshots);
        try
        {
            await watcher.RunAsync(stop);
        }
        finally
        {
            leadership.End();
            _isLoaded = watcher.IsLoaded;
        }
    }

    private async Task OpenAsync(CancellationToken stop)
    {
        var (log, reader, isShared) = (feedLog.Log, feedLog.Reader, feedLog.Log.Database.Lease is not null);
        try
        {
            if (log.Attach(server.Address) is { } aside) LogAside(logger, server.Address, aside);
            board.Update(s => s with { LogId = log.LogId, ControlPlane = server.Address, Loading = log.IsLoaded ? null : mirror.Executions.Count, IsConfirming = log.IsLoaded, LastSuccessAt = log.IsLoaded ? log.Gaps.WatchedAt : null });
            if (standby.IsWarm) standby.CatchUp(stop);
            else
            {
                // What a standby had begun to load is loaded anew.
                if (isShared) mirror.Clear();
                await snapshots.LoadAsync(stop);
                ring.StartAt(log.LastSequence);
                standby.Warm();
            }
            _hasAll = true;
            services.GetRequiredService<AuditStore>().Load(log.Database);
            services.GetRequiredService<UserDataStore>().Load(log.Database);
            services.GetRequiredService<ProblemStore>().Load(log.Database, log.LogId);
            services.GetRequiredService<BulkStore>().Load(log.Database, options.Value.Retention);
        }
        catch (Exception e) when (e is not OperationCanceledException && !(isShared && e is DbException))
        {
            // Whatever cannot be read of the log; the host stops with this message.
            throw new InvalidOperationException(
                $"The change log {log.Database.Name} (Storage:ConnectionString) is damaged or cannot be read: {e.Message.TrimEnd('.')}. Put a backup of it in its place, or move it away to start a new one.", e);
        }
        feedLog.IsReady = true;
        stream.Open(reader, log.LogId);
    }

    /// <summary>
    /// Waits for the watcher before the log is closed, even if the host was not stopped first: closing SQLite while a thread writes may block that thread forever.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        base.Dispose();
        if (ExecuteTask is { } watching) await watching.WaitAsync(LongestEnd, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Started(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Opened change log {File} at sequence number {Sequence} with {Executions} executions; polling {Address}")]
    private static partial void LogOpen(ILogger logger, string file, long sequence, int executions, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other accounts on this machine can use the folder {Path} (Storage:ConnectionString), where the change log keeps specs with their secrets: set its mode to 0700")]
    private static partial void LogOpenToOthers(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change log belongs to another control plane than {Address}: moved to {Aside}, started a new one")]
    private static partial void LogAside(ILogger logger, string address, string aside);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed} leads no more, because another feed does: what it had not stored is thrown away, and it stands by")]
    private static partial void LogDeposed(ILogger logger, string feed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed} cannot lead ({Reason}): it stands by and tries again")]
    private static partial void LogNotLed(ILogger logger, string feed, string reason);
}
