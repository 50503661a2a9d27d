using System.Collections.Concurrent;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Operations;

/// <summary>
/// The commands given through this process and how far they are, for every viewer: a second operator sees what the first one did. Keeps the
/// newest one of each target, and of ended ones not more than <see cref="Kept"/>.
/// </summary>
public sealed class OperationLog(LiveSignals signals, TimeProvider time)
{
    /// <summary>How long an accepted command may take to be seen.</summary>
    public static readonly TimeSpan SeenLimit = TimeSpan.FromSeconds(30);

    /// <summary>Longest reason, characters; what lies beyond is cut off. Fields for it are no longer, so only who does not use them meets it.</summary>
    public const int LongestReason = 500;

    /// <summary>How many are kept.</summary>
    public const int Kept = 5_000;

    private readonly ConcurrentDictionary<string, Operation> _byTarget = new(StringComparer.Ordinal);
    private readonly long[,] _ended = new long[Enum.GetValues<OperationKind>().Length, Enum.GetValues<OperationResult>().Length];
    private long _number;

    /// <summary>The newest command for an execution or a job; null when there is none.</summary>
    public Operation? Of(string targetId) => _byTarget.GetValueOrDefault(targetId);

    /// <summary>The newest command of every target, in no order.</summary>
    public IEnumerable<Operation> All => _byTarget.Values;

    /// <summary>Notes a new command. Its reason is what is sent: see <see cref="LongestReason"/>.</summary>
    public Operation Begin(OperationKind kind, string targetId, string reason)
    {
        var operation = new Operation
        {
            Number = Interlocked.Increment(ref _number), Kind = kind, TargetId = targetId, Reason = reason.Length > LongestReason ? reason[..LongestReason] : reason, RequestedAt = time.GetUtcNow(),
        };
        if (_byTarget.Count >= Kept) Prune();
        Put(operation);
        return operation;
    }

    /// <summary>Notes how far a command is.</summary>
    public Operation Put(Operation operation)
    {
        if (operation.Result is { } result) Interlocked.Increment(ref _ended[(int)operation.Kind, (int)result]);
        _byTarget.AddOrUpdate(operation.TargetId, operation, (_, newest) => newest.Number > operation.Number ? newest : operation);
        signals.Raise(Topics.Operations);
        return operation;
    }

    /// <summary>Commands of a kind that ended so.</summary>
    public long Ended(OperationKind kind, OperationResult result) => Interlocked.Read(ref _ended[(int)kind, (int)result]);

    private void Prune()
    {
        foreach (var old in _byTarget.Values.Where(o => o.HasEnded).OrderBy(o => o.Number).Take(Kept / 10))
            _byTarget.TryRemove(KeyValuePair.Create(old.TargetId, old));
    }
}
