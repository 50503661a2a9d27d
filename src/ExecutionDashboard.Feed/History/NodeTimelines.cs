using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.History;

/// <summary>Timelines of nodes and their executions, from the log. Safe for concurrent use.</summary>
internal sealed class NodeTimelines(FeedLog feed, FleetMirror mirror, ChangeRing ring, ServerHistory? told = null)
{
    private const int SpansOfALane = 20_000;
    private const int SpansInAll = 200_000;
    // An execution is seen shortly after its creation; only older ones have missed history.
    private static readonly TimeSpan SeenAtOnce = TimeSpan.FromSeconds(5);

    // A walk uses a core fully, so that their number is limited and the feed keeps running.
    private readonly SemaphoreSlim _turn = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The lanes of nodes, in the order requested; null while the feed starts.</summary>
    public async Task<FleetTimeline?> OfAsync(IReadOnlyList<string> nodes, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        if (!feed.IsReady) return null;
        // The mirror has everything up to here, so its newest changes are at least this new.
        var upTo = ring.End.Sequence;
        var question = new LaneQuestion(from, to, upTo, Math.Clamp(SpansInAll / nodes.Count, 1_000, SpansOfALane), feed.Log.Gaps.Within(from, to));
        List<WalkedLane> walked;
        await _turn.WaitAsync(cancel);
        try
        {
            walked = Walk(nodes, question, cancel);
        }
        finally
        {
            _turn.Release();
        }
        var missed = walked.SelectMany(w => w.Executions).Select(chain => MissedOf(chain, question)).OfType<Missed>().ToHashSet();
        var filling = told is not null && await told.AskAsync(missed, cancel);
        return new FleetTimeline
        {
            From = from,
            To = to,
            KnownSince = feed.Reader.KnownSince(),
            Sequence = upTo,
            LogId = feed.Log.LogId,
            IsFilling = filling,
            Gaps = question.Gaps,
            Lanes = [.. walked.Select(w => LaneOf(w, question))],
        };
    }

    private List<WalkedLane> Walk(IReadOnlyList<string> nodes, LaneQuestion question, CancellationToken cancel)
    {
        using var walk = new LaneWalk(feed.Reader, mirror, feed.Log.Placements, question, cancel);
        return
        [
            .. nodes.Select(node =>
            {
                var (executions, leftOut) = walk.Executions(node);
                var (connection, more) = walk.Connection(node, feed.Reader);
                return new WalkedLane(node, executions, connection, leftOut + more);
            }),
        ];
    }

    private NodeLane LaneOf(WalkedLane walked, LaneQuestion question)
    {
        var bars = new List<ExecutionBar>(walked.Executions.Count);
        foreach (var chain in walked.Executions)
        {
            var spans = LaneBuilder.Spans(StepsOf(chain, question), question.From, question.To);
            if (spans.Count > 0 && !IsLongOver(chain, spans, question.From)) bars.Add(BarOf(chain, spans));
        }
        bars.Sort((a, b) => a.Spans[0].From.CompareTo(b.Spans[0].From) is var order and not 0 ? order : string.CompareOrdinal(a.ExecutionId, b.ExecutionId));
        return new NodeLane
        {
            NodeId = walked.Node,
            Bars = bars,
            Connection = walked.Connection is null ? [] : LaneBuilder.Spans(walked.Connection.Steps, question.From, question.To),
            LeftOut = walked.LeftOut,
        };
    }

    // What was missed: before the feed first saw it, or during a gap.
    private static Missed? MissedOf(LaneChain chain, LaneQuestion question)
    {
        var until = question.Gaps.Count == 0 ? null : chain.Steps.Select(step => question.GapAt(step.At)).LastOrDefault(gap => gap is not null)?.To;
        var isLate = chain is { IsWhole: true, CreatedAt: { } created } && chain.Oldest.At is var first && first - created > SeenAtOnce && created < question.To && first > question.From;
        return until is not null || isLate ? new Missed(chain.Id, chain.JobId, until ?? DateTimeOffset.MinValue) : null;
    }

    // Changes that the feed saw, completed by the server's history.
    private IEnumerable<LaneStep> StepsOf(LaneChain chain, LaneQuestion question)
    {
        var of = told?.Find(chain.Id) ?? [];
        LaneStep? before = null;
        foreach (var step in chain.Steps)
        {
            foreach (var missed in before is { } last ? Between(of, last, step, question) : Beginning(chain, of, step)) yield return missed;
            yield return step;
            before = step;
        }
    }

    private static IEnumerable<LaneStep> Beginning(LaneChain chain, IReadOnlyList<LaneStep> of, LaneStep first)
    {
        if (!chain.IsWhole || first.State.Length == 0) return [];
        var before = of.Where(step => step.At < first.At).ToList();
        return before.Count > 0 ? before : LaneBuilder.Derived(first, chain.CreatedAt, chain.StableAt);
    }

    private static IEnumerable<LaneStep> Between(IReadOnlyList<LaneStep> of, LaneStep last, LaneStep next, LaneQuestion question) =>
        of.Count == 0 || question.GapAt(next.At) is not { } gap ? [] : of.Where(step => step.At > last.At && step.At < next.At && gap.Holds(step.At));

    // It ended before the range, and nothing replaced it since.
    private static bool IsLongOver(LaneChain chain, List<StateSpan> spans, DateTimeOffset from) =>
        spans.Count == 1 && spans[0].From < from && LaneChain.IsOver(ExecutionState.Parse(spans[0].State), chain.Now);

    private static ExecutionBar BarOf(LaneChain chain, List<StateSpan> spans) => new()
    {
        ExecutionId = chain.Id,
        JobId = chain.JobId,
        JobVersion = chain.JobVersion,
        DeploymentId = chain.DeploymentId,
        PreviousExecutionId = chain.PreviousId,
        Spans = spans,
    };

    private sealed record WalkedLane(string Node, List<LaneChain> Executions, LaneChain? Connection, int LeftOut);
}
