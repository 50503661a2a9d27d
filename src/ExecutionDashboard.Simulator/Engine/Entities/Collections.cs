namespace ExecutionDashboard.Simulator.Engine.Entities;

/// <summary>Executions by ordinal. Ended ones may be dropped; their memory is released in chunks.</summary>
internal sealed class ExecutionTable
{
    private const int Size = 4096;
    private readonly List<(SimExecution?[] Slots, int Used)?> _chunks = [];

    /// <summary>Number of executions.</summary>
    public int Count { get; private set; }

    /// <summary>The ordinal after the highest.</summary>
    public int End { get; private set; }

    /// <summary>The execution with an ordinal, or null.</summary>
    public SimExecution? Find(int ordinal) =>
        ordinal < 0 || ordinal / Size >= _chunks.Count ? null : _chunks[ordinal / Size]?.Slots[ordinal % Size];

    /// <summary>Prevents the reuse of ordinals below a limit, although their executions were dropped.</summary>
    public void Reserve(int end) => End = Math.Max(End, end);

    /// <summary>Adds it at its ordinal.</summary>
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

    /// <summary>Executions from an ordinal on, ascending or descending.</summary>
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

/// <summary>All executions by their last change, as a linked list through the executions, so that moving one to the front costs nothing.</summary>
internal sealed class RecencyList
{
    /// <summary>The execution that changed last.</summary>
    public SimExecution? Newest { get; private set; }
    /// <summary>The execution whose last change is the oldest.</summary>
    public SimExecution? Oldest { get; private set; }

    /// <summary>Moves it to the front.</summary>
    public void MoveToFront(SimExecution execution)
    {
        if (ReferenceEquals(Newest, execution)) return;
        Remove(execution);
        execution.Older = Newest;
        if (Newest is { } newest) newest.Newer = execution;
        Newest = execution;
        Oldest ??= execution;
    }

    /// <summary>Removes it, if it is in the list.</summary>
    public void Remove(SimExecution execution)
    {
        if (execution.Newer is { } newer) newer.Older = execution.Older;
        else if (ReferenceEquals(Newest, execution)) Newest = execution.Older;
        if (execution.Older is { } older) older.Newer = execution.Newer;
        else if (ReferenceEquals(Oldest, execution)) Oldest = execution.Newer;
        execution.Newer = execution.Older = null;
    }
}

/// <summary>A queue of planned steps. A changed plan leaves its old entry, which is skipped when it is due.</summary>
internal sealed class Schedule
{
    private readonly PriorityQueue<(object What, long Due), (long Due, long Order)> _queue = new();
    private long _order;

    /// <summary>Plans a step at a time (UTC ticks).</summary>
    public void Add(object what, long due) => _queue.Enqueue((what, due), (due, _order++));

    /// <summary>Takes the next entry that is due.</summary>
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
