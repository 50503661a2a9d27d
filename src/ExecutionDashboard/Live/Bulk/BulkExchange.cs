namespace ExecutionDashboard.Live.Bulk;

/// <summary>Reads the bulk runs from the feed whenever they changed.</summary>
public sealed partial class BulkExchange(Replica replica, BulkRuns runs, LiveSignals signals, IBulkFeed feed, TimeProvider time, ILogger<BulkExchange> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1), LookEvery = TimeSpan.FromSeconds(30);

    private TaskCompletionSource _changed = new();
    private (string LogId, long Version) _read = ("", 0);
    private string _problem = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(Topics.Bulk | Topics.Status, _ =>
        {
            Volatile.Read(ref _changed).TrySetResult();
            return Task.CompletedTask;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before anything is looked at: what changes meanwhile is not missed.
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _changed, changed);
            var problem = await ReadAsync(stoppingToken);
            if (problem.Length > 0 && problem != _problem) LogFailed(log, problem);
            _problem = problem;
            var wait = problem.Length > 0 ? Task.Delay(RetryAfter, time, stoppingToken) : changed.Task.WaitAsync(LookEvery, time, stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads what changed. Gives why that was not possible; empty when it was, or is no matter.</summary>
    internal async Task<string> ReadAsync(CancellationToken cancel)
    {
        if (!replica.IsComplete || replica.Freshness.Kind is FreshnessKind.Reconnecting or FreshnessKind.Connecting) return "";
        var there = (replica.LogId, replica.BulkVersion);
        var isWhole = _read.LogId != there.LogId || !runs.IsKnown;
        // A reply may be ahead of the status that the hub sent.
        if (!isWhole && there.BulkVersion <= _read.Version) return "";
        var reply = await feed.RunsAsync(isWhole ? 0 : _read.Version, cancel);
        if (reply.Value is not { } list) return cancel.IsCancellationRequested ? "" : reply.Problem;
        _read = (there.LogId, list.Version);
        if (isWhole || list.Runs.Count > 0) runs.Show(list.Runs, isWhole);
        return "";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bulk runs could not be read from the feed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
