using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>A bar: one execution on a lane.</summary>
public sealed class LaneBar(string executionId)
{
    /// <summary>The execution.</summary>
    public string ExecutionId { get; } = executionId;
    /// <summary>Its job.</summary>
    public string JobId { get; init; } = "";
    /// <summary>Its job's version.</summary>
    public int JobVersion { get; init; }
    /// <summary>Its deployment; empty when it has none.</summary>
    public string DeploymentId { get; init; } = "";
    /// <summary>The execution it replaced on this node; empty without one.</summary>
    public string PreviousId { get; init; } = "";
    /// <summary>Its states in order.</summary>
    public List<StateSpan> Spans { get; init; } = [];
    /// <summary>Its track, from 0 at the top: bars that overlap in time have different ones.</summary>
    public int Track { get; set; }
    /// <summary>Whether it does not match the filters.</summary>
    public bool IsDimmed { get; set; }

    /// <summary>Start, UTC.</summary>
    public DateTimeOffset From => Spans[0].From;

    /// <summary>When it ended or was removed, UTC; null while it lives.</summary>
    public DateTimeOffset? EndedAt => Ends(Spans[^1]) ? Spans[^1].From : Spans[^1].To;

    private static bool Ends(StateSpan span) => span.State.Length == 0 || ExecutionState.Parse(span.State).IsTerminal;
}

/// <summary>
/// The lane of a node for one viewer: the feed's answer for a range, plus live changes. Tolerates any data: unordered spans are sorted, an end before its start is
/// ignored, a bar without spans is dropped, and excess is counted.
/// </summary>
public sealed class Lane
{
    /// <summary>Most bars; the newest are kept.</summary>
    public const int MostBars = 2_000;
    /// <summary>Most states of a bar; the newest are kept.</summary>
    public const int MostSpans = 500;

    private readonly Dictionary<string, LaneBar> _byId = new(StringComparer.Ordinal);
    private readonly List<StateSpan> _connection;
    private readonly LaneTracks _tracks;

    private Lane(string nodeId, List<LaneBar> bars, LaneTracks tracks, List<StateSpan> connection, int leftOut)
    {
        (NodeId, Bars, _tracks, _connection, LeftOut) = (nodeId, bars, tracks, connection, leftOut);
        foreach (var bar in bars) _byId[bar.ExecutionId] = bar;
    }

    /// <summary>The node.</summary>
    public string NodeId { get; }
    /// <summary>Its bars, by start.</summary>
    public List<LaneBar> Bars { get; }
    /// <summary>Its connection over time.</summary>
    public IReadOnlyList<StateSpan> Connection => _connection;
    /// <summary>Number of bars and states dropped because there were too many.</summary>
    public int LeftOut { get; private set; }
    /// <summary>Whether it is full and must be loaded again.</summary>
    public bool IsOverfull => Bars.Count >= 2 * MostBars;
    /// <summary>Number of tracks.</summary>
    public int Tracks => _tracks.Count;
    /// <summary>Start of its data, UTC.</summary>
    public DateTimeOffset From { get; init; }
    /// <summary>End of its data, UTC.</summary>
    public DateTimeOffset To { get; init; }
    /// <summary>Whether it reaches the present and receives live changes.</summary>
    public bool IsLive { get; init; }
    /// <summary>Sequence number of the last change in the feed's answer.</summary>
    public long Sequence { get; init; }

    /// <summary>Creates it from the feed's answer.</summary>
    /// <param name="lane">The answer.</param>
    /// <param name="timeline">The whole answer.</param>
    /// <param name="isLive">Whether the range reaches the present.</param>
    /// <param name="before">The previous lane, whose tracks are kept if possible.</param>
    public static Lane Of(NodeLane lane, FleetTimeline timeline, bool isLive, Lane? before = null)
    {
        var leftOut = lane.LeftOut;
        var bars = new List<LaneBar>(Math.Min(lane.Bars.Count, MostBars));
        foreach (var bar in lane.Bars.Count <= MostBars ? lane.Bars : lane.Bars.OrderBy(Start).Skip(lane.Bars.Count - MostBars))
        {
            var spans = Ordered(bar.Spans, ref leftOut);
            if (spans.Count == 0) continue;
            bars.Add(new LaneBar(bar.ExecutionId)
            {
                JobId = bar.JobId, JobVersion = bar.JobVersion, DeploymentId = bar.DeploymentId, PreviousId = bar.PreviousExecutionId, Spans = spans,
            });
        }
        leftOut += Math.Max(0, lane.Bars.Count - MostBars);
        bars.Sort((a, b) => a.From != b.From ? a.From.CompareTo(b.From) : string.CompareOrdinal(a.ExecutionId, b.ExecutionId));
        return new Lane(lane.NodeId, bars, LaneTracks.Lay(bars, before?.Bars), Ordered(lane.Connection, ref leftOut), leftOut)
        {
            From = timeline.From, To = timeline.To, IsLive = isLive, Sequence = timeline.Sequence,
        };
    }

    /// <summary>The bar of an execution; null when the lane has none.</summary>
    public LaneBar? Find(string executionId) => _byId.GetValueOrDefault(executionId);

    /// <summary>Applies a changed execution; returns its bar if it changed, else null. A new one is not added while there are too many.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="seenAt">When it was seen, UTC; used if the server sent no time.</param>
    public LaneBar? Apply(Execution execution, DateTimeOffset seenAt)
    {
        var state = execution.Actual.State.Name;
        if (Find(execution.Id) is { } bar) return Next(bar, state, execution.UpdatedAt ?? seenAt);
        if (IsOverfull) return null;
        bar = new LaneBar(execution.Id)
        {
            JobId = execution.JobId, JobVersion = execution.JobVersion, DeploymentId = execution.DeploymentId, PreviousId = execution.PreviousId,
            Spans = [new StateSpan(state, execution.UpdatedAt ?? seenAt, null)],
        };
        _tracks.Add(bar);
        Bars.Add(bar);
        _byId[bar.ExecutionId] = bar;
        return bar;
    }

    /// <summary>Ends the bar of a removed execution and returns it; null without one.</summary>
    public LaneBar? Remove(string executionId, DateTimeOffset seenAt) =>
        Find(executionId) is { } bar ? Next(bar, "", seenAt) : null;

    /// <summary>Applies the node's connection; true when it changed.</summary>
    public bool Apply(Node? node, DateTimeOffset seenAt) => Next(_connection, node?.Connection ?? "", node?.UpdatedAt ?? seenAt);

    private LaneBar? Next(LaneBar bar, string state, DateTimeOffset at)
    {
        var ended = bar.EndedAt;
        if (!Next(bar.Spans, state, at)) return null;
        _tracks.Moved(bar, ended);
        return bar;
    }

    private bool Next(List<StateSpan> spans, string state, DateTimeOffset at)
    {
        if (spans.Count > 0)
        {
            if (spans[^1].State == state && spans[^1].To is null) return false;
            // Clocks that jump back do not shorten earlier spans.
            if (at < spans[^1].From) at = spans[^1].From;
            spans[^1] = spans[^1] with { To = at };
        }
        spans.Add(new StateSpan(state, at, null));
        if (spans.Count <= MostSpans) return true;
        spans.RemoveAt(0);
        LeftOut++;
        return true;
    }

    private static DateTimeOffset Start(ExecutionBar bar) => bar.Spans.Count > 0 ? bar.Spans.Min(s => s.From) : DateTimeOffset.MinValue;

    private static List<StateSpan> Ordered(IReadOnlyList<StateSpan> spans, ref int leftOut)
    {
        var ordered = spans.OrderBy(s => s.From).Skip(Math.Max(0, spans.Count - MostSpans)).ToList();
        leftOut += spans.Count - ordered.Count;
        for (var i = 0; i < ordered.Count; i++)
        {
            var next = i + 1 < ordered.Count ? ordered[i + 1].From : ordered[i].To;
            if (next is { } to && to < ordered[i].From) next = ordered[i].From;
            ordered[i] = ordered[i] with { To = next };
        }
        return ordered;
    }
}
