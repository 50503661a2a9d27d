namespace ExecutionDashboard.Live.UserData;

/// <summary>Reads what changed of views and preferences, whenever the feed says that something did.</summary>
public sealed partial class UserDataExchange(Replica replica, UserDataCopy copy, LiveSignals signals, IUserDataFeed feed, TimeProvider time, ILogger<UserDataExchange> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private TaskCompletionSource _changed = new();
    private string _logId = "";
    private string _problem = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(Topics.UserData | Topics.Status, _ =>
        {
            Volatile.Read(ref _changed).TrySetResult();
            return Task.CompletedTask;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before anything is looked at: what changes meanwhile is not missed.
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _changed, changed);
            var problem = IsDue ? await ReadAsync(stoppingToken) ?? "" : "";
            if (problem.Length > 0 && problem != _problem) LogFailed(log, problem);
            _problem = problem;
            var wait = problem.Length > 0 ? Task.Delay(RetryAfter, time, stoppingToken) : changed.Task.WaitAsync(stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The log's id comes first: numbers of another file mean nothing here.
    private bool IsDue => replica.LogId.Length > 0 && replica.Freshness.Kind != FreshnessKind.Reconnecting && (replica.LogId != _logId || replica.Status.UserDataVersion > copy.Version);

    /// <summary>Reads what changed, also what this process has just saved. Gives why that was not possible; null when it was.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var logId = replica.LogId;
            var (changes, problem) = await feed.ChangesAsync(logId == _logId ? copy.Version : 0, cancel);
            if (changes is null) return problem ?? "The feed sent no answer.";
            copy.Take(changes);
            _logId = logId;
            return null;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Saved views and preferences could not be read from the feed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
