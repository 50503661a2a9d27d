using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Operations.Audit;

/// <summary>Reads the audit's rows about commands whenever the feed says that there are new ones, so that all dashboards show the same commands, also after a restart.</summary>
public sealed partial class OperationFollow(Replica replica, OperationLog operations, IAuditLog audit, LiveSignals signals, TimeProvider time, ILogger<OperationFollow> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1), LookEvery = TimeSpan.FromSeconds(30);

    private TaskCompletionSource _changed = new();
    private (string LogId, long Version) _read = ("", -1);
    private string _problem = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(Topics.Audit | Topics.Status, _ =>
        {
            Volatile.Read(ref _changed).TrySetResult();
            return Task.CompletedTask;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before anything is looked at: what changes meanwhile is not missed.
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _changed, changed);
            var problem = await ReadAsync(stoppingToken) ?? "";
            if (problem.Length > 0 && problem != _problem) LogFailed(logger, problem);
            _problem = problem;
            var wait = problem.Length > 0 ? Task.Delay(RetryAfter, time, stoppingToken) : changed.Task.WaitAsync(LookEvery, time, stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads what there is to. Gives why that was not possible; null when it was, or is no matter.</summary>
    internal async Task<string?> ReadAsync(CancellationToken cancel)
    {
        // Without the feed there is nobody to ask; the connection tells when it is back.
        if (replica.LogId.Length == 0 || replica.Freshness.Kind == FreshnessKind.Reconnecting) return null;
        var there = (replica.LogId, replica.AuditVersion);
        if (there.LogId == _read.LogId && there.AuditVersion <= _read.Version) return null;
        try
        {
            // Another log has other numbers.
            var after = there.LogId == _read.LogId ? Math.Max(0, _read.Version) : 0;
            var (rows, problem) = await audit.CommandsAsync(after, cancel);
            if (rows is null) return problem ?? "The feed sent no answer.";
            operations.Take(rows.Rows);
            _read = (there.LogId, rows.Version);
            return null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The commands of other dashboards cannot be read from the audit: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
