using System.Globalization;

namespace ExecutionDashboard.Storage.Sqlite;

/// <summary>Tables of the change log, and migrations of older files. <c>PRAGMA user_version</c> is the number of migrations applied.</summary>
internal static class SqliteSchema
{
    /// <summary>
    /// Texts that repeat (states, jobs, nodes) are stored once in <c>texts</c>; entities have consecutive keys. A row of <c>entities</c> stays after the entity was
    /// removed, without a body, because events refer to it.
    /// </summary>
    internal static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE texts(key INTEGER PRIMARY KEY, text TEXT NOT NULL);
        CREATE TABLE entities(key INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL, body BLOB, UNIQUE(kind, id));
        CREATE TABLE events(
            seq INTEGER PRIMARY KEY, entity INTEGER NOT NULL, kind INTEGER NOT NULL,
            old INTEGER NOT NULL, new INTEGER NOT NULL, desired INTEGER NOT NULL,
            message TEXT NOT NULL, error INTEGER NOT NULL, job INTEGER NOT NULL, version INTEGER NOT NULL,
            node INTEGER NOT NULL, deployment INTEGER NOT NULL, revision INTEGER NOT NULL,
            at INTEGER NOT NULL, seen INTEGER NOT NULL, source INTEGER NOT NULL);
        CREATE INDEX events_of ON events(entity, seq, at, new);
        """,
        // Make writing an append. An index would put every event of a large fleet on its own page, so an event refers to its predecessor instead.
        // A changed body would do the same, so it is appended to bodies and settled into entities later, by key.
        """
        ALTER TABLE events ADD COLUMN prev INTEGER NOT NULL DEFAULT 0;
        UPDATE events SET prev = coalesce((SELECT max(p.seq) FROM events p WHERE p.entity = events.entity AND p.seq < events.seq), 0);
        ALTER TABLE entities ADD COLUMN last INTEGER NOT NULL DEFAULT 0;
        UPDATE entities SET last = coalesce((SELECT max(seq) FROM events WHERE entity = entities.key), 0);
        DROP INDEX events_of;
        CREATE TABLE bodies(seq INTEGER PRIMARY KEY, body BLOB);
        """,
        // The lanes of a node: an execution has its first node, placements has further ones. The fields of a lane stay when the body is
        // deleted.
        """
        ALTER TABLE entities ADD COLUMN node INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE entities ADD COLUMN previous TEXT NOT NULL DEFAULT '';
        ALTER TABLE entities ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE entities ADD COLUMN stable INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE placements(seq INTEGER PRIMARY KEY, node INTEGER NOT NULL, entity INTEGER NOT NULL);
        INSERT INTO placements(seq, node, entity) SELECT min(seq), node, entity FROM events WHERE kind = 0 AND node <> 0 GROUP BY entity, node;
        """,
        // The state of the whole fleet at any moment. Whether an execution had been replaced by then is not to be seen from its state.
        """
        ALTER TABLE events ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE keyframes(seq INTEGER PRIMARY KEY, states BLOB NOT NULL);
        """,
        // The index over the ids became one that a first load can do without: see SqliteLogWriter.
        """
        CREATE TABLE things(
            key INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL, body BLOB, last INTEGER NOT NULL DEFAULT 0, node INTEGER NOT NULL DEFAULT 0,
            previous TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL DEFAULT 0, stable INTEGER NOT NULL DEFAULT 0);
        INSERT INTO things(key, kind, id, body, last, node, previous, created, stable) SELECT key, kind, id, body, last, node, previous, created, stable FROM entities;
        DROP TABLE entities;
        ALTER TABLE things RENAME TO entities;
        """,
        // When nobody watched, in ticks.
        "CREATE TABLE gaps(since INTEGER PRIMARY KEY, until INTEGER NOT NULL);",
        // Problems that dashboards found: a row for each time that one was open, and what happened to it, by numbers of their own, since those of
        // the changes have no gaps. Times are ticks; an open problem is resolved at the end of all times, so that one index answers for any moment.
        """
        CREATE TABLE problems(
            key INTEGER PRIMARY KEY, id TEXT NOT NULL, opened INTEGER NOT NULL, resolved INTEGER NOT NULL, body BLOB NOT NULL,
            ack_by TEXT NOT NULL DEFAULT '', ack_at INTEGER NOT NULL DEFAULT 0, ack_until INTEGER NOT NULL DEFAULT 0,
            ack_severity INTEGER NOT NULL DEFAULT 0, ack_executions INTEGER NOT NULL DEFAULT 0, ack_nodes INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX problems_resolved ON problems(resolved, opened);
        CREATE INDEX problems_of ON problems(id, opened);
        CREATE TABLE problem_events(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, problem INTEGER NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL,
            who TEXT NOT NULL, text TEXT NOT NULL, body BLOB);
        CREATE INDEX problem_events_of ON problem_events(problem, seq);
        """,
        // Who is told of problems, by the names of the settings: since when, what each was last told of a problem (at 0: nothing, and never will be),
        // and the messages that were not delivered yet. Neither addresses nor headers are in it.
        """
        CREATE TABLE receivers(name TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE told(
            problem INTEGER NOT NULL, receiver TEXT NOT NULL, severity INTEGER NOT NULL, executions INTEGER NOT NULL, nodes INTEGER NOT NULL,
            at INTEGER NOT NULL, over INTEGER NOT NULL, PRIMARY KEY(problem, receiver)) WITHOUT ROWID;
        CREATE TABLE messages(key INTEGER PRIMARY KEY AUTOINCREMENT, receiver TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL, notices INTEGER NOT NULL, body BLOB NOT NULL);
        """,
        // Who did what. Rows are chained by hash from the anchor on, and are never changed; what is before the anchor may be deleted. It belongs to this
        // installation and not to a control plane, so it stays when the log is cleared for another one. Times are ticks.
        """
        CREATE TABLE audit(
            number INTEGER PRIMARY KEY, stored INTEGER NOT NULL, at INTEGER NOT NULL, act TEXT NOT NULL, outcome TEXT NOT NULL, who TEXT NOT NULL, role TEXT NOT NULL,
            address TEXT NOT NULL, action TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, name TEXT NOT NULL, numbers TEXT NOT NULL, reason TEXT NOT NULL,
            answer TEXT NOT NULL, hash BLOB NOT NULL);
        CREATE UNIQUE INDEX audit_act ON audit(act, outcome);
        CREATE TABLE audit_anchor(number INTEGER NOT NULL, hash BLOB NOT NULL);
        INSERT INTO audit_anchor(number, hash) VALUES(0, zeroblob(32));
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'rows of the audit are never changed'); END;
        CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit WHEN old.number > (SELECT number FROM audit_anchor)
            BEGIN SELECT raise(ABORT, 'rows of the audit are deleted by its retention only'); END;
        """,
        // What people save: views and preferences, numbered by one count. A deleted view stays as a number for a while, so that dashboards learn of it.
        """
        CREATE TABLE views(
            id TEXT PRIMARY KEY, version INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0, owner TEXT NOT NULL, page TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL,
            shared INTEGER NOT NULL, author TEXT NOT NULL, changed_by TEXT NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX views_changed ON views(version);
        CREATE TABLE preferences(
            owner TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY(owner, name)) WITHOUT ROWID;
        CREATE INDEX preferences_changed ON preferences(version);
        """,
        // Bulk runs and their items, and which process drives them. An active run ends at the end of all times.
        """
        CREATE TABLE bulk_runs(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL, ended INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE bulk_items(run INTEGER NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(run, number)) WITHOUT ROWID;
        CREATE TABLE bulk_state(key INTEGER PRIMARY KEY, version INTEGER NOT NULL, epoch INTEGER NOT NULL, holder TEXT NOT NULL);
        """,
        // How long executions took to their desired state: a histogram for each job and hour, the fleet as job 0, and the executions that have not reached it.
        """
        CREATE TABLE convergence(job INTEGER NOT NULL, hour INTEGER NOT NULL, counts BLOB NOT NULL, PRIMARY KEY(job, hour)) WITHOUT ROWID;
        CREATE TABLE convergence_open(entity INTEGER PRIMARY KEY, job INTEGER NOT NULL, since INTEGER NOT NULL);
        """,
        // What an entity was besides what its changes tell (labels, versions, waves), by the change that replaced it: nothing is stored of what stays as it is.
        """
        CREATE TABLE former(seq INTEGER PRIMARY KEY, entity INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX former_of ON former(entity, seq);
        """,
    ];

    /// <summary>Migrates a file to this version. A file of a newer version is refused.</summary>
    public static void Migrate(Session session, string file)
    {
        var version = (int)session.Number("PRAGMA user_version")!.Value;
        if (version > Steps.Count)
            throw new InvalidOperationException(
                $"The change log {file} was written by a newer version of this program (schema {version}; this version supports up to {Steps.Count}). Start that version, or set Storage:ConnectionString to another file.");
        for (; version < Steps.Count; version++)
        {
            using var transaction = session.Begin();
            session.Execute(Steps[version]);
            session.Execute($"PRAGMA user_version = {(version + 1).ToString(CultureInfo.InvariantCulture)}");
            transaction.Commit();
        }
    }

    /// <summary>Creates the index over ids, for all existing rows at once; nothing when it exists.</summary>
    public static void IndexIds(Session session) => session.Execute("CREATE UNIQUE INDEX IF NOT EXISTS entities_of ON entities(kind, id)");

    /// <summary>Drops the index over ids.</summary>
    public static void DropIds(Session session) => session.Execute("DROP INDEX IF EXISTS entities_of");

    /// <summary>Empties all tables of the log. What people saved stays: it is theirs, whatever control plane is watched.</summary>
    public static void Clear(Session session) =>
        session.Execute("DELETE FROM former; DELETE FROM convergence; DELETE FROM convergence_open; DELETE FROM bulk_items; DELETE FROM bulk_runs; DELETE FROM bulk_state; DELETE FROM told; DELETE FROM receivers; DELETE FROM problem_events; DELETE FROM problems; DELETE FROM gaps; DELETE FROM keyframes; DELETE FROM placements; DELETE FROM bodies; DELETE FROM events; DELETE FROM entities; DELETE FROM texts; DELETE FROM meta;");
}
