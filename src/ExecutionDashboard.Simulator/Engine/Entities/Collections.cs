namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>Executions by ordinal. Ended ones may be dropped; the room they took is given back in chunks.</summary>
internal sealed class ExecutionTable
{
    private const int Size = 4096;
    private readonly List<(SimExecution?[] Slots, int Used)?> _chunks = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The ordinal after the highest.</summary>
    public int End { get; private set; }

    /// <summary>The execution of an ordinal, or null.</summary>
    public SimExecution? Find(int ordinal) =>
        ordinal < 0 || ordinal / Size >= _chunks.Count ? null : _chunks[ordinal / Size]?.Slots[ordinal % Size];

    /// <summary>Does not give ordinals below this one again, though their executions are gone.</summary>
    public void Reserve(int end) => End = Math.Max(End, end);

    /// <summary>Puts it at its ordinal.</summary>
    public void Add(SimExecution execution)
    {
        var chunk = execution.Ordinal / Size;
        while (_chunks.Count <= chunk) _chunks.Add(null);
        var (slots, used) = _chunks[chunk] ?? (new SimExecution?[Size], 0);
        slots[execution.Ordinal % Size] = execution;
        _chunks[chunk] = (slots, used + 1);
        Count++;
        End = Math.Max(End, execution.Ordinal + 1);
    }

    /// <summary>Drops it.</summary>
    public void Remove(SimExecution execution)
    {
        var chunk = execution.Ordinal / Size;
        if (_chunks[chunk] is not { } found || found.Slots[execution.Ordinal % Size] is null) return;
        found.Slots[execution.Ordinal % Size] = null;
        _chunks[chunk] = found.Used == 1 ? null : (found.Slots, found.Used - 1);
        Count--;
    }

    /// <summary>Those from an ordinal on, that one included, up or down.</summary>
    public IEnumerable<SimExecution> From(int ordinal, bool descending)
    {
        var step = descending ? -1 : 1;
        for (var i = Math.Min(ordinal, End); i >= 0 && (descending || i < End); i += step)
        {
            if (i / Size < _chunks.Count && _chunks[i / Size] is null)
            {
                i = descending ? i / Size * Size : i / Size * Size + Size - 1;
                continue;
            }
            if (Find(i) is { } execution) yield return execution;
        }
    }
}

/// <summary>All executions by their last change, in links inside the executions: moving one to the front is free.</summary>
internal sealed class RecencyList
{
    /// <summary>The one that changed last.</summary>
    public SimExecution? Newest { get; private set; }
    /// <summary>The one that has not changed for the longest.</summary>
    public SimExecution? Oldest { get; private set; }

    /// <summary>Puts it in front, from wherever it is.</summary>
    public void MoveToFront(SimExecution execution)
    {
        if (ReferenceEquals(Newest, execution)) return;
        Remove(execution);
        execution.Older = Newest;
        if (Newest is { } newest) newest.Newer = execution;
        Newest = execution;
        Oldest ??= execution;
    }

    /// <summary>Takes it out, if it is in.</summary>
    public void Remove(SimExecution execution)
    {
        if (execution.Newer is { } newer) newer.Older = execution.Older;
        else if (ReferenceEquals(Newest, execution)) Newest = execution.Older;
        if (execution.Older is { } older) older.Newer = execution.Newer;
        else if (ReferenceEquals(Oldest, execution)) Oldest = execution.Newer;
        execution.Newer = execution.Older = null;
    }
}

/// <summary>What is due when. A plan that was changed leaves its old entry behind, which is passed over when its time comes.</summary>
internal sealed class Schedule
{
    private readonly PriorityQueue<(object What, long Due), (long Due, long Order)> _queue = new();
    private long _order;

    /// <summary>Notes that something has a plan for a time (UTC ticks).</summary>
    public void Add(object what, long due) => _queue.Enqueue((what, due), (due, _order++));

    /// <summary>Takes the next thing whose time has come.</summary>
    public bool TryTake(long now, out object what, out long due)
    {
        if (_queue.TryPeek(out var next, out _) && next.Due <= now)
        {
            _queue.Dequeue();
            (what, due) = next;
            return true;
        }
        (what, due) = ("", 0);
        return false;
    }
}
