using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// One viewer's window onto the lanes of the fleet: which rows and which time are on screen, the lanes held for them, and what the browser has been
/// told. Lanes off screen cost nothing. Knows no Blazor; belongs to one circuit and is used on its context only.
/// </summary>
/// <param name="replica">The fleet.</param>
/// <param name="time">The clock.</param>
/// <param name="states">How nodes stand.</param>
/// <param name="ask">Asks the feed what nodes went through.</param>
public sealed class LaneWindow(Replica replica, TimeProvider time, WorstStates states, LaneWindow.Ask ask)
{
    /// <summary>Asks what nodes went through between two moments; the answer, or why there is none.</summary>
    public delegate Task<(FleetTimeline? Timeline, string? Problem)> Ask(IReadOnlyList<string> nodeIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    /// <summary>Lanes held off screen, so that going back a little asks nothing.</summary>
    public const int Spare = 200;
    /// <summary>Rows that a screen has at most, whatever a browser says: the lowest lanes on the highest screen.</summary>
    public const int MostRows = 1_000;
    private const int Overscan = 6;
    // So few are compared one by one: a page may make its list anew each time.
    private const int FewRows = 64;
    // The feed asks a few executions at a time of the server.
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

    /// <summary>The log knows nothing from before, UTC; null while that is not known.</summary>
    public DateTimeOffset? KnownSince { get; private set; }

    /// <summary>Why lanes on screen could not be asked for; null when they could.</summary>
    public string? Problem { get; private set; }

    /// <summary>Lanes on screen may hold more soon: the feed still asks the server what was before it looked. They count as not held after a pause.</summary>
    public bool IsFilling => _filling.Count > 0 && Visible(Overscan).Any(_filling.Contains);

    /// <summary>Start of what is on screen, UTC.</summary>
    public DateTimeOffset From => _from;

    /// <summary>End of what is on screen, UTC.</summary>
    public DateTimeOffset To => _to;

    /// <summary>Lanes on screen that are held, from the top.</summary>
    public IEnumerable<Lane> OnScreen => Visible(0).Select(id => _lanes.Find(id)).OfType<Lane>();

    /// <summary>Nodes on screen, from the top.</summary>
    public IReadOnlyList<string> NodesOnScreen => [.. Visible(0)];

    /// <summary>Shows other rows, or other filters on the bars.</summary>
    public void Show(IReadOnlyList<LaneRow> rows, ExecutionQuery query)
    {
        _orderIsNew |= !ReferenceEquals(rows, _rows) && (rows.Count > FewRows || !rows.SequenceEqual(_rows));
        _redraw |= !query.Equals(_query);
        (_rows, _query) = (rows, query);
    }

    /// <summary>Notes what is on screen, within <see cref="MostRows"/> and the longest range there is.</summary>
    public void See(int first, int last, DateTimeOffset from, DateTimeOffset to)
    {
        _first = Math.Clamp(first, 0, Math.Max(0, _rows.Count - 1));
        _last = Math.Min(last, _first + MostRows - 1);
        (_from, _to) = (to - from > TimelineRange.Longest ? to - TimelineRange.Longest : from, to);
    }

    /// <summary>Whether an execution is one of a lane held, or of the fleet.</summary>
    public bool Knows(string executionId) => _lanes.HasExecution(executionId) || replica.Store.FindExecution(executionId) is not null;

    /// <summary>What the browser must be told of rows and filters; null when nothing.</summary>
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

    /// <summary>Asks for what is on screen and not held; null when all is there. Does not throw for a feed that fails: see <see cref="Problem"/>.</summary>
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
        // What came while the answer was on its way is taken in first, by the lanes held so far.
        var patches = Came();
        // Whatever the answer holds, what was asked is answered by it: a lane that is not in it is empty.
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

    /// <summary>All lanes are to be asked for anew: nobody watched for a while, and the control plane may tell what was missed.</summary>
    public void AskAgain()
    {
        _filling.UnionWith(_lanes.NodeIds);
        _askAgainAt = time.GetUtcNow();
    }

    /// <summary>Takes in what came since the last look and says what changed on held lanes; null when nothing did.</summary>
    public TimelineUpdate? Follow() => Came() is { } patches ? _writer.Sealed(new TimelineUpdate { Patches = patches }) : null;

    /// <summary>How the nodes of groups on screen stand, where that moved; null when nowhere. Cheap to ask with every change.</summary>
    public TimelineUpdate? Standings() =>
        !_orderIsNew && _groups?.Moved(_rows, Math.Max(0, _first), Math.Min(_last, _rows.Count - 1)) is { } moved ? _writer.Sealed(new TimelineUpdate { Groups = moved }) : null;

    private List<LaneWire>? Came()
    {
        _came.Clear();
        if (!replica.Tail.Take(ref _place, _came))
        {
            // What was missed nobody can say: everything on screen is asked for again.
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

    /// <summary>The marks within what is on screen, and half as much again on either side; null when they are what the browser was told last.</summary>
    public TimelineUpdate? Marks(Operations.OperationLog operations)
    {
        var (found, inRange) = TimelineMarks.Of(replica.Store, operations, _query, _from, _to, (_to - _from) / 2);
        var marks = _writer.Marks(found, inRange);
        if (_marks is { } told && told.InRange == inRange && told.Marks.SequenceEqual(marks.Marks)) return null;
        _marks = marks;
        return _writer.Sealed(new TimelineUpdate { Marks = marks });
    }

    /// <summary>Asks for the strip over the lanes on screen; null when it cannot be had: it is left as it is.</summary>
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

    /// <summary>Whether the browser holds whole lanes for all that is on screen.</summary>
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

    // Held, reaching over what is on screen, and not cut short where a closer look would show more.
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

    // A state is asked of all that is shown of a bar, everything else of the execution as it is now.
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
