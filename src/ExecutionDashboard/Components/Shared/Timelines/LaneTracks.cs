namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// Puts the bars of a lane on tracks so that those of one time do not cover each other. A bar follows its predecessor, else its job, onto their track; what
/// has ended keeps none. Past <see cref="Most"/> tracks bars share the last one. A bar that comes or ends costs the same however many there are.
/// </summary>
public sealed class LaneTracks
{
    /// <summary>Most tracks of a lane.</summary>
    public const int Most = 12;
    private const int Roomy = 4;

    private readonly List<Track> _tracks = [];
    private readonly Dictionary<string, int> _ofExecution = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ofJob = new(StringComparer.Ordinal);

    private LaneTracks()
    {
    }

    /// <summary>How many there are, at least 1.</summary>
    public int Count => Math.Max(1, _tracks.Count);

    /// <summary>Lays bars, given by their start.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="before">Bars of the same lane laid before: who was on a track stays there where it is free.</param>
    public static LaneTracks Lay(IReadOnlyList<LaneBar> bars, IEnumerable<LaneBar>? before = null)
    {
        var kept = before?.GroupBy(b => b.ExecutionId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Track, StringComparer.Ordinal);
        var tracks = new LaneTracks();
        foreach (var bar in bars) tracks.Put(bar, kept is not null && kept.TryGetValue(bar.ExecutionId, out var track) ? track : -1);
        return tracks;
    }

    /// <summary>Puts a bar that comes after the others on its track.</summary>
    public void Add(LaneBar bar) => Put(bar, -1);

    /// <summary>Notes that a bar ended, or lives again.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="endedBefore">When it had ended before.</param>
    public void Moved(LaneBar bar, DateTimeOffset? endedBefore)
    {
        if (endedBefore == bar.EndedAt) return;
        var track = _tracks[bar.Track];
        if (endedBefore is null) track.Living--;
        Take(track, bar);
    }

    private void Put(LaneBar bar, int wished)
    {
        bar.Track = Place(bar, wished);
        while (_tracks.Count <= bar.Track) _tracks.Add(new());
        Take(_tracks[bar.Track], bar);
        _ofExecution[bar.ExecutionId] = bar.Track;
        _ofJob[bar.JobId] = bar.Track;
    }

    private static void Take(Track track, LaneBar bar)
    {
        if (bar.EndedAt is not { } end) track.Living++;
        else if (end > track.Until) track.Until = end;
    }

    private int Place(LaneBar bar, int wished)
    {
        if (IsFree(wished, bar)) return wished;
        if (bar.PreviousId.Length > 0 && _ofExecution.TryGetValue(bar.PreviousId, out var track) && IsFree(track, bar)) return track;
        if (_ofJob.TryGetValue(bar.JobId, out track) && IsFree(track, bar)) return track;
        // Jobs keep apart while there is room.
        if (_tracks.Count < Roomy) return _tracks.Count;
        for (track = 0; track < _tracks.Count; track++)
            if (IsFree(track, bar)) return track;
        return Math.Min(_tracks.Count, Most - 1);
    }

    private bool IsFree(int track, LaneBar bar) => track >= 0 && track < Most && (track >= _tracks.Count || _tracks[track] is { Living: 0 } free && free.Until <= bar.From);

    private sealed class Track
    {
        public int Living { get; set; }
        public DateTimeOffset Until { get; set; } = DateTimeOffset.MinValue;
    }
}
