using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Operations;

/// <summary>
/// The commands sent by this process and their progress, for all viewers, so that operators see each other's commands. Keeps the newest one per target, and at most
/// <see cref="Kept"/> ended ones.
/// </summary>
public sealed class OperationLog
{
    /// <summary>How long to wait until the effect of an accepted command is seen.</summary>
    public static readonly TimeSpan SeenLimit = TimeSpan.FromSeconds(30);

    /// <summary>Longest reason, characters; the rest is cut off. The input fields have the same limit.</summary>
    public const int LongestReason = 500;

    /// <summary>Most commands kept.</summary>
    public const int Kept = 5_000;

    private readonly ConcurrentDictionary<string, Operation> _byTarget;
    private readonly long[,] _ended;
    private readonly StrongBox<long> _number;
    private readonly LiveSignals _signals;
    private readonly TimeProvider _time;
    private readonly Func<string, bool>? _sees;

    /// <param name="signals">Raises <see cref="Topics.Operations"/>.</param>
    /// <param name="time">The clock.</param>
    public OperationLog(LiveSignals signals, TimeProvider time) => (_signals, _time, _byTarget, _ended, _number) =
        (signals, time, new(StringComparer.Ordinal), new long[Enum.GetValues<OperationKind>().Length, Enum.GetValues<OperationResult>().Length], new());

    private OperationLog(OperationLog all, Func<string, bool> sees) => (_signals, _time, _byTarget, _ended, _number, _sees) = (all._signals, all._time, all._byTarget, all._ended, all._number, sees);

    /// <summary>The same log for people who see a part of the fleet: it has the commands for what they see.</summary>
    /// <param name="sees">Whether they see a target. Called on any thread.</param>
    public OperationLog SeenBy(Func<string, bool> sees) => new(this, sees);

    /// <summary>The newest command for a target; null without one.</summary>
    public Operation? Of(string targetId) => _byTarget.TryGetValue(targetId, out var newest) && _sees?.Invoke(targetId) != false ? newest : null;

    /// <summary>The newest command of every target, unordered.</summary>
    public IEnumerable<Operation> All => _sees is { } sees ? _byTarget.Values.Where(operation => sees(operation.TargetId)) : _byTarget.Values;

    /// <summary>Adds a new command. Its reason is the one to send: see <see cref="LongestReason"/>.</summary>
    public Operation Begin(OperationKind kind, string targetId, string reason, string by = "")
    {
        var operation = new Operation
        {
            Number = Interlocked.Increment(ref _number.Value), Kind = kind, TargetId = targetId, Reason = reason.Length > LongestReason ? reason[..LongestReason] : reason, RequestedAt = _time.GetUtcNow(),
            By = by,
        };
        if (_byTarget.Count >= Kept) Prune();
        Put(operation);
        return operation;
    }

    /// <summary>Updates a command.</summary>
    public Operation Put(Operation operation)
    {
        if (operation.Result is { } result) Interlocked.Increment(ref _ended[(int)operation.Kind, (int)result]);
        _byTarget.AddOrUpdate(operation.TargetId, operation, (_, newest) => newest.Number > operation.Number ? newest : operation);
        _signals.Raise(Topics.Operations);
        return operation;
    }

    /// <summary>Number of commands of a kind with a result.</summary>
    public long Ended(OperationKind kind, OperationResult result) => Interlocked.Read(ref _ended[(int)kind, (int)result]);

    private void Prune()
    {
        foreach (var old in _byTarget.Values.Where(o => o.HasEnded).OrderBy(o => o.Number).Take(Kept / 10))
            _byTarget.TryRemove(KeyValuePair.Create(old.TargetId, old));
    }
}
