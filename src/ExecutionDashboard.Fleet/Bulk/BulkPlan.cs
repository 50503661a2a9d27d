namespace ExecutionDashboard.Fleet.Bulk;

/// <summary>What a run does next.</summary>
/// <param name="Turn">Whether it moves on.</param>
/// <param name="Send">Items to send now, in order.</param>
/// <param name="Until">Nothing is to do before this; null: not before something happens.</param>
/// <param name="Reason">Why it halts.</param>
public sealed record BulkStep(BulkTurn Turn, IReadOnlyList<BulkItem> Send, DateTimeOffset? Until = null, string Reason = "")
{
    /// <summary>Nothing until something happens.</summary>
    public static BulkStep Idle { get; } = new(BulkTurn.None, []);
}

/// <summary>The rules of bulk runs: which item is next, and what may follow on what. Pure functions, the same for feed and driver.</summary>
public static class BulkPlan
{
    /// <summary>What a run does next. Waves are strict: one begins after every item of the last has an outcome, and after the pause.</summary>
    public static BulkStep Next(BulkRun run, IReadOnlyList<BulkItem> items, DateTimeOffset now)
    {
        if (run.State != BulkState.Running) return BulkStep.Idle;
        if (run.ExceedsLimit) return new(BulkTurn.Halt, [], Reason: LimitReason(run));
        var wave = items.Where(i => i.Wave == run.Wave).ToList();
        var waiting = wave.Where(i => i.Phase == BulkPhase.Waiting).ToList();
        if (waiting.Count > 0) return run.WaveAt is { } at && at > now ? new(BulkTurn.None, [], at) : new(BulkTurn.None, waiting);
        if (wave.Exists(i => i.IsInFlight)) return BulkStep.Idle;
        if (items.Any(i => i.Phase == BulkPhase.Waiting)) return new(BulkTurn.NextWave, []);
        return items.Any(i => i.IsInFlight) ? BulkStep.Idle : new(BulkTurn.Finish, []);
    }

    /// <summary>The next wave with something to send.</summary>
    public static int NextWave(BulkRun run, IEnumerable<BulkItem> items) => items.Where(i => i.Phase == BulkPhase.Waiting).Select(i => i.Wave).DefaultIfEmpty(run.Wave).Min();

    /// <summary>Whether the pause is due before the next wave: not where the last one had nothing to send.</summary>
    public static bool IsPauseDue(BulkRun run, IEnumerable<BulkItem> items) => items.Any(i => i.Wave == run.Wave && i.Attempts > 0);

    /// <summary>Whether the driver may bring an item from one phase to another. Each attempt passes <see cref="BulkPhase.Sent"/> once, so none is sent twice.</summary>
    public static bool MayMove(BulkPhase from, BulkPhase to) => (from, to) switch
    {
        (BulkPhase.Waiting, BulkPhase.Sent or BulkPhase.Skipped) => true,
        // Back to waiting: the control plane said that it took nothing (429).
        (BulkPhase.Sent, BulkPhase.Sent or BulkPhase.Waiting or BulkPhase.Accepted or BulkPhase.Conflict or BulkPhase.Refused or BulkPhase.NotSeen or BulkPhase.Seen) => true,
        (BulkPhase.Accepted, BulkPhase.Seen or BulkPhase.NotSeen) => true,
        // Late is better than never.
        (BulkPhase.NotSeen, BulkPhase.Seen) => true,
        _ => false,
    };

    /// <summary>Why an order cannot be carried out now; null when it can.</summary>
    public static string? WhyNot(BulkOrder order, BulkRun run, DateTimeOffset now) => (order.Kind, run.State) switch
    {
        (BulkOrderKind.Approve or BulkOrderKind.Reject, not BulkState.AwaitingApproval) => "It does not wait for an approval.",
        (BulkOrderKind.Approve, _) when run.ApproveUntil <= now => "The time to approve it is over.",
        (BulkOrderKind.Approve, _) when string.IsNullOrWhiteSpace(order.By) => "Nobody is signed in who could approve it.",
        (BulkOrderKind.Approve, _) when string.Equals(order.By.Trim(), run.StartedBy.Trim(), StringComparison.OrdinalIgnoreCase) => "A second person must approve it: you started it.",
        (BulkOrderKind.Pause, not BulkState.Running) => "It is not running.",
        (BulkOrderKind.Resume, not (BulkState.Paused or BulkState.Halted)) => "It is neither paused nor halted.",
        (BulkOrderKind.Cancel, _) when !run.IsOpen => "It has ended.",
        (BulkOrderKind.Retry, BulkState.AwaitingApproval or BulkState.NotApproved or BulkState.Canceled) => "It cannot go on: start a new run for these items.",
        (BulkOrderKind.Retry, _) when run.Counts.Listed == 0 => "No item failed.",
        _ => null,
    };

    /// <summary>Why a run halts by its limit.</summary>
    public static string LimitReason(BulkRun run) => $"{run.Counts.Failed - run.Forgiven} failed, {run.FailureLimit} may.";
}
