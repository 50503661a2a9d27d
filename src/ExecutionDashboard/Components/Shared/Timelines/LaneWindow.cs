using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// The part of the timeline that one viewer sees: rows and time range on screen, the lanes loaded for them, and what the browser has received. Lanes off screen cost
/// nothing. It has no Blazor types, belongs to one circuit and is used in its context only.
/// </summary>
/// <param name="replica">The fleet.</param>
/// <param name="time">The clock.</param>
/// <param name="states">Worst states of nodes.</param>
/// <param name="ask">Requests timelines from the feed.</param>
public sealed class LaneWindow(Replica replica, TimeProvider time, WorstStates states, LaneWindow.Ask ask)
{
    /// <summary>Requests the timelines of nodes in a range; returns them, or why they are unknown.</summary>
    public delegate Task<(FleetTimeline? Timeline, string? Problem)> Ask(IReadOnlyList<string> nodeIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    /// <summary>Lanes kept off screen, so that scrolling back a little loads nothing.</summary>
    public const int Spare = 200;
    /// <summary>Most rows on a screen, whatever the browser reports.</summary>
    public const int MostRows = 1_000;
    private const int Overscan = 6;
    // Lists up to this length are compared, because a page may create an equal list each time.
    private const int FewRows = 64;
    // The feed requests few histories at a time from the server.
    private static readonly TimeSpan FillingPause = TimeSpan.FromSeconds(2);

    private readonly TimelineWriter _writer = new();
    private readonly HeldLanes _lanes = new();
    private readonly HashSet<int> _headsTold = [];
    private readonly HashSet<string> _filling = new(StringComparer.Ordinal);
    private readonly List<TailChange> _came = [];
    private readonly SortedDictionary<DateTimeOffset, WatchGap> _gaps = [];
    private IReadOnlyList<LaneRow> _rows = [];
    private ExecutionQuery _query = ExecutionQuery.All;
    private long _place = replica.Tail.End;
    private int _first, _last = -1;
    private DateTimeOffset _from, _to, _askAgainAt;
    private bool _orderIsNew, _redraw;
    private MarksWire? _marks;
    private GroupHeadWriter? _groups;

    /// <summary>Start of the change log, UTC; null while unknown.</summary>
    public DateTimeOffset? KnownSince { get; private set; }

    /// <summary>Why visible lanes could not be loaded; null when they could.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether visible lanes may get more history soon, because the feed is still loading it. They are requested again after a pause.</summary>
    public bool IsFilling => _filling.Count > 0 && Visible(Overscan).Any(_filling.Contains);

    /// <summary>Start of the visible range, UTC.</summary>
    public DateTimeOffset From => _from;

    /// <summary>End of the visible range, UTC.</summary>
    public DateTimeOffset To => _to;

    /// <summary>Loaded lanes on screen, from the top.</summary>
    public IEnumerable<Lane> OnScreen => Visible(0).Select(id => _lanes.Find(id)).OfType<Lane>();

    /// <summary>Nodes on screen, from the top.</summary>
    public IReadOnlyList<string> NodesOnScreen => [.. Visible(0)];

    /// <summary>Sets the rows, and the filters of the bars.</summary>
    public void Show(IReadOnlyList<LaneRow> rows, ExecutionQuery query)
    {
        _orderIsNew |= !ReferenceEquals(rows, _rows) && (rows.Count > FewRows || !rows.SequenceEqual(_rows));
        _redraw |= !query.Equals(_query);
        (_rows, _query) = (rows, query);
    }

    /// <summary>Sets the visible rows and range, limited to <see cref="MostRows"/> and the longest range.</summary>
    public void See(int first, int last, DateTimeOffset from, DateTimeOffset to)
    {
        _first = Math.Clamp(first, 0, Math.Max(0, _rows.Count - 1));
        _last = Math.Min(last, _first + MostRows - 1);
        (_from, _to) = (to - from > TimelineRange.Longest ? to - TimelineRange.Longest : from, to);
    }

    /// <summary>Whether an execution is on a loaded lane, or in the fleet.</summary>
    public bool Knows(string executionId) => _lanes.HasExecution(executionId) || replica.Store.FindExecution(executionId) is not null;

    /// <summary>Changes of rows and filters for the browser; null without any.</summary>
    public TimelineUpdate? Heads()
    {
        var redraw = _redraw ? Redrawn() : null;
        if (_orderIsNew)
        {
            _headsTold.Clear();
            _groups = null;
        }
        var heads = new List<int>();
        List<GroupWire>? groups = null;
        for (var row = Math.Max(0, _first - Overscan); row <= Math.Min(_last + Overscan, _rows.Count - 1); row++)
        {
            if (!_headsTold.Add(row)) continue;
            var lane = _rows[row];
            heads.Add(row);
            heads.Add(lane.IsHead ? -1 : _writer.Key(lane.NodeId));
            heads.Add(_writer.Word(lane.IsHead ? lane.Group : replica.Store.FindNode(lane.NodeId)?.DisplayName ?? lane.NodeId));
            heads.Add(lane.Count);
            if (lane.IsHead) (groups ??= []).Add(Groups.Tell(row, lane));
        }
        if (heads.Count == 0 && redraw is null && !_orderIsNew) return null;
        var update = new TimelineUpdate { Rows = _orderIsNew ? _rows.Count : null, Heads = heads, Groups = groups, Patches = redraw };
        _orderIsNew = _redraw = false;
        return _writer.Sealed(update);
    }

    /// <summary>Loads the visible lanes that are missing; null when all are there. Errors of the feed are in <see cref="Problem"/>.</summary>
    public async Task<TimelineUpdate?> LoadAsync(CancellationToken cancel)
    {
        var missing = Visible(Overscan).Where(id => !IsHeld(id)).Take(FeedContract.MostLanes).ToList();
        if (missing.Count == 0)
        {
            Problem = null;
            return null;
        }
        var now = time.GetUtcNow();
        var margin = TimeSpan.FromTicks((_to - _from).Ticks / 2);
        var (from, to) = (Back(_from, margin), _to < now - margin ? _to + margin : now);
        if (from >= to) from = Back(to, TimeSpan.FromSeconds(1));
        var (timeline, problem) = await ask(missing, from, to, cancel);
        Problem = problem;
        if (timeline is null) return null;
        KnownSince = timeline.KnownSince;
        foreach (var gap in timeline.Gaps) _gaps[gap.From] = gap;
        if (timeline.IsFilling) _filling.UnionWith(missing);
        else _filling.ExceptWith(missing);
        _askAgainAt = now + FillingPause;
        // Apply changes that came during the request to the lanes loaded before.
        var patches = Came();
        // A requested lane that is not in the answer is empty.
        timeline = timeline with { From = from, To = to };
        var answered = timeline.Lanes.DistinctBy(l => l.NodeId).ToDictionary(l => l.NodeId, StringComparer.Ordinal);
        var lanes = missing.Select(id => Take(answered.GetValueOrDefault(id) ?? new NodeLane { NodeId = id }, timeline, to >= now)).ToList();
        var dropped = Evict();
        Dim(lanes.SelectMany(l => l.Bars));
        return _writer.Sealed(new TimelineUpdate
        {
            Patches = patches,
            Lanes = [.. lanes.Select(l => Wire(l, l.Bars, withConnection: true))],
            Drop = dropped,
            KnownSince = KnownSince is { } known ? TimelineWriter.Time(known) : null,
            Gaps = timeline.Gaps.Count > 0 ? [.. _gaps.Values.SelectMany(g => new[] { TimelineWriter.Time(g.From), TimelineWriter.Time(g.To) })] : null,
        });
    }

    /// <summary>Marks all lanes to be loaded again: after a gap the control plane may have the missed history.</summary>
    public void AskAgain()
    {
        _filling.UnionWith(_lanes.NodeIds);
        _askAgainAt = time.GetUtcNow();
    }

    /// <summary>Applies new changes and returns the changes of lanes; null without any.</summary>
    public TimelineUpdate? Follow() => Came() is { } patches ? _writer.Sealed(new TimelineUpdate { Patches = patches }) : null;

    /// <summary>Changed states of visible groups; null without any. Cheap enough to call with every change.</summary>
    public TimelineUpdate? Summaries() =>
        !_orderIsNew && _groups?.Moved(_rows, Math.Max(0, _first), Math.Min(_last, _rows.Count - 1)) is { } moved ? _writer.Sealed(new TimelineUpdate { Groups = moved }) : null;

    private List<LaneWire>? Came()
    {
        _came.Clear();
        if (!replica.Tail.Take(ref _place, _came))
        {
            // Missed changes are unknown, so everything on screen is loaded again.
            _lanes.Clear();
            return null;
        }
        if (_came.Count == 0) return null;
        Dictionary<Lane, (HashSet<LaneBar> Bars, bool Connection)>? changed = null;
        foreach (var change in _came)
        {
            if (_lanes.Of(change.Change) is not { IsLive: true } lane || change.Sequence <= lane.Sequence) continue;
            if (!Apply(lane, change, out var bar)) continue;
            changed ??= [];
            var held = changed.TryGetValue(lane, out var before) ? before : ([], false);
            if (bar is not null) held.Bars.Add(bar);
            changed[lane] = (held.Bars, held.Connection || bar is null);
        }
        if (changed is null) return null;
        Dim(changed.SelectMany(c => c.Value.Bars));
        return [.. changed.Select(c => Wire(c.Key, c.Value.Bars, c.Value.Connection))];
    }

    /// <summary>The marks in the visible range and half of it on either side; null when the browser has them already.</summary>
    public TimelineUpdate? Marks(Operations.OperationLog operations)
    {
        var (found, inRange) = TimelineMarks.Of(replica.Store, operations, _query, _from, _to, (_to - _from) / 2);
        var marks = _writer.Marks(found, inRange);
        if (_marks is { } told && told.InRange == inRange && told.Marks.SequenceEqual(marks.Marks)) return null;
        _marks = marks;
        return _writer.Sealed(new TimelineUpdate { Marks = marks });
    }

    /// <summary>Loads the overview strip of the visible lanes; null when it is unavailable and stays unchanged.</summary>
    public async Task<TimelineUpdate?> OverviewAsync(CancellationToken cancel)
    {
        var nodes = Visible(0).Take(FeedContract.MostLanes).ToList();
        if (nodes.Count == 0) return null;
        var now = time.GetUtcNow();
        var from = now - TimelineOverview.Extent(_from, _to, now);
        var (timeline, _) = await ask(nodes, from, now, cancel);
        if (timeline is null) return null;
        var overview = TimelineOverview.Of(timeline.Lanes.SelectMany(l => l.Bars), from, now, now);
        return _writer.Sealed(new TimelineUpdate { Overview = _writer.Overview(overview) });
    }

    /// <summary>Whether all visible lanes are loaded.</summary>
    public bool IsComplete => Visible(0).All(IsHeld);

    private GroupHeadWriter Groups => _groups ??= new(states, _writer);

    private static bool Apply(Lane lane, in TailChange change, out LaneBar? bar)
    {
        bar = null;
        if (change.Change.Kind == FleetKind.Node) return lane.Apply(change.Change.Node, change.At);
        bar = change.Change.Execution is { } execution ? lane.Apply(execution, change.At) : lane.Remove(change.Change.Id, change.At);
        return bar is not null;
    }

    private Lane Take(NodeLane answer, FleetTimeline timeline, bool isLive)
    {
        var lane = Lane.Of(answer, timeline, isLive, _lanes.Find(answer.NodeId));
        _came.Clear();
        if (isLive && replica.Tail.TakeAfter(timeline.Sequence, _place, _came))
        {
            foreach (var change in _came)
                if (change.Change.Kind == FleetKind.Node ? change.Change.Id == lane.NodeId : change.Change.Execution?.NodeId == lane.NodeId || lane.Find(change.Change.Id) is not null)
                    Apply(lane, change, out _);
        }
        _lanes.Put(lane);
        return lane;
    }

    // Loaded, covering the visible range, and without omissions that a shorter range would show.
    private bool IsHeld(string nodeId) => _lanes.Find(nodeId) is { } lane && !lane.IsOverfull && lane.From <= _from && (lane.IsLive || lane.To >= _to)
        && !(_filling.Contains(nodeId) && time.GetUtcNow() >= _askAgainAt) && (lane.LeftOut == 0 || lane.To - lane.From <= 4 * (_to - _from));

    private List<int>? Evict()
    {
        var visible = Visible(Overscan).ToHashSet(StringComparer.Ordinal);
        if (_lanes.Count <= visible.Count + Spare) return null;
        var dropped = _lanes.Drop(visible, _lanes.Count - visible.Count - Spare / 2);
        _filling.ExceptWith(dropped);
        return [.. dropped.Select(_writer.Key)];
    }

    private List<LaneWire> Redrawn()
    {
        var before = _lanes.All.SelectMany(l => l.Bars.Select(b => (Lane: l, Bar: b, b.IsDimmed))).ToList();
        Dim(before.Select(b => b.Bar));
        return [.. before.Where(b => b.IsDimmed != b.Bar.IsDimmed).GroupBy(b => b.Lane).Select(g => Wire(g.Key, g.Select(b => b.Bar).ToList(), withConnection: false))];
    }

    // State filters apply to all states of a bar, other filters to the execution as it is now.
    private void Dim(IEnumerable<LaneBar> bars)
    {
        var all = bars.ToList();
        if (_query.IsUnfiltered)
        {
            foreach (var bar in all) bar.IsDimmed = false;
            return;
        }
        var matching = replica.Store.Matching(_query with { States = [] }, [.. all.Select(b => b.ExecutionId)]);
        for (var i = 0; i < all.Count; i++)
            all[i].IsDimmed = !matching[i] || (_query.States.Count > 0 && !all[i].Spans.Exists(s => _query.States.Contains(ExecutionState.Parse(s.State))));
    }

    private LaneWire Wire(Lane lane, IReadOnlyCollection<LaneBar> bars, bool withConnection) =>
        _writer.Lane(_writer.Key(lane.NodeId), lane, bars, withConnection, JobName);

    private string JobName(string jobId) => replica.Store.FindJob(jobId)?.DisplayName ?? jobId;

    private IEnumerable<string> Visible(int more)
    {
        for (var row = Math.Max(0, _first - more); row <= Math.Min(_last + more, _rows.Count - 1); row++)
            if (!_rows[row].IsHead) yield return _rows[row].NodeId;
    }

    private static DateTimeOffset Back(DateTimeOffset time, TimeSpan by) => time - DateTimeOffset.MinValue > by ? time - by : DateTimeOffset.MinValue;
}
