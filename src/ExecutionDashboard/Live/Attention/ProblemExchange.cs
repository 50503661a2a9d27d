using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Live.Attention;

/// <summary>
/// Tells the feed which problems this process finds, and reads what the feed keeps of them whenever that changed. A feed listens to one dashboard at a time; the others offer their reports
/// until it is gone.
/// </summary>
public sealed partial class ProblemExchange(
    Replica replica, Problems problems, LiveSignals signals, ProblemClient feed, TimeProvider time, ILogger<ProblemExchange> log, string? reporter = null) : BackgroundService
{
    /// <summary>Longest time between two reports.</summary>
    public static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // Thousands of problems that change all the time take a twentieth of a core at most, but never so long a pause that the lease ends.
    private const int PauseFactor = 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly string _reporter = reporter ?? $"{Cut(Environment.MachineName)}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private TimeSpan _pause;
    private TaskCompletionSource _changed = new();
    private (object? Found, long At) _reported;
    private (string LogId, long Version) _read = ("", -1);
    private string _problem = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(Topics.Problems | Topics.Status, _ =>
        {
            Volatile.Read(ref _changed).TrySetResult();
            return Task.CompletedTask;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before anything is looked at: what changes meanwhile is not missed.
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _changed, changed);
            var problem = await ExchangeAsync(stoppingToken) ?? "";
            if (problem.Length > 0 && problem != _problem) LogFailed(log, problem);
            _problem = problem;
            // Where the feed cannot be asked, it is asked again by itself and not by the next change.
            var wait = problem.Length > 0 ? Task.Delay(RetryAfter, time, stoppingToken) : changed.Task.WaitAsync(ReportEvery, time, stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_pause > TimeSpan.Zero) await Task.Delay(_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reports and reads what there is to. Gives why that was not possible; null when it was, or is no matter.</summary>
    internal async Task<string?> ExchangeAsync(CancellationToken cancel)
    {
        // Without the feed there is nobody to ask; the connection tells when it is back.
        if (!replica.IsComplete || replica.Freshness.Kind is FreshnessKind.Reconnecting or FreshnessKind.Connecting) return null;
        string? problem = null;
        _pause = TimeSpan.Zero;
        if (IsReportDue() && Report() is { } report)
        {
            var started = time.GetTimestamp();
            (var taken, problem) = await feed.ReportAsync(report.Report, cancel);
            _pause = TimeSpan.FromTicks(Math.Min(PauseFactor * time.GetElapsedTime(started).Ticks, LongestPause.Ticks));
            _reported = (taken ? report.Found : null, time.GetTimestamp());
        }
        return await ReadAsync(cancel) ?? problem;
    }

    private bool IsReportDue() =>
        _reported.At == 0 || time.GetElapsedTime(_reported.At) >= ReportEvery || (_reported.Found is { } told && !ReferenceEquals(told, problems.Found));

    // What is loading shows too little, and would resolve the rest. What the feed keeps from before this process stands as long as nobody can look.
    private (ProblemReport Report, object Found)? Report()
    {
        if (!replica.Freshness.IsLoaded) return null;
        var sequence = replica.HomeSequence;
        var found = problems.Found;
        if (problems.IsFound) return (Of(found.Select(f => f.Problem)), found);
        if (replica.Freshness.Kind != FreshnessKind.Stale || found.Count == 0) return null;
        var own = found.Select(f => f.Problem.Id).ToHashSet(StringComparer.Ordinal);
        return (Of(found.Select(f => f.Problem).Concat(problems.Records.Select(r => r.Problem).Where(p => !own.Contains(p.Id)))), found);

        // That the feed is gone is nothing it can keep; that of another plane is.
        ProblemReport Of(IEnumerable<Problem> open) => new(_reporter, sequence, [.. open.Where(p => p.Cause != ProblemCause.FeedLost || p.Id.Contains('/', StringComparison.Ordinal)).Take(ProblemLimits.Open)], replica.LogId);
    }

    private async Task<string?> ReadAsync(CancellationToken cancel)
    {
        var there = (replica.LogId, replica.ProblemsVersion);
        if (there == _read) return null;
        var (open, problem) = await feed.OpenAsync(cancel);
        if (open is null) return problem;
        problems.TakeRecords(open.Items);
        // What changed since then has a version of its own.
        _read = there;
        return null;
    }

    private static string Cut(string name) => name.Length > 40 ? name[..40] : name;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Problems could not be told to the feed, or read from it: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
