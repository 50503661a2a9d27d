using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Problems;

namespace ExecutionDashboard.Storage.Notifications;

/// <summary>A message that was not delivered yet.</summary>
/// <param name="Key">Its number: messages of a receiver are delivered in their order.</param>
/// <param name="Id">Its idempotency key: the same each time that it is sent.</param>
/// <param name="CreatedAt">When it was written, UTC.</param>
/// <param name="Notices">Problems in it.</param>
/// <param name="Body">What is posted.</param>
internal sealed record StoredMessage(long Key, string Id, DateTimeOffset CreatedAt, int Notices, byte[] Body);

/// <summary>
/// What receivers were told and what they are still to be told, in the database: a message is stored together with what it tells, and taken away when it was delivered. So a feed
/// that is killed forgets nothing and repeats nothing that was answered. Safe for any thread.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Session _session;

    private Outbox(Session session) => _session = session;

    /// <summary>Opens it.</summary>
    public static Outbox Open(Database database) => new(database.OpenSession(isDurable: true));

    /// <summary>The problems that a receiver does not have the end of. One that is new is told of what is open now, not of what was before.</summary>
    public IReadOnlyList<Followed> Load(string receiver, DateTimeOffset now)
    {
        lock (_gate)
        {
            using (var transaction = _session.Begin())
            {
                using var add = _session.Prepare("INSERT INTO receivers(name, since) VALUES(?, ?) ON CONFLICT DO NOTHING");
                add.Bind(1, receiver).Bind(2, now.UtcTicks).Run();
                transaction.Commit();
            }
            using var rows = _session.Prepare(
                $"""
                SELECT {ProblemTables.Columns}, told.at, told.severity, told.executions, told.nodes
                FROM problems LEFT JOIN told ON told.problem = key AND told.receiver = ?1
                WHERE resolved > (SELECT since FROM receivers WHERE name = ?1) AND coalesce(told.over, 0) = 0
                ORDER BY key
                """);
            var followed = new List<Followed>();
            for (rows.Bind(1, receiver); rows.Read();)
                followed.Add(new Followed(ProblemTables.Row(rows), rows.IsNull(11) ? null
                    : new Told(new ProblemWeight((ProblemSeverity)rows.Long(12), (int)rows.Long(13), (int)rows.Long(14)), ProblemTables.Time(rows.Long(11)))));
            return followed;
        }
    }

    /// <summary>When a receiver was last told of the problems of each id, since a moment.</summary>
    public Dictionary<string, DateTimeOffset> LastTold(string receiver, DateTimeOffset since)
    {
        lock (_gate)
        {
            using var rows = _session.Prepare("SELECT id, max(told.at) FROM told JOIN problems ON key = told.problem WHERE told.at > ? AND told.receiver = ? GROUP BY id");
            var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            for (rows.Bind(1, since.UtcTicks).Bind(2, receiver); rows.Read();) last[rows.Text(0)] = ProblemTables.Time(rows.Long(1));
            return last;
        }
    }

    /// <summary>Stores a message with what it tells.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was stored.</exception>
    public StoredMessage Add(string receiver, string id, byte[] body, IReadOnlyList<Notice> notices, DateTimeOffset now)
    {
        lock (_gate)
        {
            using var transaction = _session.Begin();
            using var add = _session.Prepare("INSERT INTO messages(receiver, id, created, notices, body) VALUES(?, ?, ?, ?, ?) RETURNING key");
            add.Bind(1, receiver).Bind(2, id).Bind(3, now.UtcTicks).Bind(4, notices.Count).Bind(5, body).Read();
            var key = add.Long(0);
            add.Reset();
            foreach (var notice in notices) Note(receiver, notice.Occurrence, now, notice.Kind == NoticeKind.Resolved);
            transaction.Commit();
            return new StoredMessage(key, id, now, notices.Count, body);
        }
    }

    /// <summary>Notes that nothing will be told of problems.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was noted.</exception>
    public void Skip(string receiver, IReadOnlyList<Occurrence> problems)
    {
        lock (_gate)
        {
            using var transaction = _session.Begin();
            foreach (var problem in problems) Note(receiver, problem, default, isOver: true);
            transaction.Commit();
        }
    }

    /// <summary>The first message that a receiver has not been delivered; null when there is none.</summary>
    public StoredMessage? Oldest(string receiver)
    {
        lock (_gate)
        {
            using var row = _session.Prepare("SELECT key, id, created, notices, body FROM messages WHERE receiver = ? ORDER BY key LIMIT 1");
            return row.Bind(1, receiver).Read() ? new StoredMessage(row.Long(0), row.Text(1), ProblemTables.Time(row.Long(2)), (int)row.Long(3), row.Blob(4).ToArray()) : null;
        }
    }

    /// <summary>Takes a message away: it was delivered, or never will be.</summary>
    /// <exception cref="System.Data.Common.DbException">It is still there.</exception>
    public void Remove(long key)
    {
        lock (_gate)
        {
            using var transaction = _session.Begin();
            using var delete = _session.Prepare("DELETE FROM messages WHERE key = ?");
            delete.Bind(1, key).Run();
            transaction.Commit();
        }
    }

    /// <summary>Forgets receivers that are configured no more, with their messages.</summary>
    public void Keep(IReadOnlyCollection<string> receivers)
    {
        lock (_gate)
        {
            var known = new List<string>();
            using (var rows = _session.Prepare("SELECT name FROM receivers"))
                while (rows.Read()) known.Add(rows.Text(0));
            foreach (var gone in known.Except(receivers, StringComparer.Ordinal))
            {
                using var transaction = _session.Begin();
                foreach (var sql in (string[])["DELETE FROM messages WHERE receiver = ?", "DELETE FROM told WHERE receiver = ?", "DELETE FROM receivers WHERE name = ?"])
                {
                    using var delete = _session.Prepare(sql);
                    delete.Bind(1, gone).Run();
                }
                transaction.Commit();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate) _session.Dispose();
    }

    private void Note(string receiver, Occurrence occurrence, DateTimeOffset at, bool isOver)
    {
        using var note = _session.Prepare(
            """
            INSERT INTO told(problem, receiver, severity, executions, nodes, at, over) VALUES(?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(problem, receiver) DO UPDATE SET severity = excluded.severity, executions = excluded.executions, nodes = excluded.nodes, at = excluded.at, over = excluded.over
            """);
        var weight = ProblemWeight.Of(occurrence.Problem);
        note.Bind(1, occurrence.Key).Bind(2, receiver).Bind(3, (long)weight.Severity).Bind(4, weight.Executions).Bind(5, weight.Nodes)
            .Bind(6, at == default ? 0 : at.UtcTicks).Bind(7, isOver ? 1 : 0).Run();
    }
}
