using System.Data;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>The lease of the lead in the row of <c>feed_leader</c>.</summary>
internal sealed class PgLease(PgDatabase database) : LeaderLease
{
    // Tried four times before a lease of 10 s runs out.
    private const int SecondsToRenew = 2;

    private readonly Lock _gate = new();
    private NpgsqlConnection? _own;

    public override LeaderSeat Look()
    {
        using var connection = database.Connect();
        using var command = new NpgsqlCommand("SELECT epoch, holder, address, renewed + lease < clock_timestamp(), coalesce((SELECT max(seq) FROM events), 0) FROM feed_leader WHERE id = 1", connection);
        using var row = command.ExecuteReader();
        return row.Read() ? new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetInt64(4)) : throw new NpgsqlException($"{database.Name} has no row in feed_leader");
    }

    public override long? TryTake(LeaderClaim claim, bool mayReplaceItself = false)
    {
        using var connection = database.Connect();
        try
        {
            return database.Fence.TryLead(connection, claim, mayReplaceItself);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            EndStuck(connection);
            return database.Fence.TryLead(connection, claim, mayReplaceItself);
        }
    }

    public override bool Renew()
    {
        if (Change("UPDATE feed_leader SET renewed = clock_timestamp() WHERE id = 1 AND epoch = $1")) return true;
        database.Fence.StandBy();
        return false;
    }

    public override void Release()
    {
        try
        {
            Change("UPDATE feed_leader SET epoch = epoch + 1, renewed = '-infinity' WHERE id = 1 AND epoch = $1");
        }
        finally
        {
            database.Fence.StandBy();
        }
    }

    public override void StandBy() => database.Fence.StandBy();

    public override void Dispose()
    {
        lock (_gate) _own?.Dispose();
    }

    // A leader that was killed, frozen or cut off in the middle of a transaction holds its lock for as long as the server works for it, or believes in its connection.
    private static void EndStuck(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
            WHERE l.relation = 'feed_leader'::regclass AND l.granted AND l.mode IN ('RowShareLock', 'RowExclusiveLock') AND a.usename = current_user AND a.pid <> pg_backend_pid()
            """,
            connection);
        command.ExecuteNonQuery();
    }

    // By a connection of its own: one of the pool may have to wait for those that are busy.
    private bool Change(string sql)
    {
        lock (_gate)
        {
            if (database.Fence.Epoch <= 0) return false;
            try
            {
                if (_own is not { State: ConnectionState.Open })
                {
                    _own?.Dispose();
                    _own = null;
                    _own = database.ConnectAlone();
                }
                using var command = new NpgsqlCommand(sql, _own) { CommandTimeout = SecondsToRenew };
                command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = database.Fence.Epoch });
                return command.ExecuteNonQuery() > 0;
            }
            catch (DbException)
            {
                // Whatever state it is in, the next time has a new one.
                _own?.Dispose();
                _own = null;
                throw;
            }
        }
    }
}
