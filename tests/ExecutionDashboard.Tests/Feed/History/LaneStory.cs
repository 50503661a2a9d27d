using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Tests.Feed.History;

/// <summary>What happened, told to a feed and kept beside it as a plain list.</summary>
internal sealed class LaneStory
{
    private readonly List<Told> _told = [];

    /// <summary>A change as it was told: an empty state is a thing that went.</summary>
    internal sealed record Told(long Sequence, FleetKind Kind, string Id, string Node, string State, DateTimeOffset At, DateTimeOffset Seen);

    public IReadOnlyList<Told> Changes => _told;

    /// <summary>Tells an execution's state on a node; null when it went.</summary>
    public async Task ExecutionAsync(FeedRig feed, string id, string node, string? state, DateTimeOffset at, DateTimeOffset seen)
    {
        var known = feed.Mirror.Executions.TryGet(id, out var found) ? found : null;
        if (known is null && state is null) return;
        var now = state is null ? null : FeedRig.Execution(id, state, node: node, revision: (known?.Value.Revision ?? 0) + 1) with { CreatedAt = null, UpdatedAt = at };
        var step = StateChanges.Of(known?.Value, now, seen);
        await feed.Committer.CommitAsync([new(now is null ? FleetChange.Gone(FleetKind.Execution, id) : FleetChange.Of(now), step, known?.Place ?? default, known?.Value)], default);
        _told.Add(new(feed.Log.LastSequence, FleetKind.Execution, id, step.NodeId, step.To, step.At, seen));
    }

    /// <summary>Tells a node's connection; null when it went.</summary>
    public async Task NodeAsync(FeedRig feed, string id, string? connection, DateTimeOffset at, DateTimeOffset seen)
    {
        var known = feed.Mirror.Nodes.TryGet(id, out var found) ? found : null;
        if (known is null && connection is null) return;
        var now = connection is null ? null : new Node { Id = id, Connection = connection, UpdatedAt = at };
        var step = StateChanges.Of(known?.Value, now, seen);
        await feed.Committer.CommitAsync([new(now is null ? FleetChange.Gone(FleetKind.Node, id) : FleetChange.Of(now), step, known?.Place ?? default)], default);
        _told.Add(new(feed.Log.LastSequence, FleetKind.Node, id, id, step.To, step.At, seen));
    }

    /// <summary>
    /// The state of a thing on a lane at a moment, by going through all that was told: no change is before the one it follows, and none is
    /// believed to be later than five minutes after it was seen.
    /// </summary>
    public string StateAt(FleetKind kind, string id, string node, DateTimeOffset moment)
    {
        var (state, latest) = ("", DateTimeOffset.MinValue);
        foreach (var change in _told.Where(t => t.Kind == kind && t.Id == id))
        {
            var at = change.At > change.Seen.AddMinutes(5) ? change.Seen : change.At;
            latest = at > latest ? at : latest;
            if (latest > moment) break;
            state = change.Node == node ? change.State : "";
        }
        return state;
    }

    /// <summary>
    /// The state of a thing at a moment as a feed can know it: what it had seen by then, and of what it saw later that which was told to be
    /// before; not of a thing that it did not know.
    /// </summary>
    public string KnownAt(FleetKind kind, string id, DateTimeOffset moment)
    {
        var (state, before) = ("", "");
        foreach (var change in _told.Where(t => t.Kind == kind && t.Id == id))
        {
            var at = change.At > change.Seen.AddMinutes(5) ? change.Seen : change.At;
            if (change.Seen > moment && (at > moment || before.Length == 0)) break;
            state = before = change.State;
        }
        return state;
    }

    /// <summary>All moments at which something may have changed.</summary>
    public IEnumerable<DateTimeOffset> Moments => _told.SelectMany(t => new[] { t.At, t.Seen }).Distinct().Order();

    /// <summary>The state that spans give at a moment; fails where two of them do.</summary>
    public static string StateAt(IReadOnlyList<StateSpan> spans, DateTimeOffset moment) =>
        spans.SingleOrDefault(s => s.From <= moment && (s.To is null || s.To > moment))?.State ?? "";

    /// <summary>Compares lanes with the list, interval by interval.</summary>
    public void AssertEquals(FleetTimeline timeline)
    {
        var moments = Moments.Where(m => m >= timeline.From && m < timeline.To).Prepend(timeline.From).ToList();
        foreach (var lane in timeline.Lanes)
        {
            AssertSpans(lane.Connection, timeline);
            foreach (var moment in moments) Assert.Equal(StateAt(FleetKind.Node, lane.NodeId, lane.NodeId, moment), StateAt(lane.Connection, moment));
            Assert.Equal(lane.Bars.Count, lane.Bars.Select(b => b.ExecutionId).Distinct().Count());
            foreach (var id in _told.Where(t => t.Kind == FleetKind.Execution).Select(t => t.Id).Distinct())
            {
                var expected = moments.Select(m => StateAt(FleetKind.Execution, id, lane.NodeId, m)).ToList();
                var bar = lane.Bars.SingleOrDefault(b => b.ExecutionId == id);
                if (bar is null)
                {
                    // Not there, or over before the range began, in which it may have gone.
                    var states = expected.Where(s => s.Length > 0).Distinct().ToList();
                    Assert.True(states.Count == 0 || (ExecutionState.Parse(Assert.Single(states)).IsTerminal && expected[0] == states[0]), $"{id} has no bar on {lane.NodeId}");
                    continue;
                }
                AssertSpans(bar.Spans, timeline);
                Assert.Equal(expected, moments.Select(m => StateAt(bar.Spans, m)));
            }
        }
    }

    private static void AssertSpans(IReadOnlyList<StateSpan> spans, FleetTimeline timeline)
    {
        foreach (var span in spans)
        {
            Assert.NotEqual("", span.State);
            Assert.True(span.To is null || span.To > span.From, $"{span} ends before it begins");
            Assert.True(span.From < timeline.To && (span.To is null || span.To > timeline.From), $"{span} is outside the range");
        }
        for (var i = 1; i < spans.Count; i++)
        {
            Assert.True(spans[i - 1].To <= spans[i].From, $"{spans[i - 1]} overlaps {spans[i]}");
            Assert.False(spans[i - 1].To == spans[i].From && spans[i - 1].State == spans[i].State, $"{spans[i - 1]} should be one with {spans[i]}");
        }
    }
}
