using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using ExecutionDashboard.Storage.Log;
using Npgsql;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>Everything in one schema of a PostgreSQL database. One feed writes it, others read.</summary>
internal sealed class PgDatabase : Database
{
    /// <summary>The schema, unless the connection string has a search path.</summary>
    public const string DefaultSchema = "execution_dashboard";

    private static readonly TimeSpan SizeEvery = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource _pool, _alone;
    private readonly TimeProvider _time;
    private long _bytes, _measured;

    private PgDatabase(NpgsqlConnectionStringBuilder settings, string localFile, PgPartitions partitions, TimeProvider time)
    {
        (LocalFile, Partitions, _time) = (localFile, partitions, time);
        Schema = settings.SearchPath!.Split(',')[0].Trim().Trim('"');
        Name = NameOf(settings.ConnectionString);
        _pool = NpgsqlDataSource.Create(settings);
        _alone = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false });
        Lease = new PgLease(this);
    }

    public override string Name { get; }

    public override string LocalFile { get; }

    /// <summary>The schema.</summary>
    public string Schema { get; }

    /// <summary>How changes are cut into partitions.</summary>
    public PgPartitions Partitions { get; }

    /// <summary>Makes sure that one feed writes.</summary>
    public PgFence Fence { get; } = new();

    public override LeaderLease Lease { get; }

    public override EntitySql Entities { get; } = new(
        "SELECT key, last, kind, id, body FROM entities WHERE body IS NOT NULL",
        "SELECT key, last, kind, id, body FROM entities WHERE key IN (SELECT entity FROM events WHERE seq > ?) ORDER BY key",
        "SELECT last FROM entities WHERE kind = ? AND id = ?",
        // A chain of unknown length is taken for a long one, for which the server reads the whole log: the index over entities answers instead.
        $"SELECT {EntitySql.StepColumns} FROM (SELECT entity AS of, seq AS number FROM events WHERE seq = ?) newest JOIN events ON entity = of AND seq <= number ORDER BY seq",
        "SELECT key, last, kind, id, body FROM entities WHERE key IN (SELECT entity FROM events WHERE seq > ? AND seq <= ?) ORDER BY last");

    /// <summary>Size of the tables, measured every half minute; the last known one while the database does not answer.</summary>
    public override long Bytes
    {
        get
        {
            var measured = Interlocked.Read(ref _measured);
            if (measured != 0 && _time.GetElapsedTime(measured) < SizeEvery) return Interlocked.Read(ref _bytes);
            Interlocked.Exchange(ref _measured, _time.GetTimestamp());
            try
            {
                using var session = OpenReader();
                Interlocked.Exchange(ref _bytes, session.Number("SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND relkind = 'r'") ?? 0);
            }
            catch (DbException)
            {
                // The feed says elsewhere that the database does not answer.
            }
            return Interlocked.Read(ref _bytes);
        }
    }

    /// <summary>Opens the database and migrates it to this version.</summary>
    /// <param name="connectionString">A valid one: see <see cref="PgConnection"/>.</param>
    /// <param name="localFile">See <see cref="Database.LocalFile"/>.</param>
    /// <param name="time">Measures.</param>
    /// <param name="partitions">How changes are cut into partitions.</param>
    /// <exception cref="InvalidOperationException">It cannot be used; the message names the setting, and no password.</exception>
    public static PgDatabase Open(string connectionString, string localFile, TimeProvider time, PgPartitions? partitions = null)
    {
        var database = new PgDatabase(PgConnection.Complete(connectionString), localFile, partitions ?? PgPartitions.Default, time);
        try
        {
            using var connection = database.ConnectAlone();
            PgSchema.Migrate(connection, database.Schema, database.Name);
            return database;
        }
        catch (Exception e) when (e is DbException or TimeoutException or System.Net.Sockets.SocketException)
        {
            database.Dispose();
            var reason = e is DbException failure ? StorageErrors.Reason(failure) : e.Message;
            throw new InvalidOperationException($"The PostgreSQL database {database.Name} (Storage:ConnectionString) cannot be opened: {reason}", e);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A session that only reads.</summary>
    public static PgSession OpenToRead(string connectionString) => new(new PgDatabase(PgConnection.Complete(connectionString), "", PgPartitions.Default, TimeProvider.System), PgAccess.Read);

    /// <summary>What the database of a connection string is called in messages.</summary>
    public static string NameOf(string connectionString)
    {
        var settings = PgConnection.Complete(connectionString);
        return $"{settings.Database} on {settings.Host}:{settings.Port.ToString(CultureInfo.InvariantCulture)}";
    }

    public override Session OpenSession(bool isDurable = false) => new PgSession(this, PgAccess.Write);

    public override Session OpenReader() => new PgSession(this, PgAccess.Read);

    public override Session OpenLogSession(bool leads)
    {
        if (leads)
        {
            using var connection = Connect();
            Fence.Lead(connection);
        }
        else Fence.StandBy();
        return new PgSession(this, PgAccess.Log);
    }

    public override ILogWriter OpenWriter(Session session, Placements placements, int keyframeEvery, bool isLoading) => new PgLogWriter(this, (PgSession)session, placements, keyframeEvery, isLoading);

    public override LogPruner OpenPruner(Session session, ILogWriter writer, Placements placements) => new PgLogPruner((PgSession)session, placements);

    public override LaneEvents OpenEvents(LogReader reader) => new PgLaneEvents(this, reader);

    public override string SetAside(Session session, string logId)
    {
        var aside = $"{Schema}_{logId[..Math.Min(12, logId.Length)]}";
        using var transaction = session.Begin();
        PgSchema.SetAside(session, Schema, aside);
        transaction.Commit();
        return $"schema {aside} of {Name}";
    }

    public override void Dispose()
    {
        Lease.Dispose();
        _pool.Dispose();
        _alone.Dispose();
    }

    /// <summary>A connection of the pool.</summary>
    internal NpgsqlConnection Connect() => Open(_pool);

    /// <summary>A connection that nobody else gets.</summary>
    internal NpgsqlConnection ConnectAlone() => Open(_alone);

    // A connection that is reset between its making and its first use is an error of the stream, which Npgsql 10 lets through as it is.
    private static NpgsqlConnection Open(NpgsqlDataSource source)
    {
        try
        {
            return source.OpenConnection();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw new NpgsqlException($"The connection to the database was lost at once: {fault.Message}", fault);
        }
    }

    /// <summary>What became of a transaction whose commit had no answer.</summary>
    internal PgEnd EndOf(PgTransactionId transaction)
    {
        try
        {
            using var connection = ConnectAlone();
            // Before its number is asked for: one that the server does not know is an error.
            using (var server = new NpgsqlCommand($"SELECT {PgTransactionId.ServerColumn}", connection))
                if (server.ExecuteScalar() as string != transaction.Server) return PgEnd.Forgotten;
            // The server may not have noticed yet that nobody waits for it.
            for (var tries = 0; tries < 20; tries++)
            {
                using var command = new NpgsqlCommand($"SELECT pg_xact_status('{transaction.Number.ToString(CultureInfo.InvariantCulture)}'::xid8), pg_sleep({(tries == 0 ? "0" : "0.2")})", connection);
                switch (command.ExecuteScalar() as string)
                {
                    case "committed":
                        return PgEnd.Committed;
                    case "aborted":
                        return PgEnd.RolledBack;
                    case null:
                        return PgEnd.Forgotten;
                }
            }
        }
        catch (DbException)
        {
            // It is asked again when it is known to be there.
        }
        return PgEnd.NotKnown;
    }
}
