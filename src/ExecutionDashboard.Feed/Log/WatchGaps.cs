using ExecutionDashboard.Fleet.Timelines;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Feed.Log;

/// <summary>
/// When nobody watched: the feed did not run, the control plane did not answer, or the log could not be written. What changed then is known from
/// its end only. One writer; any number of readers without a lock.
/// </summary>
internal sealed class WatchGaps
{
    private const string WatchedName = "watched";
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(5);

    private readonly SqliteConnection _connection;
    private volatile WatchGap[] _gaps;
    private DateTimeOffset? _watched;
    private DateTimeOffset _noted;

    public WatchGaps(SqliteConnection connection)
    {
        _connection = connection;
        var gaps = new List<WatchGap>();
        using (var stored = new Statement(connection, "SELECT since, until FROM gaps ORDER BY since"))
            while (stored.Read()) gaps.Add(new WatchGap(Time(stored.Long(0)), Time(stored.Long(1))));
        _gaps = [.. gaps];
        // A log of before this was noted has its last change.
        var last = LogSchema.Scalar(connection, "SELECT seen FROM events ORDER BY seq DESC LIMIT 1") as long? ?? 0;
        var noted = LogTimes.Meta(connection, WatchedName);
        if (Math.Max(last, noted) is var until and > 0) _watched = Time(until);
    }

    /// <summary>Notes that all there was to see has been seen and stored; when that was not so for longer than usual, a gap.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="usual">How far apart this is noted at most while all is well.</param>
    /// <exception cref="SqliteException">It could not be noted, and is the next time.</exception>
    public void Watched(DateTimeOffset now, TimeSpan usual)
    {
        if (_watched is { } until && now - until > usual)
        {
            LogSchema.Execute(_connection, FormattableString.Invariant($"INSERT OR REPLACE INTO gaps(since, until) VALUES({until.UtcTicks}, {now.UtcTicks})"));
            _gaps = [.. _gaps.Where(g => g.From < until), new WatchGap(until, now)];
            _noted = DateTimeOffset.MinValue;
        }
        if (now - _noted >= NoteEvery || now < _noted)
        {
            LogSchema.SetMeta(_connection, WatchedName, now.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
            _noted = now;
        }
        _watched = now;
    }

    /// <summary>Forgets gaps that ended before a horizon.</summary>
    public void Forget(DateTimeOffset horizon)
    {
        if (_gaps is not [var first, ..] || first.To >= horizon) return;
        LogSchema.Execute(_connection, FormattableString.Invariant($"DELETE FROM gaps WHERE until < {horizon.UtcTicks}"));
        _gaps = [.. _gaps.Where(g => g.To >= horizon)];
    }

    /// <summary>The gaps that lie at least partly within a range, by time.</summary>
    public IReadOnlyList<WatchGap> Within(DateTimeOffset from, DateTimeOffset to) => [.. _gaps.Where(g => g.To > from && g.From < to)];

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
