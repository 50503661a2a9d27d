using System.Collections.Concurrent;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Feed.Log;

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

    private readonly SqliteConnection _connection;
    private readonly Statement _gone, _text, _event;
    private readonly ConcurrentDictionary<long, string> _texts;
    private readonly LaneQuestion _question;
    private readonly FleetMirror _mirror;
    private readonly Placements _placements;
    private readonly CancellationToken _cancel;
    private readonly long _before; // the last change up to this number was before the range
    private int _work = 2_000_000;

    public LaneWalk(LogReader reader, ConcurrentDictionary<long, string> texts, FleetMirror mirror, Placements placements, LaneQuestion question, CancellationToken cancel)
    {
        (_texts, _mirror, _placements, _question, _cancel) = (texts, mirror, placements, question, cancel);
        _connection = reader.Open();
        _before = question.From.UtcTicks > LaneClock.Ahead.Ticks ? LogTimes.LastSeenBy(_connection, question.From - LaneClock.Ahead, question.UpTo) : 0;
        _gone = new Statement(_connection, "SELECT last, previous, created, stable, id FROM entities WHERE key = ?");
        _text = new Statement(_connection, "SELECT text FROM texts WHERE key = ?");
        _event = new Statement(_connection, "SELECT prev, at, seen, old, new, node, source, job, version, deployment FROM events WHERE seq = ?");
    }

    /// <summary>The executions of a node that overlap the range, and the number of omitted changes.</summary>
    public (List<LaneChain> Chains, int LeftOut) Executions(string node)
    {
        var keys = _placements.Of(node);
        var chains = new List<LaneChain>(keys.Length);
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

    public void Dispose()
    {
        foreach (var statement in new[] { _gone, _text, _event }) statement.Dispose();
        _connection.Dispose();
    }

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
        if (!_gone.Bind(1, key).Read()) return null;
        var chain = new LaneChain(_gone.Text(4), _gone.Long(0)) { PreviousId = _gone.Text(1), CreatedAt = Time(_gone.Long(2)), StableAt = Time(_gone.Long(3)) };
        _gone.Reset();
        return chain.Next <= _before ? null : chain;
    }

    private (List<LaneChain> Chains, int LeftOut) Walk(List<LaneChain> chains, string? node)
    {
        // Start the transaction after the chains are known, because it must see all of their changes. Without one, each lookup would open the file again.
        using var transaction = _connection.BeginTransaction(deferred: true);
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
            if (!_event.Bind(1, chain.Next).Read()) continue;
            var (previous, seen, changes) = (_event.Long(0), _event.Long(2), _event.Long(3) != _event.Long(4));
            _event.Reset();
            if (new DateTimeOffset(seen, TimeSpan.Zero) + LaneClock.Ahead <= _question.From) continue;
            if (changes) counted++;
            if (previous > 0) heap.Enqueue(chain, -previous);
            chain.Next = previous;
        }
        return counted;
    }

    // Reads the next older change of a chain, and ends it when it reaches before the range. True when it is an additional change within the range.
    private bool StepBack(LaneChain chain, string? node)
    {
        if ((--_work & 0xfff) == 0) _cancel.ThrowIfCancellationRequested();
        if (!_event.Bind(1, chain.Next).Read())
        {
            chain.Next = 0;
            return false;
        }
        var sequence = chain.Next;
        chain.Next = _event.Long(0);
        var isMore = false;
        if (sequence <= _question.UpTo)
        {
            var seen = new DateTimeOffset(_event.Long(2), TimeSpan.Zero);
            var at = LaneClock.Believed(new DateTimeOffset(_event.Long(1), TimeSpan.Zero), seen);
            var (old, state) = (_event.Long(3), _event.Long(4));
            if (chain.Count == 0) (chain.JobId, chain.JobVersion, chain.DeploymentId) = (TextOf(_event.Long(7)), (int)_event.Long(8), TextOf(_event.Long(9)));
            var isHere = node is null || TextOf(_event.Long(5)) == node;
            isMore = chain.Take(new LaneStep(sequence, isHere ? TextOf(state) : "", at, at, (ChangeSource)_event.Long(6)), _question.To, chain.Count > 0 && _question.GapAt(chain.Oldest.At) is not null);
            chain.IsWhole = chain.Next == 0 && old == 0;
            if (old != state && seen + LaneClock.Ahead <= _question.From) chain.Next = 0;
        }
        _event.Reset();
        return isMore;
    }

    private string TextOf(long key)
    {
        if (key == 0) return "";
        if (_texts.TryGetValue(key, out var known)) return known;
        var text = _text.Bind(1, key).Read() ? _text.Text(0) : "";
        _text.Reset();
        return _texts[key] = text;
    }

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
