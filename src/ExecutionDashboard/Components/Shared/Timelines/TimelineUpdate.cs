namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// What the browser is told at once: compact arrays, read by <c>js/timeline.js</c>. Moments are milliseconds since the Unix epoch, texts that come again
/// and again are numbers of <see cref="Words"/>, what is null has not changed.
/// </summary>
public sealed record TimelineUpdate
{
    /// <summary>Words that are new since the last update; their numbers go on from the last.</summary>
    public IReadOnlyList<string>? Words { get; set; }
    /// <summary>Rows in all, when the order changed: what was told of rows before is void.</summary>
    public int? Rows { get; init; }
    /// <summary>Rows on screen, four numbers each: row, lane's key (-1: head of a group), word of its name, count of the group.</summary>
    public IReadOnlyList<int>? Heads { get; init; }
    /// <summary>Of rows that are heads: how their groups stand.</summary>
    public IReadOnlyList<GroupWire>? Groups { get; init; }
    /// <summary>Lanes, whole.</summary>
    public IReadOnlyList<LaneWire>? Lanes { get; init; }
    /// <summary>Of lanes told before: bars that changed, and the connection when that did.</summary>
    public IReadOnlyList<LaneWire>? Patches { get; init; }
    /// <summary>Keys of lanes that are not kept up to date any more.</summary>
    public IReadOnlyList<int>? Drop { get; init; }
    /// <summary>The marks on the time axis, all of them.</summary>
    public MarksWire? Marks { get; init; }
    /// <summary>The strip.</summary>
    public OverviewWire? Overview { get; init; }
    /// <summary>The log knows nothing from before.</summary>
    public double? KnownSince { get; init; }
    /// <summary>When nobody watched: starts and ends by turns; null when nothing is new.</summary>
    public IReadOnlyList<double>? Gaps { get; init; }
    /// <summary>Lanes are on their way.</summary>
    public bool? Loading { get; init; }
}

/// <summary>How a group stands.</summary>
/// <param name="Row">Row of its head.</param>
/// <param name="Folded">Its lanes are left out.</param>
/// <param name="States">Word of a state and how many nodes have it as their worst, by turns, the worst first.</param>
public sealed record GroupWire(int Row, bool Folded, IReadOnlyList<int> States);

/// <summary>A lane, or what changed of it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="From">Start of what is known of it.</param>
/// <param name="To">End; -1 when it goes on with the present.</param>
/// <param name="Left">Bars and states left out.</param>
/// <param name="Tracks">Tracks.</param>
/// <param name="Link">Connection: word of the state and its start, by turns; null when unchanged.</param>
/// <param name="Ids">Execution and its predecessor (or empty), by turns: two for each bar.</param>
/// <param name="Bars">For each bar: job's word, version, deployment's word (-1: none), track, 1 when dimmed, number of states, then word and start of each state, then its end (-1: none).</param>
public sealed record LaneWire(int Key, double From, double To, int Left, int Tracks, IReadOnlyList<double>? Link, IReadOnlyList<string> Ids, IReadOnlyList<double> Bars);

/// <summary>Marks on the time axis.</summary>
/// <param name="Marks">For each mark: 1 for an operator's, plus 2 when it needs a person; its start; its end (-1: it goes on); words of its name, its state and where it leads.</param>
/// <param name="InRange">Marks on screen in all: more than were sent when there are too many.</param>
public sealed record MarksWire(IReadOnlyList<double> Marks, int InRange);

/// <summary>The strip: counts by state.</summary>
/// <param name="From">Start.</param>
/// <param name="To">End.</param>
/// <param name="States">Words of the states.</param>
/// <param name="Counts">Their counts, stretch by stretch.</param>
public sealed record OverviewWire(double From, double To, IReadOnlyList<int> States, IReadOnlyList<int[]> Counts);
