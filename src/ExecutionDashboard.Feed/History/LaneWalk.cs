using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.History;

/// <summary>Parameters of a walk.</summary>
/// <param name="From">Start of the range.</param>
/// <param name="To">End of the range.</param>
/// <param name="UpTo">Changes after this sequence number are ignored.</param>
/// <param name="MostSpans">Most changes to keep per lane.</param>
/// <param name="Gaps">Times within the range when the feed did not watch.</param>
internal readonly record struct LaneQuestion(DateTimeOffset From, DateTimeOffset To, long UpTo, int MostSpans, IReadOnlyList<WatchGap> Gaps)
{
    /// <summary>The gap at a time; null when the feed watched then.</summary>
    public WatchGap? GapAt(DateTimeOffset moment)
    {
        for (var i = Gaps.Count - 1; i >= 0; i--)
            if (Gaps[i].Holds(moment)) return Gaps[i];
        return null;
    }
}

/// <summary>
/// Reads the changes of nodes and their executions backwards from the newest to the start of a range, by the link of each change to its predecessor. Keeps the newest
/// when there are too many, and limits its own work.
/// </summary>
internal sealed class LaneWalk : IDisposable
{
    /// <summary>Most omitted changes that are counted; the result is then "at least".</summary>
    public const int CountedAtMost = 100_000;

    private readonly LaneEvents _log;
    private readonly LaneQuestion _question;
    private readonly FleetMirror _mirror;
    private readonly Placements _placements;
    private readonly CancellationToken _cancel;
    private readonly long _before; // the last change up to this number was before the range
    private int _work = 2_000_000;

    public LaneWalk(LogReader reader, FleetMirror mirror, Placements placements, LaneQuestion question, CancellationToken cancel)
    {
        (_mirror, _placements, _question, _cancel) = (mirror, placements, question, cancel);
        _log = reader.Events();
        _before = question.From.UtcTicks > LaneClock.Ahead.Ticks ? _log.LastSeenBy(question.From - LaneClock.Ahead, question.UpTo) : 0;
    }

    /// <summary>The executions of a node that overlap the range, and the number of omitted changes.</summary>
    public (List<LaneChain> Chains, int LeftOut) Executions(string node)
    {
        var keys = _placements.Of(node);
        var chains = new List<LaneChain>(keys.Length);
        var gone = new List<long>();
        foreach (var key in keys)
            if (_mirror.Executions.OfKey(key) is null) gone.Add(key);
        _log.ExpectGone(gone);
        foreach (var key in keys)
            if (ChainOf(key) is { } chain) chains.Add(chain);
        return Walk(chains, node);
    }

    /// <summary>The changes of the node itself; null when the log has none.</summary>
    public (LaneChain? Chain, int LeftOut) Connection(string node, LogReader reader)
    {
        var last = _mirror.Nodes.TryGet(node, out var known) ? known.Last : reader.LastOfGone(FleetKind.Node, node);
        if (last == 0) return (null, 0);
        var (chains, leftOut) = Walk([new LaneChain(node, last)], null);
        return (chains.FirstOrDefault(), leftOut);
    }

    public void Dispose() => _log.Dispose();

    private LaneChain? ChainOf(long key)
    {
        if (_mirror.Executions.OfKey(key) is { } known)
        {
            var now = known.Value;
            var last = known.Last;
            if (last <= _before && LaneChain.IsOver(now.Actual.State, now)) return null;
            return new LaneChain(now.Id, last) { Now = now, PreviousId = now.PreviousId, CreatedAt = now.CreatedAt, StableAt = now.StableAt };
        }
        // The end is stored before the mirror drops the execution, so only now the row has it.
        if (_log.Gone(key) is not { } gone) return null;
        var chain = new LaneChain(gone.Id, gone.Last) { PreviousId = gone.PreviousId, CreatedAt = gone.CreatedAt, StableAt = gone.StableAt };
        return chain.Next <= _before ? null : chain;
    }

    private (List<LaneChain> Chains, int LeftOut) Walk(List<LaneChain> chains, string? node)
    {
        // Start the transaction after the chains are known, because it must see all of their changes. Without one, each lookup would open the file again.
        using var transaction = _log.Begin();
        _log.Expect(chains.ConvertAll(chain => chain.Next));
        var heap = new PriorityQueue<LaneChain, long>();
        var here = new List<LaneChain>(chains.Count);
        var (kept, lost) = (0, 0);
        foreach (var chain in chains)
        {
            // Find the newest state of each within the range first, however many changes the others have.
            while (chain.Next > 0 && _work > 0 && !IsWithin(chain)) StepBack(chain, node);
            if (!IsWithin(chain))
            {
                if (chain.Next > 0) lost++;
                continue;
            }
            here.Add(chain);
            kept++;
            if (chain.Next > 0) heap.Enqueue(chain, -chain.Next);
        }
        while (heap.Count > 0 && kept < _question.MostSpans && _work > 0)
        {
            var chain = heap.Dequeue();
            if (StepBack(chain, node)) kept++;
            if (chain.Next > 0) heap.Enqueue(chain, -chain.Next);
        }
        return (here, lost + Count(heap));
    }

    private bool IsWithin(LaneChain chain) => chain.Count > 0 && chain.Oldest.At <= _question.To;

    // Counts the changes that are not read, up to a limit.
    private int Count(PriorityQueue<LaneChain, long> heap)
    {
        var counted = 0;
        for (var looked = 0; heap.Count > 0 && looked < CountedAtMost; looked++)
        {
            var chain = heap.Dequeue();
            if (_log.Find(chain.Next) is not { } step) continue;
            if (step.Seen + LaneClock.Ahead <= _question.From) continue;
            if (step.Old != step.New) counted++;
            if (step.Previous > 0) heap.Enqueue(chain, -step.Previous);
            chain.Next = step.Previous;
        }
        return counted;
    }

    // Reads the next older change of a chain, and ends it when it reaches before the range. True when it is an additional change within the range.
    private bool StepBack(LaneChain chain, string? node)
    {
        if ((--_work & 0xfff) == 0) _cancel.ThrowIfCancellationRequested();
        if (_log.Find(chain.Next) is not { } step)
        {
            chain.Next = 0;
            return false;
        }
        var sequence = chain.Next;
        chain.Next = step.Previous;
        var isMore = false;
        if (sequence <= _question.UpTo)
        {
            var at = LaneClock.Believed(step.At, step.Seen);
            if (chain.Count == 0) (chain.JobId, chain.JobVersion, chain.DeploymentId) = (_log.TextOf(step.Job), step.JobVersion, _log.TextOf(step.Deployment));
            var isHere = node is null || _log.TextOf(step.Node) == node;
            isMore = chain.Take(new LaneStep(sequence, isHere ? _log.TextOf(step.New) : "", at, at, step.Source), _question.To, chain.Count > 0 && _question.GapAt(chain.Oldest.At) is not null);
            chain.IsWhole = chain.Next == 0 && step.Old == 0;
            if (step.Old != step.New && step.Seen + LaneClock.Ahead <= _question.From) chain.Next = 0;
        }
        return isMore;
    }
}
