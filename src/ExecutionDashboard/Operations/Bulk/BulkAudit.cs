using System.Globalization;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Operations.Audit;

namespace ExecutionDashboard.Operations.Bulk;

/// <summary>
/// The audit of what a run does by itself: one row for the outcome of each item, and one where it halts or finishes. The ids of the acts follow from run, item and attempt, so that a driver that takes
/// over writes none twice; each is stored before the feed notes the outcome, so that none is missing.
/// </summary>
internal sealed class BulkAudit(IAuditLog log, TimeProvider time)
{
    /// <summary>Stores the outcomes among some moves, and the turn. False: try again before anything else.</summary>
    public async Task<bool> StoreAsync(DrivenRun driven, FleetStore store, IReadOnlyList<BulkMove> moves, BulkTurn turn, string reason, CancellationToken cancel)
    {
        var run = driven.Run;
        var entries = moves.Select(m => OutcomeOf(m.Phase) is { } outcome ? Entry(run, driven.Items[m.Number], m, outcome, store) : null).OfType<AuditEntry>().ToList();
        if (turn is BulkTurn.Halt or BulkTurn.Finish) entries.Add(Entry(run, turn, reason));
        return entries.Count == 0 || (await log.StoreAsync([.. entries.Select(AuditTrail.Clean)], cancel)).Numbers is not null;
    }

    /// <summary>Id of the act of an item's attempt.</summary>
    public static string ActOf(BulkRun run, int number, int attempt) => string.Create(CultureInfo.InvariantCulture, $"bulk-{run.Id}-{number}-{attempt}");

    /// <summary>The run as the target of an act.</summary>
    public static AuditTarget Target(BulkRun run) => new(AuditTarget.BulkRun, run.Id, Title(run));

    /// <summary>What a run does, in short.</summary>
    public static string Title(BulkRun run) => run.Action switch
    {
        BulkAction.StopExecutions => "stop executions",
        BulkAction.StopJobs => "stop jobs",
        _ => "rerun jobs",
    };

    // Sent and accepted are on the way: they close nothing.
    private static AuditOutcome? OutcomeOf(BulkPhase phase) => phase switch
    {
        BulkPhase.Seen => AuditOutcome.Seen,
        BulkPhase.Skipped => AuditOutcome.Done,
        BulkPhase.Conflict or BulkPhase.Refused => AuditOutcome.Failed,
        BulkPhase.NotSeen => AuditOutcome.NotSeen,
        _ => null,
    };

    private AuditEntry Entry(BulkRun run, BulkItem item, BulkMove move, AuditOutcome outcome, FleetStore store) => new()
    {
        Act = ActOf(run, item.Number, Math.Max(1, item.Attempts)), At = time.GetUtcNow(), Outcome = outcome, Who = AuditDoor.NameOf(run.StartedBy, run.StartedFrom), Role = run.StartedAs, From = run.StartedFrom,
        Action = run.Action switch { BulkAction.StopExecutions => AuditActions.StopExecution, BulkAction.StopJobs => AuditActions.StopJob, _ => AuditActions.Rerun },
        Target = run.Action == BulkAction.StopExecutions ? new(AuditTarget.Execution, item.Id) : new(AuditTarget.Job, item.Id, store.FindJob(item.Id)?.DisplayName ?? ""),
        Numbers = string.Create(CultureInfo.InvariantCulture, $"Bulk run {run.Id}, wave {item.Wave + 1} of {run.Waves}"), Reason = run.Reason, Answer = move.Note,
    };

    private AuditEntry Entry(BulkRun run, BulkTurn turn, string reason) => new()
    {
        Act = string.Create(CultureInfo.InvariantCulture, $"bulk-{run.Id}-{turn.ToString().ToLowerInvariant()}-{run.Version}"), At = time.GetUtcNow(), Outcome = AuditOutcome.Done, Who = "the dashboard",
        Action = turn == BulkTurn.Halt ? AuditActions.HaltBulk : AuditActions.FinishBulk, Target = Target(run),
        Numbers = string.Create(CultureInfo.InvariantCulture, $"{run.Counts.Seen} done, {run.Counts.Skipped} with nothing to do, {run.Counts.Listed} failed, of {run.Counts.Total}"), Answer = reason,
    };
}
