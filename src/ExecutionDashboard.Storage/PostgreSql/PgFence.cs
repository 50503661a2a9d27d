using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>
/// Makes sure that one feed writes: each has an epoch of its own, and each of its transactions begins by looking whether that is still the last. A lock alone does not do: its holder can lose the connection that
/// holds it and go on writing by another.
/// </summary>
internal sealed class PgFence
{
    private const long NoFeed = 0, Standby = -1;

    private long _epoch = NoFeed;

    /// <summary>The epoch of this process's lead; not above 0 while it has none.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Takes the lead whoever has it: from now on no transaction of an earlier leader is committed.</summary>
    public void Lead(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Run(transaction, "SELECT 1 FROM feed_leader WHERE id = 1 FOR UPDATE");
        using var command = new NpgsqlCommand("UPDATE feed_leader SET epoch = epoch + 1, holder = $1, address = '', renewed = clock_timestamp() WHERE id = 1 RETURNING epoch", connection, transaction);
        command.Parameters.Add(Text($"{Environment.MachineName}:{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"));
        var epoch = (long)command.ExecuteScalar()!;
        transaction.Commit();
        Volatile.Write(ref _epoch, epoch);
    }

    /// <summary>Takes the lead if its lease ran out. A transaction of the former leader that is under way is waited for: what it commits is there before the new leader reads how far the log is.</summary>
    /// <returns>The epoch; null when another feed has the lead.</returns>
    public long? TryLead(NpgsqlConnection connection, LeaderClaim claim, bool mayReplaceItself)
    {
        using var transaction = connection.BeginTransaction();
        Run(transaction, "SET LOCAL lock_timeout = 1000");
        // The one lock that those of the fence and of renewals do not stand beside.
        using (var free = new NpgsqlCommand("SELECT 1 FROM feed_leader WHERE id = 1 AND (renewed + lease < clock_timestamp() OR ($2 AND holder = $1)) FOR UPDATE", connection, transaction))
        {
            free.Parameters.Add(Text(claim.Name));
            free.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Boolean, Value = mayReplaceItself });
            if (free.ExecuteScalar() is null) return null;
        }
        using var take = new NpgsqlCommand("UPDATE feed_leader SET epoch = epoch + 1, holder = $1, address = $2, lease = $3, renewed = clock_timestamp() WHERE id = 1 RETURNING epoch", connection, transaction);
        take.Parameters.Add(Text(claim.Name));
        take.Parameters.Add(Text(claim.Address));
        take.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Interval, Value = claim.Length });
        var epoch = (long)take.ExecuteScalar()!;
        transaction.Commit();
        Volatile.Write(ref _epoch, epoch);
        return epoch;
    }

    /// <summary>From now on this process, which is a feed, writes nothing.</summary>
    public void StandBy() => Volatile.Write(ref _epoch, Standby);

    /// <summary>Checks at the beginning of a transaction that this process leads, and keeps others from taking over until its end. A process that is no feed is not checked: it writes keys only.</summary>
    /// <returns>Which transaction it is.</returns>
    /// <exception cref="LeadershipLostException">Another process leads.</exception>
    public PgTransactionId Check(NpgsqlTransaction transaction)
    {
        var epoch = Epoch;
        // A key lock: transactions of one leader do not wait for each other, nor its renewals for them; only a new leader does.
        using var command = new NpgsqlCommand(
            $"SELECT {PgTransactionId.Columns}{(epoch == NoFeed ? "" : " FROM feed_leader WHERE id = 1 AND epoch = $1 FOR KEY SHARE")}", transaction.Connection, transaction);
        if (epoch != NoFeed) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = epoch });
        using (var row = command.ExecuteReader())
            if (row.Read()) return new(ulong.Parse(row.GetString(0), CultureInfo.InvariantCulture), row.GetString(1));
        using var who = new NpgsqlCommand("SELECT holder || ' since ' || to_char(renewed AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM feed_leader WHERE id = 1 AND renewed > '-infinity'", transaction.Connection, transaction);
        throw new LeadershipLostException(epoch == Standby ? "This feed stands by: it does not write the change log" : $"Another feed leads this change log now ({who.ExecuteScalar() as string ?? "unknown"}); this one has stopped writing it");
    }

    private static void Run(NpgsqlTransaction transaction, string sql)
    {
        using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        command.ExecuteNonQuery();
    }

    private static NpgsqlParameter Text(string value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value };
}
