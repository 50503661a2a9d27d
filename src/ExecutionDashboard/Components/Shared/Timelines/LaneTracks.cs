namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>
/// Puts the bars of a lane on tracks so that those of one time do not cover each other. A bar follows its predecessor, else its job, onto their track; what
/// has ended keeps none. Past <see cref="Most"/> tracks bars share the last one.
/// </summary>
public static class LaneTracks
{
    /// <summary>Most tracks of a lane.</summary>
    public const int Most = 12;
    private const int Roomy = 4;

    /// <summary>Lays bars, given by their start; says how many tracks they take, at least 1.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="before">Bars of the same lane laid before: who was on a track stays there where it is free.</param>
    public static int Lay(IReadOnlyList<LaneBar> bars, IEnumerable<LaneBar>? before = null)
    {
        var kept = before?.GroupBy(b => b.ExecutionId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Track, StringComparer.Ordinal);
        var tracks = new Busy();
        foreach (var bar in bars)
        {
            bar.Track = tracks.Place(bar, kept is not null && kept.TryGetValue(bar.ExecutionId, out var track) ? track : -1);
            tracks.Take(bar);
        }
        return Math.Max(1, tracks.Count);
    }

    /// <summary>The track for a bar that comes after others.</summary>
    public static int Free(IReadOnlyList<LaneBar> bars, LaneBar next)
    {
        var tracks = new Busy();
        foreach (var bar in bars) tracks.Take(bar);
        return tracks.Place(next, -1);
    }

    private sealed class Busy
    {
        private readonly List<DateTimeOffset> _until = [];
        private readonly Dictionary<string, int> _ofExecution = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _ofJob = new(StringComparer.Ordinal);

        public int Count => _until.Count;

        public int Place(LaneBar bar, int wished)
        {
            if (IsFree(wished, bar)) return wished;
            if (bar.PreviousId.Length > 0 && _ofExecution.TryGetValue(bar.PreviousId, out var track) && IsFree(track, bar)) return track;
            if (_ofJob.TryGetValue(bar.JobId, out track) && IsFree(track, bar)) return track;
            // Jobs keep apart while there is room.
            if (_until.Count < Roomy) return _until.Count;
            for (track = 0; track < _until.Count; track++)
                if (IsFree(track, bar)) return track;
            return Math.Min(_until.Count, Most - 1);
        }

        public void Take(LaneBar bar)
        {
            while (_until.Count <= bar.Track) _until.Add(DateTimeOffset.MinValue);
            var end = bar.EndedAt ?? DateTimeOffset.MaxValue;
            if (end > _until[bar.Track]) _until[bar.Track] = end;
            _ofExecution[bar.ExecutionId] = bar.Track;
            _ofJob[bar.JobId] = bar.Track;
        }

        private bool IsFree(int track, LaneBar bar) => track >= 0 && track < Most && (track >= _until.Count || _until[track] <= bar.From);
    }
}
