using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations.Audit;

namespace ExecutionDashboard.Operations;

/// <summary>
/// The commands of operators and their progress, for all viewers: those sent by this process, and those of other dashboards and earlier runs as the audit has them. Safe for any thread.
/// </summary>
public sealed class OperationLog
{
    /// <summary>How long to wait until the effect of an accepted command is seen.</summary>
    public static readonly TimeSpan SeenLimit = TimeSpan.FromSeconds(30);

    /// <summary>Longest reason, characters; the rest is cut off. The input fields have the same limit.</summary>
    public const int LongestReason = 500;

    /// <summary>Most commands kept.</summary>
    public const int Kept = 5_000;

    private readonly KeptOperations _kept;
    private readonly LiveSignals _signals;
    private readonly TimeProvider _time;
    private readonly Func<string, bool>? _sees;

    /// <param name="signals">Raises <see cref="Topics.Operations"/>.</param>
    /// <param name="time">The clock.</param>
    public OperationLog(LiveSignals signals, TimeProvider time) => (_signals, _time, _kept) = (signals, time, new());

    private OperationLog(OperationLog all, Func<string, bool> sees) => (_signals, _time, _kept, _sees) = (all._signals, all._time, all._kept, sees);

    /// <summary>The same log for people who see a part of the fleet: it has the commands for what they see.</summary>
    /// <param name="sees">Whether they see a target. Called on any thread.</param>
    public OperationLog SeenBy(Func<string, bool> sees) => new(this, sees);

    /// <summary>The newest command for a target; null without one.</summary>
    public Operation? Of(string targetId) => _kept.Of(targetId) is { } newest && _sees?.Invoke(targetId) != false ? newest : null;

    /// <summary>All commands kept, unordered.</summary>
    public IEnumerable<Operation> All => _sees is { } sees ? _kept.All.Where(operation => sees(operation.TargetId)) : _kept.All;

    /// <summary>Adds a new command. Its reason is the one to send: see <see cref="LongestReason"/>.</summary>
    /// <param name="kind">The command.</param>
    /// <param name="target">What it is for.</param>
    /// <param name="reason">Why, in the operator's words.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="act">Its act in the audit, which is told what comes of it; null in tests alone.</param>
    public Operation Begin(OperationKind kind, AuditTarget target, string reason, string by = "", AuditedAct? act = null) => Put(new Operation
    {
        Number = act?.Number ?? _kept.NextNumber(), Act = act?.Entry.Act ?? Guid.NewGuid().ToString("N"), Audited = act, Kind = kind, TargetId = target.Id, TargetKind = target.Kind,
        Reason = Cut(reason), RequestedAt = _time.GetUtcNow(), By = by,
    });

    /// <summary>Updates a command of this process, and tells the audit.</summary>
    public Operation Put(Operation operation)
    {
        if (operation.Result is { } result) _kept.Count(operation.Kind, result);
        if (operation.Audited is { } act) Tell(act, operation);
        Keep([operation]);
        return operation;
    }

    /// <summary>Takes rows of the audit, oldest first: what other dashboards and earlier runs did.</summary>
    public void Take(IReadOnlyList<AuditRow> rows)
    {
        var operations = new List<Operation>(rows.Count);
        foreach (var row in rows)
            if (OperationNames.KindOf(row.Entry.Action) is { } kind) operations.Add(Of(kind, row));
        Keep(operations);
    }

    /// <summary>Number of commands of a kind with a result, sent by this process.</summary>
    public long Ended(OperationKind kind, OperationResult result) => _kept.Ended(kind, result);

    /// <summary>A reason that is short enough.</summary>
    internal static string Cut(string reason) => reason.Length > LongestReason ? reason[..LongestReason] : reason;

    private void Keep(IReadOnlyList<Operation> operations)
    {
        if (_kept.Keep(operations)) _signals.Raise(Topics.Operations);
    }

    private static Operation Of(OperationKind kind, AuditRow row)
    {
        var entry = row.Entry;
        var phase = entry.Outcome switch
        {
            AuditOutcome.Asked => OperationPhase.Requested,
            AuditOutcome.Accepted => OperationPhase.Accepted,
            AuditOutcome.Seen or AuditOutcome.Done => OperationPhase.Seen,
            AuditOutcome.NotSeen => OperationPhase.NotSeen,
            AuditOutcome.Unknown => OperationPhase.Unknown,
            _ => OperationPhase.Refused,
        };
        return new Operation
        {
            Number = row.Number, Act = entry.Act, Kind = kind, TargetId = entry.Target.Id, TargetKind = entry.Target.Kind, Reason = entry.Reason, By = entry.Who, RequestedAt = entry.At, Phase = phase,
            StateNow = phase == OperationPhase.Seen ? entry.Answer : "", Told = phase == OperationPhase.Refused ? entry.Answer : "", SeenAt = phase == OperationPhase.Seen ? entry.At : null,
        };
    }

    private static void Tell(AuditedAct act, Operation operation)
    {
        switch (operation.Phase)
        {
            case OperationPhase.Accepted: act.Accepted(); break;
            case OperationPhase.Seen: act.Seen(operation.StateNow); break;
            case OperationPhase.NotSeen: act.NotSeen(operation.Summary); break;
            case OperationPhase.Refused: act.Failed(operation.Summary); break;
        }
    }
}
