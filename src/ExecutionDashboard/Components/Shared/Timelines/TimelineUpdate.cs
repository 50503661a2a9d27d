namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// An update for the browser as compact arrays, read by <c>js/timeline.js</c>. Times are milliseconds since the Unix epoch, repeated texts are indexes of
/// <see cref="Words"/>, null means unchanged.
/// </summary>
public sealed record TimelineUpdate
{
    /// <summary>New words since the last update; their indexes continue.</summary>
    public IReadOnlyList<string>? Words { get; set; }
    /// <summary>Number of rows, when the order changed; all rows sent before are void.</summary>
    public int? Rows { get; init; }
    /// <summary>Visible rows, four numbers each: row, lane's key (-1 for a heading), word of its name, number of lanes of the group.</summary>
    public IReadOnlyList<int>? Heads { get; init; }
    /// <summary>States of the groups of visible headings.</summary>
    public IReadOnlyList<GroupWire>? Groups { get; init; }
    /// <summary>Complete lanes.</summary>
    public IReadOnlyList<LaneWire>? Lanes { get; init; }
    /// <summary>For lanes sent before: changed bars, and the connection if it changed.</summary>
    public IReadOnlyList<LaneWire>? Patches { get; init; }
    /// <summary>Keys of lanes that get no more updates.</summary>
    public IReadOnlyList<int>? Drop { get; init; }
    /// <summary>All marks on the time axis.</summary>
    public MarksWire? Marks { get; init; }
    /// <summary>The overview strip.</summary>
    public OverviewWire? Overview { get; init; }
    /// <summary>Start of the change log.</summary>
    public double? KnownSince { get; init; }
    /// <summary>Gaps of the feed: starts and ends in turn; null without new ones.</summary>
    public IReadOnlyList<double>? Gaps { get; init; }
    /// <summary>Whether lanes are loading.</summary>
    public bool? Loading { get; init; }
}

/// <summary>The state of a group.</summary>
/// <param name="Row">Row of its heading.</param>
/// <param name="Folded">Whether it is folded.</param>
/// <param name="States">Word of a state and number of nodes with it, in turn, worst first.</param>
public sealed record GroupWire(int Row, bool Folded, IReadOnlyList<int> States);

/// <summary>A lane, or its changes.</summary>
/// <param name="Key">Its key.</param>
/// <param name="From">Start of its data.</param>
/// <param name="To">End of its data; -1 when it continues.</param>
/// <param name="Left">Number of bars and states left out.</param>
/// <param name="Tracks">Number of tracks.</param>
/// <param name="Link">Connection: word of the state and its start, in turn; null when unchanged.</param>
/// <param name="Ids">Execution and its predecessor (or empty), in turn: two for each bar.</param>
/// <param name="Bars">
/// For each bar: job's word, version, deployment's word (-1 for none), track, 1 when dimmed, number of states, then word and start of each state, then its end (-1
/// for none).
/// </param>
public sealed record LaneWire(int Key, double From, double To, int Left, int Tracks, IReadOnlyList<double>? Link, IReadOnlyList<string> Ids, IReadOnlyList<double> Bars);

/// <summary>Marks on the time axis.</summary>
/// <param name="Marks">
/// For each mark: 1 for a command, plus 2 when it needs an operator; its start; its end (-1 while it lasts); words of its name, its state and its address.
/// </param>
/// <param name="InRange">Number of marks on screen, which may be more than were sent.</param>
public sealed record MarksWire(IReadOnlyList<double> Marks, int InRange);

/// <summary>The overview strip: counts by state.</summary>
/// <param name="From">Start.</param>
/// <param name="To">End.</param>
/// <param name="States">Words of the states.</param>
/// <param name="Counts">Their counts, interval by interval.</param>
public sealed record OverviewWire(double From, double To, IReadOnlyList<int> States, IReadOnlyList<int[]> Counts);
