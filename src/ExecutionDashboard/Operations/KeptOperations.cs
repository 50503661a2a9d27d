using System.Collections.Concurrent;

namespace ExecutionDashboard.Operations;

/// <summary>The newest commands, shared by all who see them or a part of them. Safe for any thread.</summary>
internal sealed class KeptOperations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Operation> _acts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Operation> _byTarget = new(StringComparer.Ordinal);
    private readonly long[,] _ended = new long[Enum.GetValues<OperationKind>().Length, Enum.GetValues<OperationResult>().Length];
    private IReadOnlyList<Operation>? _all;
    private long _number;

    /// <summary>The newest command for a target; null without one.</summary>
    public Operation? Of(string targetId) => _byTarget.GetValueOrDefault(targetId);

    /// <summary>All of them, unordered; the same list until one changes.</summary>
    public IReadOnlyList<Operation> All
    {
        get
        {
            lock (_gate) return _all ??= [.. _acts.Values];
        }
    }

    /// <summary>A number for a command that has none of the audit.</summary>
    public long NextNumber() => Interlocked.Increment(ref _number);

    /// <summary>Counts a command that ended.</summary>
    public void Count(OperationKind kind, OperationResult result) => Interlocked.Increment(ref _ended[(int)kind, (int)result]);

    /// <summary>Number of commands of a kind with a result.</summary>
    public long Ended(OperationKind kind, OperationResult result) => Interlocked.Read(ref _ended[(int)kind, (int)result]);

    /// <summary>Takes news of commands. Gives whether there were any.</summary>
    public bool Keep(IReadOnlyList<Operation> operations)
    {
        var changed = false;
        lock (_gate)
        {
            foreach (var news in operations)
            {
                // The same news comes twice: from this process at once, and as a row of the audit.
                var operation = news;
                if (_acts.TryGetValue(news.Act, out var known))
                {
                    if (Progress(news.Phase) <= Progress(known.Phase)) continue;
                    operation = news with { Number = known.Number, RequestedAt = known.RequestedAt };
                }
                _acts[operation.Act] = operation;
                _byTarget.AddOrUpdate(operation.TargetId, operation, (_, newest) => newest.Number > operation.Number ? newest : operation);
                changed = true;
            }
            if (!changed) return false;
            if (_acts.Count > OperationLog.Kept) Prune();
            _all = null;
        }
        return true;
    }

    private static int Progress(OperationPhase phase) => phase switch
    {
        OperationPhase.Requested => 0,
        OperationPhase.Accepted => 1,
        OperationPhase.Unknown => 2,
        _ => 3,
    };

    // Called with the lock held.
    private void Prune()
    {
        foreach (var old in _acts.Values.Where(o => o.HasEnded).OrderBy(o => o.Number).Take(OperationLog.Kept / 10).ToList())
        {
            _acts.Remove(old.Act);
            _byTarget.TryRemove(KeyValuePair.Create(old.TargetId, old));
        }
    }
}
