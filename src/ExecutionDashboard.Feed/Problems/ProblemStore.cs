using System.Threading.Channels;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Problems;

namespace ExecutionDashboard.Feed.Problems;

/// <summary>
/// The problems that dashboards found, with what people said of them: the open ones in memory, all of them in the database. What cannot be stored did not happen. Safe for any
/// thread.
/// </summary>
internal sealed class ProblemStore(StatusBoard board, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    // A problem that grows a little every second makes a row a minute, not one a second.
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _open = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(string Id, long Key), DateTimeOffset> _ends = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _opened = new(StringComparer.Ordinal);
    private readonly List<Channel<Occurrence>> _followers = [];
    private ReporterLease _lease = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProblemTables? _tables;
    private string _logId = "";
    private long _version;

    /// <summary>Completes when the problems are loaded.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The first time that problems were kept, UTC.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>What happened to problems before is not known any more, or never was, UTC.</summary>
    /// <param name="horizon">What ended before is deleted.</param>
    public DateTimeOffset KnownSince(DateTimeOffset horizon) => horizon > Since ? horizon : Since;

    /// <summary>An acknowledgement was given that may end before those there were.</summary>
    public ChangeSignal Acknowledged { get; } = new();

    /// <summary>Loads what is open; again when this feed leads again.</summary>
    public void Load(Database database, string logId)
    {
        lock (_gate)
        {
            _tables?.Dispose();
            _open.Clear();
            _opened.Clear();
            _ends.Clear();
            _lease = new();
            var tables = _tables = ProblemTables.Open(database);
            var now = time.GetUtcNow();
            (_logId, Since, _version) = (logId, tables.Since(now), tables.LastEvent());
            foreach (var (id, at) in tables.OpenedSince(now - Day)) OpenedOf(id).Add(at);
            foreach (var occurrence in tables.ReadOpen())
            {
                _open[occurrence.Id] = new Held(occurrence with { Record = occurrence.Record with { OpenedToday = OpenedToday(occurrence, now) } }, now);
                if (occurrence.Record.Acknowledgement?.Until is { } until) _ends.Enqueue((occurrence.Id, occurrence.Key), until);
            }
        }
        Tell();
        _ready.TrySetResult();
    }

    /// <summary>Takes a report. Gives why it does not count; null when it does.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing of it was stored.</exception>
    public string? Report(ProblemReport report)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (report.LogId.Length > 0 && report.LogId != _logId) return "The report is of another change log.";
            if (_lease.Refuse(report.Reporter, report.Sequence, now) is { } refusal) return refusal;
            Store(Changes(report.Open, now), now);
            _lease.Take(report.Reporter, report.Sequence, now);
            // What was not worth a row is shown as it is now all the same.
            foreach (var problem in report.Open)
                if (_open.TryGetValue(problem.Id, out var held) && !ReferenceEquals(held.Occurrence.Problem, problem))
                    held.Occurrence = held.Occurrence with { Record = held.Occurrence.Record with { Problem = problem } };
        }
        Tell();
        return null;
    }

    /// <summary>The open problems, worst first.</summary>
    public ProblemList Open()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return new ProblemList(_version, _lease.ReportedAt,
                [.. _open.Values.Select(h => h.Occurrence.Record with { OpenedToday = OpenedToday(h.Occurrence, now) }).OrderByDescending(r => r.Problem.Severity).ThenBy(r => r.OpenedAt).ThenBy(r => r.Problem.Id, StringComparer.Ordinal)]);
        }
    }

    /// <summary>Somebody takes care of a problem. False when it is not open.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not stored.</exception>
    public bool Acknowledge(string id, string by, DateTimeOffset? until) => Say(id, (held, now) =>
    {
        var record = held.Occurrence.Record with { Acknowledgement = new Acknowledgement(by, now, until) };
        return new Change(held.Occurrence with { Record = record, AcknowledgedAt = ProblemWeight.Of(record.Problem) }, ProblemEventKind.Acknowledged, by);
    });

    /// <summary>Nobody takes care of a problem any more. False when it is not open, or nobody did.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not stored.</exception>
    public bool Unacknowledge(string id, string by) => Say(id, (held, _) => held.Occurrence.Record.Acknowledgement is null ? null : Unacknowledged(held.Occurrence, by));

    /// <summary>Something was said of an open problem. False when it is not open, or there are <see cref="ProblemLimits.Comments"/> already.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not stored.</exception>
    public bool Comment(string id, string by, string text) => Say(id, (held, now) =>
    {
        var record = held.Occurrence.Record;
        if (record.Comments.Count >= ProblemLimits.Comments) return null;
        return new Change(held.Occurrence with { Record = record with { Comments = [.. record.Comments, new ProblemComment(by, now, text)] } }, ProblemEventKind.Commented, by, text);
    });

    /// <summary>Ends the acknowledgements whose time is over. Gives when the next one ends; null when none does.</summary>
    /// <exception cref="System.Data.Common.DbException">They were not ended, and are the next time.</exception>
    public DateTimeOffset? EndAcknowledgements()
    {
        DateTimeOffset? next = null;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            while (_ends.TryPeek(out var end, out var until))
            {
                // It may have been resolved, or acknowledged anew, meanwhile.
                var isSummary = _open.TryGetValue(end.Id, out var held) && held.Occurrence.Key == end.Key && held.Occurrence.Record.Acknowledgement?.Until == until;
                if (isSummary && until > now)
                {
                    next = until;
                    break;
                }
                if (isSummary) Store([Unacknowledged(held!.Occurrence, "")], now);
                _ends.Dequeue();
            }
        }
        Tell();
        return next;
    }

    /// <summary>Takes away what ended before a horizon. Gives whether there is more of it.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was taken away.</exception>
    public bool Prune(DateTimeOffset horizon)
    {
        lock (_gate)
        {
            var today = time.GetUtcNow() - Day;
            foreach (var (id, opened) in _opened)
                if (!_open.ContainsKey(id) && opened[^1] <= today) _opened.Remove(id);
            return _tables!.Prune(horizon);
        }
    }

    /// <summary>The open problems, and each one that changes from then on, as it is after the change; until <see cref="Unfollow"/>.</summary>
    public (IReadOnlyList<Occurrence> Open, ChannelReader<Occurrence> Changes) Follow()
    {
        var changes = Channel.CreateUnbounded<Occurrence>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            _followers.Add(changes);
            return ([.. _open.Values.Select(h => h.Occurrence)], changes.Reader);
        }
    }

    /// <summary>Ends what <see cref="Follow"/> began.</summary>
    public void Unfollow(ChannelReader<Occurrence> changes)
    {
        lock (_gate) _followers.RemoveAll(f => f.Reader == changes);
    }

    public void Dispose()
    {
        lock (_gate) _tables?.Dispose();
    }

    // What a report changes, with what follows of it: an acknowledgement ends when its problem gets worse.
    private List<Change> Changes(IReadOnlyList<Problem> reported, DateTimeOffset now)
    {
        var changes = new List<Change>();
        var ids = new HashSet<string>(reported.Count, StringComparer.Ordinal);
        foreach (var problem in reported)
        {
            if (!ids.Add(problem.Id)) continue;
            if (!_open.TryGetValue(problem.Id, out var held))
            {
                changes.Add(new Change(new Occurrence(0, new ProblemRecord { Problem = problem, OpenedAt = now }), ProblemEventKind.Opened));
                continue;
            }
            var occurrence = held.Occurrence with { Record = held.Occurrence.Record with { Problem = problem } };
            if (held.IsWorthNoting(problem, now)) changes.Add(new Change(occurrence, ProblemEventKind.Changed));
            if (occurrence.Record.Acknowledgement is { Until: null } && ProblemWeight.Of(problem).IsWorseThan(occurrence.AcknowledgedAt)) changes.Add(Unacknowledged(occurrence, ""));
        }
        foreach (var held in _open.Values)
            if (!ids.Contains(held.Occurrence.Id))
                changes.Add(new Change(held.Occurrence with { Record = held.Occurrence.Record with { ResolvedAt = now, Acknowledgement = null } }, ProblemEventKind.Resolved));
        return changes;
    }

    private bool Say(string id, Func<Held, DateTimeOffset, Change?> say)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(id, out var held)) return false;
            var now = time.GetUtcNow();
            if (say(held, now) is not { } change) return false;
            Store([change], now);
            if (change is { Kind: ProblemEventKind.Acknowledged, Occurrence.Record.Acknowledgement.Until: { } until }) _ends.Enqueue((id, change.Occurrence.Key), until);
        }
        Acknowledged.Beat();
        Tell();
        return true;
    }

    // Written first: memory follows what is stored.
    private void Store(IReadOnlyList<Change> changes, DateTimeOffset now)
    {
        if (changes.Count == 0) return;
        var stored = new List<Occurrence>(changes.Count);
        var version = _version;
        using (var transaction = _tables!.Begin())
        {
            foreach (var (change, kind, by, text) in changes)
            {
                var occurrence = change;
                switch (kind)
                {
                    case ProblemEventKind.Opened: occurrence = occurrence with { Key = _tables.AddOpened(occurrence.Record) }; break;
                    case ProblemEventKind.Changed: _tables.Change(occurrence); break;
                    case ProblemEventKind.Resolved: _tables.Resolve(occurrence); break;
                    case ProblemEventKind.Acknowledged or ProblemEventKind.Unacknowledged: _tables.Acknowledge(occurrence); break;
                }
                version = _tables.Add(occurrence.Key, kind, now, kind is ProblemEventKind.Opened or ProblemEventKind.Changed or ProblemEventKind.Resolved ? occurrence.Problem : null, by, text);
                stored.Add(occurrence);
            }
            transaction.Commit();
        }
        _version = version;
        for (var i = 0; i < stored.Count; i++) Apply(stored[i], changes[i].Kind, now);
    }

    private void Apply(Occurrence occurrence, ProblemEventKind kind, DateTimeOffset now)
    {
        if (kind == ProblemEventKind.Opened)
        {
            OpenedOf(occurrence.Id).Add(now);
            occurrence = occurrence with { Record = occurrence.Record with { OpenedToday = OpenedToday(occurrence, now) } };
        }
        if (!occurrence.IsOpen) _open.Remove(occurrence.Id);
        else if (kind is ProblemEventKind.Opened or ProblemEventKind.Changed || !_open.TryGetValue(occurrence.Id, out var held)) _open[occurrence.Id] = new Held(occurrence, now);
        else held.Occurrence = occurrence;
        foreach (var follower in _followers) follower.Writer.TryWrite(occurrence);
    }

    private static Change Unacknowledged(Occurrence occurrence, string by) =>
        new(occurrence with { Record = occurrence.Record with { Acknowledgement = null }, AcknowledgedAt = default }, ProblemEventKind.Unacknowledged, by);

    private List<DateTimeOffset> OpenedOf(string id)
    {
        if (!_opened.TryGetValue(id, out var opened)) _opened[id] = opened = [];
        return opened;
    }

    private int OpenedToday(Occurrence occurrence, DateTimeOffset now)
    {
        var opened = OpenedOf(occurrence.Id);
        // The one that is open counts whenever it was opened.
        if (opened.Count > 1) opened.RemoveRange(0, opened.Take(opened.Count - 1).Count(at => at <= now - Day));
        return Math.Max(1, opened.Count);
    }

    private void Tell()
    {
        long version;
        lock (_gate) version = _version;
        board.Update(s => s.ProblemsVersion >= version ? s : s with { ProblemsVersion = version });
    }

    private readonly record struct Change(Occurrence Occurrence, ProblemEventKind Kind, string By = "", string Text = "");

    // An open problem, and its last state that has a row.
    private sealed class Held(Occurrence occurrence, DateTimeOffset notedAt)
    {
        private readonly Problem _noted = occurrence.Problem;

        public Occurrence Occurrence { get; set; } = occurrence;

        public bool IsWorthNoting(Problem problem, DateTimeOffset now)
        {
            var (before, weight) = (ProblemWeight.Of(_noted), ProblemWeight.Of(problem));
            if (weight == before && problem.Summary == _noted.Summary) return false;
            return weight.Severity != before.Severity || weight.IsWorseThan(before) || before.IsWorseThan(weight) || now - notedAt >= NoteEvery || now < notedAt;
        }
    }
}
