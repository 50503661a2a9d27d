using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Storage.Log;

/// <summary>
/// Times when the feed did not watch: it was not running, the control plane did not reply, or the log could not be written. Only the result of changes in a gap is
/// known. One writer; any number of readers without a lock.
/// </summary>
internal sealed class WatchGaps
{
    private const string WatchedName = "watched";
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(5);

    private readonly Session _session;
    private volatile WatchGap[] _gaps;
    private DateTimeOffset? _watched;
    private DateTimeOffset _noted;

    public WatchGaps(Session session)
    {
        _session = session;
        var gaps = new List<WatchGap>();
        using (var stored = session.Prepare("SELECT since, until FROM gaps ORDER BY since"))
            while (stored.Read()) gaps.Add(new WatchGap(Time(stored.Long(0)), Time(stored.Long(1))));
        _gaps = [.. gaps];
        // Older logs do not have the value, so the last change is used.
        var last = session.Number("SELECT seen FROM events ORDER BY seq DESC LIMIT 1") ?? 0;
        var noted = session.MetaNumber(WatchedName);
        if (Math.Max(last, noted) is var until and > 0) _watched = Time(until);
    }

    /// <summary>When everything was last seen and stored, UTC; null when it never was.</summary>
    public DateTimeOffset? WatchedAt => _watched;

    /// <summary>Records that everything up to now was seen and stored; adds a gap when the last record is older than usual.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="usual">Usual time between two records.</param>
    /// <exception cref="System.Data.Common.DbException">Nothing was recorded; the next call does it.</exception>
    public void Watched(DateTimeOffset now, TimeSpan usual)
    {
        if (_watched is { } until && now - until > usual)
        {
            _session.Execute(FormattableString.Invariant($"INSERT INTO gaps(since, until) VALUES({until.UtcTicks}, {now.UtcTicks}) ON CONFLICT(since) DO UPDATE SET until = excluded.until"));
            _gaps = [.. _gaps.Where(g => g.From < until), new WatchGap(until, now)];
            _noted = DateTimeOffset.MinValue;
        }
        if (now - _noted >= NoteEvery || now < _noted)
        {
            _session.SetMeta(WatchedName, now.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
            _noted = now;
        }
        _watched = now;
    }

    /// <summary>Removes gaps that ended before a horizon.</summary>
    public void Forget(DateTimeOffset horizon)
    {
        if (_gaps is not [var first, ..] || first.To >= horizon) return;
        _session.Execute(FormattableString.Invariant($"DELETE FROM gaps WHERE until < {horizon.UtcTicks}"));
        _gaps = [.. _gaps.Where(g => g.To >= horizon)];
    }

    /// <summary>The gaps that overlap a range, by time.</summary>
    public IReadOnlyList<WatchGap> Within(DateTimeOffset from, DateTimeOffset to) => [.. _gaps.Where(g => g.To > from && g.From < to)];

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
