using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Audit;
using ExecutionDashboard.Feed.Bulk;
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

/// <summary>Opens the log at start, and runs the watcher.</summary>
internal sealed partial class FeedService(
    IServiceProvider services, [FromKeyedServices(ControlPlaneServices.Watching)] IControlPlane server, IHostEnvironment environment, IHostApplicationLifetime lifetime, IOptions<FeedOptions> options,
    FleetMirror mirror, ChangeRing ring, ChangeSignal signal, StatusBoard board, FeedStream stream, FeedMetrics metrics, FeedLog feedLog, SnapshotKeeper snapshots, TimeProvider time,
    ILogger<FeedService> logger) : BackgroundService, IAsyncDisposable
{
    // The watcher stops quickly; a write that waits for the disk may take longer.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

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
        var (log, reader) = (feedLog.Log, feedLog.Reader);
        try
        {
            if (log.Attach(server.Address) is { } aside) LogAside(logger, server.Address, aside);
            board.Update(s => s with { LogId = log.LogId, ControlPlane = server.Address, Loading = log.IsLoaded ? null : 0, IsConfirming = log.IsLoaded, LastSuccessAt = log.IsLoaded ? log.Gaps.WatchedAt : null });
            await snapshots.LoadAsync(stoppingToken);
            services.GetRequiredService<AuditStore>().Load(log.Database);
            services.GetRequiredService<UserDataStore>().Load(log.Database);
            services.GetRequiredService<ProblemStore>().Load(log.Database, log.LogId);
            services.GetRequiredService<BulkStore>().Load(log.Database, options.Value.Retention);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever cannot be read of the log; the host stops with this message.
            throw new InvalidOperationException(
                $"The change log {log.Database.Name} (Storage:ConnectionString) is damaged or cannot be read: {e.Message.TrimEnd('.')}. Put a backup of it in its place, or move it away to start a new one.", e);
        }
        ring.StartAt(log.LastSequence);
        feedLog.IsReady = true;
        stream.Open(reader, log.LogId);
        LogOpen(logger, log.Database.Name, log.LastSequence, mirror.Executions.Count, server.Address);

        var committer = new ChangeCommitter(log, mirror, ring, signal, board, metrics, time, services.GetRequiredService<ILogger<ChangeCommitter>>());
        var watcher = new Watcher(server, log, mirror, committer, board, metrics, options.Value, services.GetRequiredService<PollPace>(), time,
            services.GetRequiredService<ILogger<Watcher>>(), services.GetService<SpecCache>(), snapshots: snapshots);
        try
        {
            await watcher.RunAsync(stoppingToken);
        }
        finally
        {
            if (watcher.IsLoaded) await snapshots.EndAsync();
        }
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
}
