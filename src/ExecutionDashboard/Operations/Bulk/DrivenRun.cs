using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Live.Bulk;

namespace ExecutionDashboard.Operations.Bulk;

/// <summary>A run in the hands of its driver: what the feed keeps, and what the driver has not been able to write yet. One caller at a time, but for <see cref="Note"/>.</summary>
internal sealed class DrivenRun
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, (int Attempts, long Since)> _inFlight = [];
    private List<BulkMove> _unwritten = [];
    private BulkRunView? _view;

    /// <summary>The wave that the starter's rights were checked for, and when.</summary>
    public (int Wave, long At)? Checked { get; set; }

    /// <summary>The run.</summary>
    public BulkRun Run => _view!.Run;

    /// <summary>Its items.</summary>
    public IReadOnlyList<BulkItem> Items => _view!.Items;

    /// <summary>Whether it was read at this version or a later one.</summary>
    public bool IsAt(long version) => _view?.Run.Version >= version;

    /// <summary>The version read; 0 before the first.</summary>
    public long Version => _view?.Run.Version ?? 0;

    /// <summary>Takes what the feed keeps.</summary>
    public void Take(BulkRunItems changed) => _view = BulkRunView.With(_view, changed);

    /// <summary>Notes an outcome that is not written yet.</summary>
    public void Note(BulkMove move)
    {
        lock (_gate) _unwritten.Add(move);
    }

    /// <summary>The outcomes that are not written yet and can be, some hundreds at a time: what became of an item since then makes others void.</summary>
    public IReadOnlyList<BulkMove> Unwritten()
    {
        lock (_gate)
        {
            _unwritten = [.. _unwritten.Where(m => BulkPlan.MayMove(Items[m.Number].Phase, m.Phase))];
            return [.. _unwritten.DistinctBy(m => m.Number).Take(500)];
        }
    }

    /// <summary>They are written.</summary>
    public void Written(IReadOnlyList<BulkMove> moves)
    {
        lock (_gate) _unwritten.RemoveAll(moves.Contains);
    }

    /// <summary>Whether an item waits for its effect longer than it may, as this process has known. Blind time does not count: see <see cref="Restart"/>.</summary>
    public bool IsOverdue(BulkItem item, TimeSpan limit, TimeProvider time)
    {
        if (!_inFlight.TryGetValue(item.Number, out var known) || known.Attempts != item.Attempts) _inFlight[item.Number] = known = (item.Attempts, time.GetTimestamp());
        return time.GetElapsedTime(known.Since) >= limit;
    }

    /// <summary>The waiting starts over: nothing could be seen.</summary>
    public void Restart() => _inFlight.Clear();
}
