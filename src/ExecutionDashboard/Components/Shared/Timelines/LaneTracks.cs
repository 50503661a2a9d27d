namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// Assigns the bars of a lane to tracks, so that bars that overlap in time do not cover each other. A bar follows its predecessor, or else its job, onto their track;
/// ended bars free theirs. Beyond <see cref="Most"/> tracks bars share the last one. The cost of a change does not depend on the number of bars.
/// </summary>
public sealed class LaneTracks
{
    /// <summary>Most tracks.</summary>
    public const int Most = 12;
    private const int Roomy = 4;

    private readonly List<Track> _tracks = [];
    private readonly Dictionary<string, int> _ofExecution = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ofJob = new(StringComparer.Ordinal);

    private LaneTracks()
    {
    }

    /// <summary>Number of tracks, at least 1.</summary>
    public int Count => Math.Max(1, _tracks.Count);

    /// <summary>Assigns bars that are sorted by start.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="before">Bars of the same lane that were assigned before and keep their track if possible.</param>
    public static LaneTracks Lay(IReadOnlyList<LaneBar> bars, IEnumerable<LaneBar>? before = null)
    {
        var kept = before?.GroupBy(b => b.ExecutionId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Track, StringComparer.Ordinal);
        var tracks = new LaneTracks();
        foreach (var bar in bars) tracks.Put(bar, kept is not null && kept.TryGetValue(bar.ExecutionId, out var track) ? track : -1);
        return tracks;
    }

    /// <summary>Assigns a bar that starts after the others.</summary>
    public void Add(LaneBar bar) => Put(bar, -1);

    /// <summary>Updates a bar that ended, or lives again.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="endedBefore">When it had ended before the change.</param>
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
        // Different jobs have different tracks while there is room.
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
