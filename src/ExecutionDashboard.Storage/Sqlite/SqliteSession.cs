using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Sqlite;

/// <summary>A connection to the file.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : Session
{
    /// <summary>The connection.</summary>
    public SqliteConnection Connection => connection;

    public override Statement Prepare(string sql) => new SqliteStatement(connection, sql);

    public override Transaction Begin() => new SqliteStorageTransaction(connection.BeginTransaction());

    public override Transaction BeginRead() => new SqliteStorageTransaction(connection.BeginTransaction(deferred: true));

    public override void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // Not the highest there is: what was deleted counts.
    public override long LastNumber(string table)
    {
        using var statement = Prepare("SELECT seq FROM sqlite_sequence WHERE name = ?");
        return statement.Bind(1, table).Read() ? statement.Long(0) : 0;
    }

    public override string BytesOf(string column) => $"CAST({column} AS BLOB)";

    public override void Dispose() => connection.Dispose();

    private sealed class SqliteStorageTransaction(SqliteTransaction transaction) : Transaction
    {
        public override void Commit() => transaction.Commit();

        public override void Dispose() => transaction.Dispose();
    }
}
