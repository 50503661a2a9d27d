using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Bulk;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Operations.Bulk;

/// <summary>
/// Sends the commands of the bulk runs. One process of all dashboards does, by a lease of the feed; each step is written to the feed before and after the request, so that another can go on in the
/// middle. A command whose answer is not known is decided by what is seen and never sent again by itself.
/// </summary>
public sealed partial class BulkDriver(
    IBulkFeed feed, BulkRuns runs, IControlPlane controlPlane, Replica replica, LiveSignals signals, BulkRights rights, IAuditLog auditLog, IOptions<BulkOptions> options, TimeProvider time, ILogger<BulkDriver> log,
    string? driver = null) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Renew = BulkLimits.Lease / 4, Retry = TimeSpan.FromSeconds(1), LookEvery = TimeSpan.FromSeconds(1), WithoutRuns = TimeSpan.FromSeconds(30), CheckEvery = TimeSpan.FromMinutes(1);

    private readonly string _driver = driver ?? $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly RequestPace _pace = new(options.Value.RequestsPerSecond, time);
    private readonly BulkAudit _audit = new(auditLog, time);
    private readonly Dictionary<string, DrivenRun> _driven = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new();
    private long _epoch;
    private long? _leasedAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(Topics.Bulk | Topics.Executions | Topics.Jobs | Topics.Deployments | Topics.Status, _ =>
        {
            Volatile.Read(ref _changed).TrySetResult();
            return Task.CompletedTask;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before anything is looked at: what changes meanwhile is not missed.
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _changed, changed);
            TimeSpan wait;
            try
            {
                wait = await StepAsync(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                // What is written stands; the next step starts from it.
                LogFailed(log, problem);
                wait = Retry;
            }
            if (wait > TimeSpan.Zero) await changed.Task.WaitAsync(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does what is due now. Gives how long nothing else is, unless something changes.</summary>
    internal async Task<TimeSpan> StepAsync(CancellationToken cancel)
    {
        var active = runs.All.Where(r => r.IsActive).OrderBy(r => r.CreatedAt).ToList();
        foreach (var gone in _driven.Keys.Except(active.Select(r => r.Id)).ToList()) _driven.Remove(gone);
        if (active.Count == 0) return WithoutRuns;
        if (!await HoldsLeaseAsync(cancel)) return Renew;

        var wait = LookEvery;
        foreach (var listed in active)
        {
            if (!_driven.TryGetValue(listed.Id, out var run)) _driven[listed.Id] = run = new();
            if (!run.IsAt(listed.Version) && !await ReadAsync(listed.Id, run, cancel)) return Retry;
            var isLive = replica.IsLiveFor(run.Items.Select(item => item.Id));
            if (!isLive) run.Restart();
            if (await DriveAsync(run, isLive, cancel) is not { } next) return Retry;
            if (next < wait) wait = next;
        }
        return wait;
    }

    private async Task<bool> HoldsLeaseAsync(CancellationToken cancel)
    {
        if (_leasedAt is { } at && time.GetElapsedTime(at) < Renew) return true;
        var asked = time.GetTimestamp();
        var reply = await feed.LeaseAsync(_driver, cancel);
        var lease = reply.Value is { } given && given.Holder == _driver ? given : null;
        _leasedAt = lease is null ? null : asked;
        if (lease is null) return false;
        if (lease.Epoch == _epoch) return true;
        // Another one drove meanwhile: what is known here may be old.
        _driven.Clear();
        _epoch = lease.Epoch;
        LogTaken(log, _epoch);
        return true;
    }

    // Null: the feed did not take a write; what is there is read again.
    private async Task<TimeSpan?> DriveAsync(DrivenRun run, bool isLive, CancellationToken cancel)
    {
        if (isLive) Look(run);
        if (!await WriteNotedAsync(run, cancel)) return null;
        var step = BulkPlan.Next(run.Run, run.Items, time.GetUtcNow());
        if (step.Turn != BulkTurn.None) return await WriteAsync(run, [], cancel, step.Turn, step.Reason) ? TimeSpan.Zero : null;
        if (step.Until is { } until) return until - time.GetUtcNow();
        // On old data nobody can tell what is still to do.
        if (step.Send.Count == 0 || !isLive) return LookEvery;
        if (WhyNot(run) is { Length: > 0 } why) return await WriteAsync(run, [], cancel, BulkTurn.Halt, why) ? TimeSpan.Zero : null;
        return await SendAsync(run, step.Send, cancel) ? TimeSpan.Zero : null;
    }

    private string WhyNot(DrivenRun run)
    {
        if (run.Checked is { } last && last.Wave == run.Run.Wave && time.GetElapsedTime(last.At) < CheckEvery) return "";
        run.Checked = (run.Run.Wave, time.GetTimestamp());
        return rights.WhyNot(run.Run);
    }

    private void Look(DrivenRun run)
    {
        foreach (var item in run.Items)
        {
            if (!item.IsInFlight && item.Phase != BulkPhase.NotSeen) continue;
            if (BulkEffects.Seen(run.Run.Action, item, replica.Store) is { } state) run.Note(new(item.Number, BulkPhase.Seen, state));
            else if (item.IsInFlight && run.IsOverdue(item, options.Value.SeenLimit, time))
                run.Note(new(item.Number, BulkPhase.NotSeen, item.Phase == BulkPhase.Accepted ? $"Accepted, but not seen after {options.Value.SeenLimit.TotalSeconds:0} s." : $"No answer, and not seen after {options.Value.SeenLimit.TotalSeconds:0} s."));
        }
    }

    // About a second's worth, so that what is seen and what people order is looked at meanwhile.
    private async Task<bool> SendAsync(DrivenRun run, IReadOnlyList<BulkItem> waiting, CancellationToken cancel)
    {
        var isWritten = true;
        var burst = waiting.Take(Math.Max(1, options.Value.RequestsPerSecond)).ToList();
        await Parallel.ForEachAsync(burst, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (item, token) =>
        {
            if (!Volatile.Read(ref isWritten)) return;
            if (!await SendOneAsync(run, item, token)) Volatile.Write(ref isWritten, false);
        });
        return await WriteNotedAsync(run, cancel) && isWritten;
    }

    private async Task<bool> SendOneAsync(DrivenRun run, BulkItem item, CancellationToken cancel)
    {
        var nothing = rights.MaySee(run.Run, item) ? BulkEffects.NothingToDo(run.Run.Action, item, replica.Store) : "It is out of sight of who started the run.";
        if (nothing is not null)
        {
            run.Note(new(item.Number, BulkPhase.Skipped, nothing));
            return true;
        }
        await _pace.WaitAsync(cancel);
        // Written first: who takes over knows that it may have been sent.
        var written = time.GetTimestamp();
        var sent = new BulkMove(item.Number, BulkPhase.Sent, Before: BulkEffects.Before(run.Run.Action, item, replica.Store));
        if ((await feed.WriteAsync(run.Run.Id, Write([sent]), cancel)).Value is null) return false;
        // A process that stood still may have been taken for dead: then another one decides by what it sees.
        if (time.GetElapsedTime(written) >= BulkLimits.Lease / 2) return false;
        // From here on to the end, also when the program stops: half a command is worse than a late end.
        var answer = await RequestAsync(run.Run, item);
        var outcome = Outcome(item, answer);
        var (turn, reason) = answer.Failure is { Error: ControlPlaneError.NotOffered or ControlPlaneError.Unauthorized } all ? (BulkTurn.Halt, all.Message) : (BulkTurn.None, "");
        if (answer.Failure is { Status: 429 } busy) _pace.Hold(busy.RetryAfter ?? TimeSpan.FromSeconds(1));
        if (answer.Failure is { Error: ControlPlaneError.Conflict }) outcome = outcome with { Note = await ConflictAsync(run.Run.Action, item, outcome.Note) };
        if (await _audit.StoreAsync(run, replica.Store, [outcome], turn, reason, CancellationToken.None)
            && (await feed.WriteAsync(run.Run.Id, Write([outcome], turn, reason), CancellationToken.None)).Value is not null) return true;
        // Tried again before anything else; where another drives, it sees for itself.
        run.Note(outcome);
        return false;
    }

    private Task<ControlPlaneResult<Accepted>> RequestAsync(BulkRun run, BulkItem item) => run.Action switch
    {
        BulkAction.StopExecutions => controlPlane.StopExecutionAsync(item.Id, run.Reason, CancellationToken.None),
        BulkAction.StopJobs => controlPlane.StopJobAsync(item.Id, run.Reason, CancellationToken.None),
        _ => controlPlane.RerunJobAsync(item.Id, CancellationToken.None),
    };

    private static BulkMove Outcome(BulkItem item, ControlPlaneResult<Accepted> answer) => answer.Failure switch
    {
        null => new(item.Number, BulkPhase.Accepted),
        { Status: 429 } busy => new(item.Number, BulkPhase.Waiting, busy.Message),
        { Error: ControlPlaneError.Conflict } conflict => new(item.Number, BulkPhase.Conflict, conflict.Message),
        // It may have arrived all the same.
        { Error: ControlPlaneError.Unreachable or ControlPlaneError.Unexpected } lost => new(item.Number, BulkPhase.Sent, lost.Message, NoAnswer: true),
        { } refused => new(item.Number, BulkPhase.Refused, refused.Message),
    };

    private async Task<string> ConflictAsync(BulkAction action, BulkItem item, string message)
    {
        await _pace.WaitAsync(CancellationToken.None);
        string? state;
        if (action == BulkAction.StopExecutions) state = (await controlPlane.GetExecutionAsync(item.Id)).Value?.Value.Actual.State.Name;
        else state = (await controlPlane.GetJobAsync(item.Id)).Value?.Value.State.Replace('_', ' ');
        return state is null ? message : $"{message} It is {state} now.";
    }

    private async Task<bool> WriteNotedAsync(DrivenRun run, CancellationToken cancel)
    {
        if (!await ReadAsync(run.Run.Id, run, cancel)) return false;
        var moves = run.Unwritten();
        if (moves.Count == 0) return true;
        if (!await WriteAsync(run, moves, cancel)) return false;
        run.Written(moves);
        return true;
    }

    private async Task<bool> WriteAsync(DrivenRun run, IReadOnlyList<BulkMove> moves, CancellationToken cancel, BulkTurn turn = BulkTurn.None, string reason = "")
    {
        if (!await _audit.StoreAsync(run, replica.Store, moves, turn, reason, cancel)) return false;
        var reply = await feed.WriteAsync(run.Run.Id, Write(moves, turn, reason), cancel);
        // Refused: another drives, or the run is another than was read.
        if (reply.IsRefused) _leasedAt = null;
        return reply.Value is not null && await ReadAsync(run.Run.Id, run, cancel);
    }

    private BulkWrite Write(IReadOnlyList<BulkMove> moves, BulkTurn turn = BulkTurn.None, string reason = "") => new(_driver, _epoch, moves, turn, reason);

    private async Task<bool> ReadAsync(string id, DrivenRun run, CancellationToken cancel)
    {
        if ((await feed.ItemsAsync(id, run.Version, cancel)).Value is not { } changed) return false;
        run.Take(changed);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This process drives the bulk runs now (epoch {Epoch})")]
    private static partial void LogTaken(ILogger logger, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "A bulk run could not go on; trying again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
