using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>Writes updates for the browser. Remembers the words and keys it has sent, so each browser has its own writer.</summary>
public sealed class TimelineWriter
{
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly List<string> _new = [];
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public static double Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>The index of a word; a new one is sent with the next update.</summary>
    public int Word(string word)
    {
        if (_words.TryGetValue(word, out var number)) return number;
        _words[word] = number = _words.Count;
        _new.Add(word);
        return number;
    }

    /// <summary>The key of a node's lane.</summary>
    public int Key(string nodeId)
    {
        if (!_keys.TryGetValue(nodeId, out var key)) _keys[nodeId] = key = _keys.Count;
        return key;
    }

    /// <summary>Adds the new words to an update.</summary>
    public TimelineUpdate Sealed(TimelineUpdate update)
    {
        if (_new.Count == 0) return update;
        update.Words = [.. _new];
        _new.Clear();
        return update;
    }

    /// <summary>A complete lane, or some bars of it.</summary>
    /// <param name="key">The lane's key.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="bars">The bars to write.</param>
    /// <param name="withConnection">Whether to write the connection.</param>
    /// <param name="jobName">Name of a job.</param>
    public LaneWire Lane(int key, Lane lane, IReadOnlyCollection<LaneBar> bars, bool withConnection, Func<string, string> jobName)
    {
        var ids = new List<string>(bars.Count * 2);
        var numbers = new List<double>(bars.Count * 12);
        foreach (var bar in bars)
        {
            ids.Add(bar.ExecutionId);
            ids.Add(bar.PreviousId);
            numbers.Add(Word(jobName(bar.JobId)));
            numbers.Add(bar.JobVersion);
            numbers.Add(bar.DeploymentId.Length == 0 ? -1 : Word(bar.DeploymentId));
            numbers.Add(bar.Track);
            numbers.Add(bar.IsDimmed ? 1 : 0);
            numbers.Add(bar.Spans.Count);
            Spans(bar.Spans, numbers);
            numbers.Add(bar.Spans[^1].To is { } end ? Time(end) : -1);
        }
        var connection = withConnection ? new List<double>(lane.Connection.Count * 2) : null;
        if (connection is not null) Spans(lane.Connection, connection);
        return new LaneWire(key, Time(lane.From), lane.IsLive ? -1 : Time(lane.To), lane.LeftOut, lane.Tracks, connection, ids, numbers);
    }

    /// <summary>The overview strip.</summary>
    public OverviewWire Overview(TimelineOverview overview) =>
        new(Time(overview.From), Time(overview.To), [.. overview.Series.Select(s => Word(s.State))], [.. overview.Series.Select(s => s.Counts)]);

    /// <summary>The marks on the time axis.</summary>
    /// <param name="marks">The marks.</param>
    /// <param name="inRange">Number of marks on screen.</param>
    public MarksWire Marks(IReadOnlyList<TimelineMark> marks, int inRange)
    {
        var numbers = new List<double>(marks.Count * 6);
        foreach (var mark in marks)
        {
            numbers.Add((mark.IsOperation ? 1 : 0) + (mark.IsBad ? 2 : 0));
            numbers.Add(Time(mark.From));
            numbers.Add(mark.To is { } end ? Time(end) : -1);
            numbers.Add(Word(mark.Name));
            numbers.Add(Word(mark.State));
            numbers.Add(Word(mark.Href));
        }
        return new MarksWire(numbers, inRange);
    }

    private void Spans(IReadOnlyList<StateSpan> spans, List<double> into)
    {
        foreach (var span in spans)
        {
            into.Add(Word(span.State));
            into.Add(Time(span.From));
        }
    }
}
