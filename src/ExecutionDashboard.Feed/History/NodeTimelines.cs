using System.Collections.Concurrent;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.Log;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.History;

/// <summary>What nodes and their executions went through, made from the log. Safe for any thread.</summary>
internal sealed class NodeTimelines(FeedLog feed, FleetMirror mirror, ChangeRing ring)
{
    private const int SpansOfALane = 20_000;
    private const int SpansInAll = 200_000;

    private readonly ConcurrentDictionary<long, string> _texts = new();

    /// <summary>The lanes of nodes, in the order asked; null while the feed starts.</summary>
    public FleetTimeline? Of(IReadOnlyList<string> nodes, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        if (!feed.IsReady) return null;
        // Everything up to here is in the mirror, so what it says of the newest changes reaches at least so far.
        var upTo = ring.End.Sequence;
        var question = new LaneQuestion(from, to, upTo, Math.Clamp(SpansInAll / nodes.Count, 1_000, SpansOfALane));
        using var walk = new LaneWalk(feed.Reader, _texts, mirror, feed.Log.Placements, question, cancel);
        return new FleetTimeline
        {
            From = from,
            To = to,
            KnownSince = feed.Reader.KnownSince(),
            Sequence = upTo,
            LogId = feed.Log.LogId,
            Lanes = [.. nodes.Select(node => LaneOf(walk, node, from, to))],
        };
    }

    private NodeLane LaneOf(LaneWalk walk, string node, DateTimeOffset from, DateTimeOffset to)
    {
        var (executions, leftOut) = walk.Executions(node);
        var (connection, more) = walk.Connection(node, feed.Reader);
        var bars = new List<ExecutionBar>(executions.Count);
        foreach (var chain in executions)
        {
            var spans = LaneBuilder.Spans(StepsOf(chain), from, to);
            if (spans.Count > 0 && !IsLongOver(chain, spans, from)) bars.Add(BarOf(chain, spans));
        }
        bars.Sort((a, b) => a.Spans[0].From.CompareTo(b.Spans[0].From) is var order and not 0 ? order : string.CompareOrdinal(a.ExecutionId, b.ExecutionId));
        return new NodeLane
        {
            NodeId = node,
            Bars = bars,
            Connection = connection is null ? [] : LaneBuilder.Spans(connection.Steps, from, to),
            LeftOut = leftOut + more,
        };
    }

    private static IEnumerable<LaneStep> StepsOf(LaneChain chain) =>
        chain.IsWhole && chain.Steps.First() is { State.Length: > 0 } first
            ? LaneBuilder.Derived(first, chain.CreatedAt, chain.StableAt).Concat(chain.Steps)
            : chain.Steps;

    // It ended before the range and nothing came of it since. A failure that nothing followed still stands.
    private static bool IsLongOver(LaneChain chain, List<StateSpan> spans, DateTimeOffset from)
    {
        if (spans.Count > 1 || spans[0].From >= from) return false;
        var state = ExecutionState.Parse(spans[0].State);
        if (!state.IsTerminal) return false;
        return state.Known is not (KnownExecutionState.Failed or KnownExecutionState.Lost) || chain.Now is null or { NextId.Length: > 0 };
    }

    private static ExecutionBar BarOf(LaneChain chain, List<StateSpan> spans) => new()
    {
        ExecutionId = chain.Id,
        JobId = chain.JobId,
        JobVersion = chain.JobVersion,
        DeploymentId = chain.DeploymentId,
        PreviousExecutionId = chain.PreviousId,
        Spans = spans,
    };
}
