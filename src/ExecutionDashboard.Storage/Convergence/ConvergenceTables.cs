using System.Globalization;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Storage.Convergence;

/// <summary>A change of an execution, with its desired state before; texts by their keys.</summary>
internal readonly record struct DesiredChange(long Sequence, long Entity, long Old, long New, long DesiredBefore, long Desired, long Job, DateTimeOffset At, bool Replaced);

/// <summary>An execution that has not reached its desired state.</summary>
/// <param name="Job">The job.</param>
/// <param name="Since">Since when it is desired, UTC.</param>
internal readonly record struct OpenConvergence(long Job, DateTimeOffset Since);

/// <summary>Hourly histograms of convergence and the executions whose clock runs, with the number of the last change that they have. On a session of its own; one caller at a time.</summary>
internal sealed class ConvergenceTables : IDisposable
{
    private const string UpToName = "convergence_to", SinceName = "convergence_since";

    private readonly Session _session;

    private ConvergenceTables(Session session) => _session = session;

    /// <summary>Opens them.</summary>
    public static ConvergenceTables Open(Database database) => new(database.OpenSession());

    /// <summary>Number of the last change that was counted; 0 before the first.</summary>
    public long UpTo => _session.MetaNumber(UpToName);

    /// <summary>When the log began, when the first change was counted, UTC; null before it.</summary>
    public DateTimeOffset? Since => SinceIn(_session);

    /// <summary><see cref="Since"/>, for one that only reads.</summary>
    public static DateTimeOffset? SinceIn(Session session) => session.MetaNumber(SinceName) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>All executions whose clock runs, by key.</summary>
    public Dictionary<long, OpenConvergence> ReadOpen() => OpenIn(_session);

    /// <summary><see cref="ReadOpen"/>, for one that only reads.</summary>
    public static Dictionary<long, OpenConvergence> OpenIn(Session session)
    {
        var open = new Dictionary<long, OpenConvergence>();
        using var rows = session.Prepare("SELECT entity, job, since FROM convergence_open");
        while (rows.Read()) open[rows.Long(0)] = new(rows.Long(1), new DateTimeOffset(rows.Long(2), TimeSpan.Zero));
        return open;
    }

    /// <summary>Stores what a slice of the log added, all or none.</summary>
    /// <param name="upTo">The last change of it.</param>
    /// <param name="since">When the log began; null while nothing was counted. The first value stays.</param>
    /// <param name="counts">What to add, by job and hour.</param>
    /// <param name="touched">Executions whose clock started or ended.</param>
    /// <param name="open">The executions whose clock runs.</param>
    /// <exception cref="System.Data.Common.DbException">Nothing of it was stored.</exception>
    public void Store(long upTo, DateTimeOffset? since, IReadOnlyDictionary<(long Job, long Hour), ConvergenceHistogram> counts, IReadOnlySet<long> touched, IReadOnlyDictionary<long, OpenConvergence> open)
    {
        using var transaction = _session.Begin();
        using (var read = _session.Prepare("SELECT counts FROM convergence WHERE job = ? AND hour = ?"))
        using (var write = _session.Prepare("INSERT INTO convergence(job, hour, counts) VALUES(?, ?, ?) ON CONFLICT(job, hour) DO UPDATE SET counts = excluded.counts"))
            foreach (var ((job, hour), added) in counts)
            {
                var all = new ConvergenceHistogram();
                all.Add(added);
                if (read.Bind(1, job).Bind(2, hour).Read()) all.Add(ConvergenceHistogram.Unpack(read.Blob(0)));
                read.Reset();
                write.Bind(1, job).Bind(2, hour).Bind(3, all.Pack()).Run();
            }
        using (var write = _session.Prepare("INSERT INTO convergence_open(entity, job, since) VALUES(?, ?, ?) ON CONFLICT(entity) DO UPDATE SET job = excluded.job, since = excluded.since"))
        using (var delete = _session.Prepare("DELETE FROM convergence_open WHERE entity = ?"))
            foreach (var entity in touched)
                if (open.TryGetValue(entity, out var running)) write.Bind(1, entity).Bind(2, running.Job).Bind(3, running.Since.UtcTicks).Run();
                else delete.Bind(1, entity).Run();
        _session.SetMeta(UpToName, upTo.ToString(CultureInfo.InvariantCulture));
        if (since is { } first && Since is null) _session.SetMeta(SinceName, first.UtcTicks.ToString(CultureInfo.InvariantCulture));
        transaction.Commit();
    }

    /// <summary>Deletes hours before one.</summary>
    public void Prune(long hour) => _session.Execute(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM convergence WHERE hour < {hour}"));

    /// <summary>The histograms of a job since an hour, by hour; job 0 is the fleet.</summary>
    public static IReadOnlyList<(long Hour, ConvergenceHistogram Counts)> Read(Session session, long job, long since)
    {
        var found = new List<(long, ConvergenceHistogram)>();
        using var rows = session.Prepare("SELECT hour, counts FROM convergence WHERE job = ? AND hour >= ? ORDER BY hour");
        for (rows.Bind(1, job).Bind(2, since); rows.Read();) found.Add((rows.Long(0), ConvergenceHistogram.Unpack(rows.Blob(1))));
        return found;
    }

    /// <summary>Changes of executions after a number and up to another, oldest first.</summary>
    public static IReadOnlyList<DesiredChange> Changes(Session session, long after, long upTo)
    {
        var found = new List<DesiredChange>();
        using var rows = session.Prepare(
            """
            SELECT e.seq, e.entity, e.old, e.new, coalesce(p.desired, 0), e.desired, e.job, e.at, e.seen, e.replaced
            FROM events e LEFT JOIN events p ON p.seq = e.prev WHERE e.seq > ? AND e.seq <= ? AND e.kind = 0 ORDER BY e.seq
            """);
        for (rows.Bind(1, after).Bind(2, upTo); rows.Read();)
            found.Add(new(rows.Long(0), rows.Long(1), rows.Long(2), rows.Long(3), rows.Long(4), rows.Long(5), rows.Long(6),
                LaneClock.Believed(new DateTimeOffset(rows.Long(7), TimeSpan.Zero), new DateTimeOffset(rows.Long(8), TimeSpan.Zero)), rows.Long(9) != 0));
        return found;
    }

    public void Dispose() => _session.Dispose();
}
