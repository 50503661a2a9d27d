using System.Data.Common;
using ExecutionDashboard.Storage.Log;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Sqlite;

/// <summary>Everything in one SQLite file. One process writes it.</summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>Bytes of the write-ahead log from which on it is moved into the file.</summary>
    internal const long CheckpointEvery = 32 * 1024 * 1024;

    private readonly string _connectionString, _readers;

    private SqliteDatabase(string file, TimeSpan lockTimeout)
    {
        File = file;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = Math.Max(1, (int)lockTimeout.TotalSeconds) }.ToString();
        _readers = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = true }.ToString();
    }

    /// <summary>The file.</summary>
    public string File { get; }

    public override string Name => File;

    public override string LocalFile => File;

    public override EntitySql Entities { get; } = new(
        // A body that was appended after the last settling is newer than the settled one.
        """
        WITH newest AS MATERIALIZED (SELECT entity, max(seq) AS seq FROM bodies JOIN events USING(seq) GROUP BY entity)
        SELECT key, coalesce(bodies.seq, last), kind, id, coalesce(bodies.body, entities.body) AS is_now
        FROM entities LEFT JOIN newest ON entity = key AND newest.seq > last LEFT JOIN bodies ON bodies.seq = newest.seq
        WHERE is_now IS NOT NULL
        """,
        """
        WITH newest AS MATERIALIZED (SELECT entity, max(seq) AS seq FROM events WHERE seq > ? GROUP BY entity)
        SELECT key, newest.seq, kind, id, CASE WHEN last >= newest.seq THEN entities.body ELSE (SELECT body FROM bodies WHERE bodies.seq = newest.seq) END
        FROM newest JOIN entities ON key = entity ORDER BY key
        """,
        // The bodies that wait are few, and the log is long: in this order.
        "SELECT max(last, coalesce((SELECT max(events.seq) FROM bodies CROSS JOIN events WHERE events.seq = bodies.seq AND entity = key), 0)) FROM entities WHERE kind = ? AND id = ?",
        // The tables of a cross join are taken in their order. Otherwise SQLite 3.53 reads the whole log, because it has the order that is asked for.
        $"""
        WITH RECURSIVE steps(number) AS (SELECT ? UNION ALL SELECT prev FROM steps CROSS JOIN events WHERE seq = number AND prev > 0)
        SELECT {EntitySql.StepColumns} FROM steps CROSS JOIN events WHERE seq = number ORDER BY seq
        """);

    /// <summary>Size of the file and its write-ahead log.</summary>
    public override long Bytes
    {
        get
        {
            var (file, ahead) = (new FileInfo(File), new FileInfo(File + "-wal"));
            return (file.Exists ? file.Length : 0) + (ahead.Exists ? ahead.Length : 0);
        }
    }

    /// <summary>Opens or creates the file and migrates it to this version.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lockTimeout">How long a write waits for another process.</param>
    /// <exception cref="InvalidOperationException">The file cannot be used; the message names the setting.</exception>
    public static SqliteDatabase Open(string file, TimeSpan lockTimeout)
    {
        try
        {
            PrivateFile.Prepare(file);
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = Math.Max(1, (int)lockTimeout.TotalSeconds) }.ToString());
            connection.Open();
            using var session = new SqliteSession(connection);
            // New files get pages of 16 KiB: a batch fills many pages with two system calls each, so appending is a third faster than with 4 KiB.
            session.Execute("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL");
            SqliteSchema.Migrate(session, file);
            return new SqliteDatabase(file, lockTimeout);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The change log {file} (Storage:ConnectionString) cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>A session that only reads the file.</summary>
    public static SqliteSession OpenToRead(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return new SqliteSession(connection);
    }

    public override Session OpenSession(bool isDurable = false)
    {
        var session = OpenWriting();
        // The log's own writer moves the write-ahead log into the file, unless it has nothing to write for long.
        session.Execute($"PRAGMA synchronous = {(isDurable ? "FULL" : "NORMAL")}; {Checkpoints(session)}");
        return session;
    }

    public override Session OpenLogSession(bool leads)
    {
        var session = OpenWriting();
        // NORMAL in WAL mode: a crash of the machine may lose the last moments, never the file; they are read again from the control plane.
        session.Execute($"PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; {Checkpoints(session)}");
        return session;
    }

    public override Session OpenReader()
    {
        var connection = new SqliteConnection(_readers);
        connection.Open();
        var session = new SqliteSession(connection);
        // Memory-mapped reads halve the time of history queries, which read pages all over a large file. The file never shrinks.
        session.Execute("PRAGMA mmap_size = 2147418112");
        return session;
    }

    public override ILogWriter OpenWriter(Session session, Placements placements, int keyframeEvery, bool isLoading) => new SqliteLogWriter(session, placements, keyframeEvery, isLoading);

    public override LogPruner OpenPruner(Session session, ILogWriter writer, Placements placements) => new SqliteLogPruner(session, placements, writer.IsUnsettled);

    public override LaneEvents OpenEvents(LogReader reader) => new SqliteLaneEvents(reader);

    public override string SetAside(Session session, string logId)
    {
        var aside = Path.Combine(Path.GetDirectoryName(File)!, $"{Path.GetFileNameWithoutExtension(File)}.{logId}{Path.GetExtension(File)}");
        PrivateFile.Prepare(aside);
        session.Execute($"VACUUM INTO '{aside.Replace("'", "''", StringComparison.Ordinal)}'");
        using var transaction = session.Begin();
        SqliteSchema.Clear(session);
        transaction.Commit();
        return aside;
    }

    public override void Dispose()
    {
        using var connection = new SqliteConnection(_readers);
        SqliteConnection.ClearPool(connection);
    }

    private SqliteSession OpenWriting()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return new SqliteSession(connection);
    }

    private static string Checkpoints(SqliteSession session) => FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {CheckpointEvery / session.Number("PRAGMA page_size")!.Value}");
}
