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
    private readonly string _holder = $"{Environment.MachineName}:{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
    private long _epoch;

    /// <summary>Takes the lead: from now on no transaction of an earlier leader is committed.</summary>
    public void Lead(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("UPDATE feed_leader SET epoch = epoch + 1, holder = $1, renewed = clock_timestamp() WHERE id = 1 RETURNING epoch", connection);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = _holder });
        Volatile.Write(ref _epoch, (long)command.ExecuteScalar()!);
    }

    /// <summary>Checks at the beginning of a transaction that this process leads, and keeps others from taking over until its end. A process that never led is not checked: it writes keys only.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="renews">Whether it says that the leader lives.</param>
    /// <returns>The transaction's id.</returns>
    /// <exception cref="LeadershipLostException">Another process leads.</exception>
    public ulong Check(NpgsqlTransaction transaction, bool renews)
    {
        var epoch = Volatile.Read(ref _epoch);
        using var command = new NpgsqlCommand(
            epoch == 0 ? "SELECT pg_current_xact_id()::text"
            : renews ? "UPDATE feed_leader SET renewed = clock_timestamp() WHERE id = 1 AND epoch = $1 RETURNING pg_current_xact_id()::text"
            // Not for update: the transactions of one leader need not wait for each other's commits, only a new leader must.
            : "SELECT pg_current_xact_id()::text FROM feed_leader WHERE id = 1 AND epoch = $1 FOR SHARE",
            transaction.Connection, transaction);
        if (epoch != 0) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = epoch });
        if (command.ExecuteScalar() is string id) return ulong.Parse(id, CultureInfo.InvariantCulture);
        using var who = new NpgsqlCommand("SELECT holder || ' since ' || to_char(renewed AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM feed_leader WHERE id = 1", transaction.Connection, transaction);
        throw new LeadershipLostException($"Another feed leads this change log now ({who.ExecuteScalar() as string ?? "unknown"}); this one has stopped writing it");
    }
}
