using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Storage.Problems;

/// <summary>
/// The tables of the problems in the database, on a session of its own: what happens to problems comes from requests, not from the
/// watcher. One caller at a time.
/// </summary>
internal sealed class ProblemTables : IDisposable
{
    private const string SinceName = "problems_since";
    internal const string Columns = "key, id, opened, resolved, body, ack_by, ack_at, ack_until, ack_severity, ack_executions, ack_nodes";
    private const int PruneSlice = 500;

    private readonly Session _session;
    private readonly Statement _open, _change, _resolve, _acknowledge, _event;

    private ProblemTables(Session session)
    {
        _session = session;
        _open = session.Prepare("INSERT INTO problems(id, opened, resolved, body) VALUES(?, ?, ?, ?) RETURNING key");
        _change = session.Prepare("UPDATE problems SET body = ? WHERE key = ?");
        _resolve = session.Prepare("UPDATE problems SET body = ?, resolved = ?, ack_by = '' WHERE key = ?");
        _acknowledge = session.Prepare("UPDATE problems SET ack_by = ?, ack_at = ?, ack_until = ?, ack_severity = ?, ack_executions = ?, ack_nodes = ? WHERE key = ?");
        _event = session.Prepare("INSERT INTO problem_events(problem, kind, at, who, text, body) VALUES(?, ?, ?, ?, ?, ?) RETURNING seq");
    }

    /// <summary>Opens them.</summary>
    public static ProblemTables Open(Database database) => new(database.OpenSession());

    /// <summary>Since when problems are kept, UTC: from the first time that this was asked on.</summary>
    public DateTimeOffset Since(DateTimeOffset now)
    {
        if (_session.MetaNumber(SinceName) is var since and > 0) return Time(since);
        _session.SetMeta(SinceName, now.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return now;
    }

    /// <summary>Begins to write: all of it, or none.</summary>
    public Transaction Begin() => _session.Begin();

    /// <summary>Writes a problem that opened; gives its key.</summary>
    public long AddOpened(ProblemRecord record)
    {
        _open.Bind(1, record.Problem.Id).Bind(2, record.OpenedAt.UtcTicks).Bind(3, long.MaxValue).Bind(4, Body(record.Problem));
        return NumberGiven(_open);
    }

    /// <summary>Writes a problem as it is now.</summary>
    public void Change(Occurrence occurrence) => _change.Bind(1, Body(occurrence.Problem)).Bind(2, occurrence.Key).Run();

    /// <summary>Writes that a problem is resolved.</summary>
    public void Resolve(Occurrence occurrence) =>
        _resolve.Bind(1, Body(occurrence.Problem)).Bind(2, occurrence.Record.ResolvedAt!.Value.UtcTicks).Bind(3, occurrence.Key).Run();

    /// <summary>Writes who takes care of a problem, or that nobody does.</summary>
    public void Acknowledge(Occurrence occurrence)
    {
        var (by, weight) = (occurrence.Record.Acknowledgement, occurrence.AcknowledgedAt);
        _acknowledge.Bind(1, by?.By ?? "").Bind(2, by?.At.UtcTicks ?? 0).Bind(3, by?.Until?.UtcTicks ?? 0)
            .Bind(4, (long)weight.Severity).Bind(5, weight.Executions).Bind(6, weight.Nodes).Bind(7, occurrence.Key).Run();
    }

    /// <summary>Writes what happened; gives its number.</summary>
    public long Add(long key, ProblemEventKind kind, DateTimeOffset at, Problem? problem = null, string by = "", string text = "")
    {
        _event.Bind(1, key).Bind(2, (long)kind).Bind(3, at.UtcTicks).Bind(4, by).Bind(5, text).Bind(6, problem is null ? [] : Body(problem));
        return NumberGiven(_event);
    }

    /// <summary>Number of the last thing that happened; 0 when nothing has.</summary>
    public long LastEvent() => _session.LastNumber("problem_events");

    /// <summary>All open problems.</summary>
    public IReadOnlyList<Occurrence> ReadOpen() => Read(_session, "resolved = ?", long.MaxValue, "", withComments: true);

    /// <summary>When problems opened since a moment.</summary>
    public IReadOnlyList<(string Id, DateTimeOffset At)> OpenedSince(DateTimeOffset since)
    {
        using var statement = _session.Prepare("SELECT id, opened FROM problems WHERE opened > ? ORDER BY opened");
        var opened = new List<(string, DateTimeOffset)>();
        for (statement.Bind(1, since.UtcTicks); statement.Read();) opened.Add((statement.Text(0), Time(statement.Long(1))));
        return opened;
    }

    /// <summary>Takes a slice of what ended before a horizon away. Gives whether there is more of it.</summary>
    public bool Prune(DateTimeOffset horizon)
    {
        using var transaction = _session.Begin();
        var gone = new List<long>(PruneSlice);
        using (var old = _session.Prepare("SELECT key FROM problems WHERE resolved < ? ORDER BY resolved LIMIT ?"))
            for (old.Bind(1, horizon.UtcTicks).Bind(2, PruneSlice); old.Read();) gone.Add(old.Long(0));
        using (var deleteEvents = _session.Prepare("DELETE FROM problem_events WHERE problem = ?"))
        using (var deleteTold = _session.Prepare("DELETE FROM told WHERE problem = ?"))
        using (var delete = _session.Prepare("DELETE FROM problems WHERE key = ?"))
            foreach (var key in gone)
            {
                deleteEvents.Bind(1, key).Run();
                deleteTold.Bind(1, key).Run();
                delete.Bind(1, key).Run();
            }
        // Of one that is still open, the newest state before the horizon and what was said of it stay.
        using (var trim = _session.Prepare(
            """
            DELETE FROM problem_events WHERE kind <> ?1 AND at < ?2 AND problem IN (SELECT key FROM problems WHERE resolved = ?3 AND opened < ?2)
            AND seq < (SELECT max(seq) FROM problem_events newer WHERE newer.problem = problem_events.problem AND newer.at < ?2 AND newer.body IS NOT NULL)
            """))
            trim.Bind(1, (long)ProblemEventKind.Commented).Bind(2, horizon.UtcTicks).Bind(3, long.MaxValue).Run();
        transaction.Commit();
        return gone.Count == PruneSlice;
    }

    /// <summary>Reads problems by a condition with one parameter.</summary>
    internal static IReadOnlyList<Occurrence> Read(Session session, string condition, long parameter, string order, bool withComments)
    {
        using var statement = session.Prepare($"SELECT {Columns} FROM problems WHERE {condition} {order}");
        var found = new List<Occurrence>();
        for (statement.Bind(1, parameter); statement.Read();) found.Add(Row(statement));
        if (!withComments) return found;
        using var comments = session.Prepare("SELECT who, at, text FROM problem_events WHERE problem = ? AND kind = ? ORDER BY seq");
        for (var i = 0; i < found.Count; i++)
        {
            List<ProblemComment>? said = null;
            for (comments.Bind(1, found[i].Key).Bind(2, (long)ProblemEventKind.Commented); comments.Read();)
                (said ??= []).Add(new ProblemComment(comments.Text(0), Time(comments.Long(1)), comments.Text(2)));
            if (said is not null) found[i] = found[i] with { Record = found[i].Record with { Comments = said } };
        }
        return found;
    }

    /// <summary>The problem in a body.</summary>
    internal static Problem Problem(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize<Problem>(body, FeedContract.Json)!;

    /// <summary>A stored time.</summary>
    internal static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_open, _change, _resolve, _acknowledge, _event]) statement.Dispose();
        _session.Dispose();
    }

    /// <summary>The problem of a row of <see cref="Columns"/>.</summary>
    internal static Occurrence Row(Statement row)
    {
        var (by, until) = (row.Text(5), row.Long(7));
        var record = new ProblemRecord
        {
            Problem = Problem(row.Blob(4)), OpenedAt = Time(row.Long(2)), ResolvedAt = row.Long(3) == long.MaxValue ? null : Time(row.Long(3)),
            Acknowledgement = by.Length == 0 ? null : new Acknowledgement(by, Time(row.Long(6)), until == 0 ? null : Time(until)),
        };
        return new Occurrence(row.Long(0), record, new ProblemWeight((ProblemSeverity)row.Long(8), (int)row.Long(9), (int)row.Long(10)));
    }

    private static long NumberGiven(Statement insert)
    {
        insert.Read();
        var number = insert.Long(0);
        insert.Reset();
        return number;
    }

    private static byte[] Body(Problem problem) => JsonSerializer.SerializeToUtf8Bytes(problem, FeedContract.Json);
}
