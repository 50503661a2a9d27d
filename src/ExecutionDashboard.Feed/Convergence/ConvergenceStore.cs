using System.Data.Common;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Storage.Convergence;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Convergence;

/// <summary>
/// Measures convergence from the log, a slice at a time behind its writer, and keeps hourly histograms in the database, so that a view of 30 days reads some hundred small rows. Safe for any thread.
/// </summary>
/// <param name="feed">The log.</param>
/// <param name="mirror">Has the jobs' specs.</param>
/// <param name="ring">Has the newest number.</param>
/// <param name="options">The objective.</param>
/// <param name="metrics">Takes what was measured.</param>
/// <param name="time">The clock.</param>
/// <param name="slice">Most changes of a step.</param>
internal sealed class ConvergenceStore(FeedLog feed, FleetMirror mirror, ChangeRing ring, ConvergenceOptions options, FeedMetrics metrics, TimeProvider time, int slice = ConvergenceStore.Slice) : IDisposable
{
    private const int Slice = 5_000;
    // Of fewer changes one alone would be a problem.
    private const int LeastJudged = 10;
    private static readonly TimeSpan[] Spans = [TimeSpan.FromHours(24), TimeSpan.FromDays(7), TimeSpan.FromDays(30)];
    private static readonly TimeSpan Kept = Spans[^1] + TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private ConvergenceTables? _tables;
    private Dictionary<long, OpenConvergence> _open = [];
    private Dictionary<string, DateTimeOffset> _burningSince = new(StringComparer.Ordinal);
    private long _upTo;

    /// <summary>Counts the next slice of the log. Gives whether there is more.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing of it was counted, and is the next time.</exception>
    public bool Step()
    {
        if (!feed.IsReady) return false;
        lock (_gate)
        {
            if (_tables is null)
            {
                var tables = ConvergenceTables.Open(feed.Log.Database);
                (_open, _upTo, _tables) = (tables.ReadOpen(), tables.UpTo, tables);
            }
            var end = ring.End.Sequence;
            if (_upTo >= end) return false;
            var to = Math.Min(end, _upTo + slice);
            using var session = feed.Reader.Open();
            var changes = ConvergenceTables.Changes(session, _upTo, to);
            var fold = new ConvergenceFold(feed.Reader.TextOf, _open);
            var (within, late) = (0L, 0L);
            foreach (var change in changes)
            {
                if (fold.Add(change) is not { } took) continue;
                if (took <= ObjectiveOf(feed.Reader.TextOf(change.Job))) within++;
                else late++;
            }
            try
            {
                _tables.Store(to, changes.Count > 0 ? feed.Reader.KnownSince() : null, fold.Counts, fold.Touched, _open);
            }
            catch (DbException)
            {
                // Memory is ahead of what is stored, which is read again.
                _tables.Dispose();
                _tables = null;
                throw;
            }
            _upTo = to;
            metrics.Converged(within, late, fold.Counts.Where(counts => counts.Key.Job == 0).Sum(counts => counts.Value.Missed));
            return to < end;
        }
    }

    /// <summary>
    /// The jobs that burn an objective which somebody set: fewer than the target are within it over the last 24 hours, and in this hour and the one before as well, so that it ends soon after its cause.
    /// </summary>
    public IReadOnlyList<BurningObjective> Burning()
    {
        if (!feed.IsReady) return [];
        var now = time.GetUtcNow();
        Dictionary<long, List<DateTimeOffset>> open;
        lock (_gate)
        {
            if (_tables is null) return [];
            open = _open.Values.GroupBy(running => running.Job).ToDictionary(job => job.Key, job => job.Select(running => running.Since).ToList());
        }
        var found = new List<BurningObjective>();
        using var session = feed.Reader.Open();
        foreach (var job in mirror.Jobs.All().Select(known => known.Value))
        {
            var objective = ObjectiveOf(job.Id);
            if (!options.IsSet && OwnObjectiveOf(job.Id) is null) continue;
            if (KeyOf(session, job.Id) is not (> 0 and var key)) continue;
            var hours = ConvergenceTables.Read(session, key, (now - Spans[0]).UtcTicks / TimeSpan.TicksPerHour + 1);
            var late = open.TryGetValue(key, out var running) ? running.Count(since => now - since > objective) : 0;
            var (day, recent) = (WindowOf(Spans[0], hours, 0, objective, late), WindowOf(Spans[0], hours, now.UtcTicks / TimeSpan.TicksPerHour - 1, objective, late));
            var judged = day.Converged + day.Missed + day.Late;
            if (judged < LeastJudged || !(day.Share < options.Target) || !(recent.Share < options.Target)) continue;
            found.Add(new(job.Id, objective, options.Target, judged, day.Within, day.Late, _burningSince.TryGetValue(job.Id, out var since) ? since : now));
        }
        _burningSince = found.ToDictionary(job => job.JobId, job => job.Since, StringComparer.Ordinal);
        return found;
    }

    /// <summary>Reads what is stored again at the next step, since another feed may have written it.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _tables?.Dispose();
            _tables = null;
        }
    }

    /// <summary>Deletes hours that no window has.</summary>
    public void Prune()
    {
        lock (_gate) _tables?.Prune((time.GetUtcNow() - Kept).UtcTicks / TimeSpan.TicksPerHour);
    }

    /// <summary>The report of a job, or of the fleet; null while the feed starts.</summary>
    /// <param name="jobId">The job; empty for the fleet.</param>
    public ConvergenceReport? Of(string jobId)
    {
        if (!feed.IsReady) return null;
        var now = time.GetUtcNow();
        using var session = feed.Reader.Open();
        List<OpenConvergence>? open;
        lock (_gate) open = _tables is null ? null : [.. _open.Values];
        // A feed that stands by counts nothing, and reads what the leader has stored.
        open ??= [.. ConvergenceTables.OpenIn(session).Values];
        var since = ConvergenceTables.SinceIn(session);
        var key = jobId.Length == 0 ? 0 : KeyOf(session, jobId);
        var objective = ObjectiveOf(jobId);
        if (jobId.Length > 0) open.RemoveAll(running => running.Job != key || key == 0);
        var late = open.Count(running => now - running.Since > objective);
        var hours = jobId.Length > 0 && key == 0 ? [] : ConvergenceTables.Read(session, key, (now - Spans[^1]).UtcTicks / TimeSpan.TicksPerHour + 1);
        return new()
        {
            JobId = jobId, Objective = objective, Target = options.Target, KnownSince = since, Open = open.Count, OpenLate = late, OldestOpen = open.Count > 0 ? open.Min(running => running.Since) : null,
            Gaps = feed.Log.Gaps.Within(now - Spans[^1], now),
            Windows = [.. Spans.Select(span => WindowOf(span, hours, (now - span).UtcTicks / TimeSpan.TicksPerHour + 1, objective, late))],
        };
    }

    public void Dispose()
    {
        lock (_gate) _tables?.Dispose();
    }

    private static ConvergenceWindow WindowOf(TimeSpan span, IReadOnlyList<(long Hour, ConvergenceHistogram Counts)> hours, long since, TimeSpan objective, long late)
    {
        var all = new ConvergenceHistogram();
        foreach (var (hour, counts) in hours)
            if (hour >= since) all.Add(counts);
        return new(span, all.Count, all.Missed, all.Within(objective), all.Quantile(0.5), all.Quantile(0.95), late);
    }

    private TimeSpan ObjectiveOf(string jobId) => OwnObjectiveOf(jobId) ?? options.Objective;

    private TimeSpan? OwnObjectiveOf(string jobId) =>
        jobId.Length > 0 && mirror.Jobs.Find(jobId) is { SpecHash.Length: > 0 } job && mirror.Specs.Find(job.SpecHash) is { } spec ? ConvergenceOptions.OfMeta(spec.Meta.GetValueOrDefault(ConvergenceReport.ObjectiveKey)) : null;

    private static long KeyOf(Storage.Session session, string text)
    {
        using var row = session.Prepare("SELECT key FROM texts WHERE text = ?");
        return row.Bind(1, text).Read() ? row.Long(0) : 0;
    }
}
